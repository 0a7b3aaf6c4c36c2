import type { ReceiverOf } from '../../../aws/delivery.ts';
import { AwsError } from '../../../aws/errors.ts';
import { extendedIdOf, type PayloadParts } from '../payloads/context.ts';
import { contextValue, contextVariables } from '../payloads/context-variables.ts';
import type { ApiAnswer } from './api-request.ts';
import { type Refusal, wordsOf } from './refusal.ts';

/** A request that was answered, as far as its parts are known. */
export interface Answered {
  parts: Partial<PayloadParts> & Pick<PayloadParts, 'api' | 'request' | 'stage'>;
  answer: ApiAnswer;
  refusal: Refusal | undefined;
  durationMs: number;
  integrationMs: number | undefined;
}

/**
 * Writes a request into the log group of its stage. A group that isn't there gets nothing, as on AWS once it was deleted: the
 * caller has the answer all the same.
 */
export async function logAccess(answered: Answered, receiverOf: ReceiverOf): Promise<void> {
  const { api, stage } = answered.parts;
  if (!stage.accessLog) return;
  const { destinationArn, format } = stage.accessLog;
  const sender = { service: 'apigateway.amazonaws.com', sourceArn: `${api.name}/${stage.name}` };
  try {
    const body = accessLine(format, answered);
    await receiverOf(destinationArn)?.receive(destinationArn, { body }, sender);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

/** "Only `$context` variables are supported" (API Gateway guide, "Set up CloudWatch logging"); one without a value is `-`. */
function accessLine(format: string, answered: Answered): string {
  const context = contextOf(answered);
  return format.replaceAll(
    /\$context\.([\w-]+(?:\.[\w-]+)*)/g,
    (_whole, path: string) => contextValue(context, path) ?? '-',
  );
}

/** The same guide, "Variables for access logging for API Gateway" and "Customize HTTP API access logs". */
function contextOf({ parts, answer, refusal, durationMs, integrationMs }: Answered): Record<string, unknown> {
  const { api, request, stage } = parts;
  const { method, requestId } = request;
  const nowhere = { method, path: '', auth: { kind: 'none' }, needsApiKey: false } as const;
  const whole = {
    route: nowhere,
    path: request.path,
    parameters: {},
    accountId: '',
    headers: request.headers,
  };
  const integrationStatus = integrationMs === undefined || refusal ? undefined : answer.status;
  const message = refusal && wordsOf(refusal, api.protocol).message;
  return {
    ...contextVariables({ ...whole, ...parts }),
    ...(!parts.route && { routeKey: undefined }),
    // Of an HTTP API the two ids are one.
    requestId: api.protocol === 'HTTP' ? extendedIdOf(requestId) : requestId,
    status: answer.status,
    responseLength: lengthOf(answer.body),
    responseLatency: Math.round(durationMs),
    dataProcessed: lengthOf(answer.body) ?? 0,
    integrationLatency: rounded(integrationMs),
    integrationStatus,
    integrationErrorMessage: refusal && integrationMs !== undefined ? refusal.message : undefined,
    integration: {
      latency: rounded(integrationMs),
      status: integrationStatus,
      integrationStatus: integrationMs === undefined ? undefined : 200,
      error: refusal && integrationMs !== undefined ? refusal.message : undefined,
    },
    error: refusal && {
      message,
      messageString: message === null ? undefined : JSON.stringify(message),
      responseType: refusal.kind,
      validationErrorString: refusal.known.validationErrorString,
    },
    stage: stage.name,
  };
}

function rounded(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms);
}

/** Of an answer that is streamed nobody knows it yet. */
function lengthOf(body: ApiAnswer['body']): number | undefined {
  if (typeof body === 'string') return Buffer.byteLength(body);
  return Buffer.isBuffer(body) ? body.length : undefined;
}
