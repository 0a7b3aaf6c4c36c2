import { AwsError } from '../aws/errors.ts';
import type { JsonService } from '../aws/operation.ts';
import type { Answer } from './answer.ts';
import { signedCall } from './call.ts';
import { parseCredentials } from './credentials.ts';
import { faultOf, notEmulated, tooLarge } from './faults.ts';
import type { Protocol, Received } from './received.ts';
import { newRequestId } from './request-ids.ts';
import type { QueryProtocol, Routes } from './routes.ts';

/** AWS's query protocol, form parameters in and XML out, for clients from before SQS spoke JSON (Smithy, "AWS query protocol"). */
export function formQueryProtocol(routes: Routes, query: QueryProtocol): Protocol {
  const { identify, authorize, report } = routes;
  const sqs = routes.json.find(isSqs);

  return async (received) => {
    const requestId = newRequestId();
    try {
      const body = textOf(received.body);
      const service = parseCredentials(received.headers.authorization)?.service ?? 'sqs';
      const operation = find(sqs, service, new URLSearchParams(body).get('Action') ?? '');
      const { call } = signedCall(received, identify, requestId, 403);
      const parsed = query.parse(body);
      authorize(call, operation.needs(parsed.input), service);
      const output = await operation.handle(parsed.input, call);
      return xmlAnswer(200, query.render(parsed.operation, output, requestId), requestId);
    } catch (thrown) {
      const error = faultOf(thrown, received, 'InternalFailure');
      return xmlAnswer(error.status, query.renderError(error, requestId), requestId);
    }
  };

  /** STS, IAM and CloudFormation speak this protocol too, and are not served. */
  function find(sqsService: JsonService | undefined, service: string, action: string) {
    if (action === '') throw new AwsError('MissingAction', 'The request has no Action parameter.');
    const operations = service === 'sqs' ? (sqsService?.operations ?? {}) : {};
    const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
    if (operation) return operation;
    report({ kind: 'call.unknown', service, operation: action });
    throw notEmulated(service, action);
  }
}

function isSqs(service: Routes['json'][number]): service is JsonService {
  return service.targetPrefix === 'AmazonSQS' && 'operations' in service;
}

function textOf(body: Received['body']): string {
  if (body === 'too large') throw tooLarge();
  return body.toString();
}

function xmlAnswer(status: number, body: string, requestId: string): Answer {
  return { status, headers: { 'x-amzn-RequestId': requestId, 'Content-Type': 'text/xml' }, body };
}
