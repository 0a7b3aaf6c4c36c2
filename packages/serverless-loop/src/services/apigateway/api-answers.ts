import type { ApiModel } from '../../aws/api-model.ts';
import type { Place } from '../../aws/arn.ts';
import type { ReceiverOf } from '../../aws/delivery.ts';
import { once } from '../../aws/once.ts';
import type { Report } from '../../facts.ts';
import { type AdmissionOptions, admitted } from './access/admission.ts';
import { limitFor } from './definition/stage-settings.ts';
import type { FunctionCallerOptions } from './integrations/function-caller.ts';
import {
  type IntegrationAnswersOptions,
  integrationAnswers,
  type SeenOfIntegration,
} from './integrations/integration-answers.ts';
import { withOwnFraming } from './payloads/answer-headers.ts';
import { extendedIdOf, type PayloadParts, routeKeyOf } from './payloads/context.ts';
import type { ApiAnswer, SignedRequest } from './requests/api-request.ts';
import { isPreflight, preflightAnswer, withCors } from './requests/cors.ts';
import { forwardedHeaders } from './requests/forwarded.ts';
import { Refusal } from './requests/refusal.ts';
import { refusalAnswer } from './requests/refusal-answer.ts';
import { placeOf, routeOf } from './requests/route-choice.ts';
import { refuseInvalid } from './requests/validation.ts';

export interface ApiAnswersOptions extends AdmissionOptions, IntegrationAnswersOptions {
  place: Place;
  report: Report;
  allows: FunctionCallerOptions['allows'];
  /** Finds the log groups of access logs. */
  receiverOf: ReceiverOf;
}

/** A function's answer is at most 6 MB (Lambda guide, "Lambda quotas"), any other 10 MB (API Gateway guide, "Quotas"). */
const MAX_BODY_BYTES = { REST: 10_485_760, HTTP: 10_485_760, URL: 6_291_456 };
/** Of all headers and the request line together, in bytes. */
const MAX_HEADER_BYTES = 10_240;

type Answers = (api: ApiModel | undefined, request: SignedRequest) => Promise<ApiAnswer>;

/** Answers requests: chooses stage and route, asks who may, and has it answered by what is behind. */
export function apiAnswers(options: ApiAnswersOptions): Answers {
  const { report, clock } = options;
  const integrated = integrationAnswers(options);
  // Most APIs have none.
  const accessLog = once(() => import('./requests/access-log.ts'));

  return async (api, request) => {
    if (!api) return unknownApi(request);
    const startedAt = clock.elapsedMs();
    const seen: Seen = { stage: '', routeKey: '' };
    let refusal: Refusal | undefined;
    let answer: ApiAnswer;
    try {
      answer = await answerOf(api, request, seen);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = error;
      answer = refusalAnswer(refusal, api, request, seen.parts);
    }
    const durationMs = clock.elapsedMs() - startedAt;
    report({
      kind: 'request.answered',
      apiId: api.name,
      apiName: api.title,
      protocol: api.protocol,
      stage: seen.stage,
      method: request.method,
      routeKey: seen.routeKey,
      requestId: request.requestId,
      status: answer.status,
      durationMs,
      ...(seen.integrationMs !== undefined && { integrationMs: seen.integrationMs }),
      ...(seen.functionName !== undefined && { functionName: seen.functionName }),
      ...(refusal && { reason: refusal.message }),
    });
    const { integrationMs, parts: { stage } = {} } = seen;
    if (stage?.accessLog) {
      const parts = { ...seen.parts, api, request, stage };
      const { logAccess } = await accessLog();
      await logAccess({ parts, answer, refusal, durationMs, integrationMs }, options.receiverOf);
    }
    const isOwnPreflight = api.cors !== undefined && isPreflight(request);
    return withIds(isOwnPreflight ? answer : withCors(answer, api.cors, request, api.protocol), api, request);
  };

  /** Findings of a request besides its answer. */
  interface Seen extends SeenOfIntegration {
    stage: string;
    routeKey: string;
    /** As far as the request came. */
    parts?: Partial<PayloadParts>;
  }

  async function answerOf(api: ApiModel, request: SignedRequest, seen: Seen): Promise<ApiAnswer> {
    const headerBytes = request.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (headerBytes > MAX_HEADER_BYTES) return { status: 431, headers: {}, body: '' };
    if (api.isDefaultEndpointOff && !request.mapped)
      throw new Refusal(
        api.protocol === 'REST' ? 'DEFAULT_4XX' : 'RESOURCE_NOT_FOUND',
        undefined,
        'its execute-api endpoint is disabled: call it by its custom domain',
      );
    const at = placeOf(api, request);
    if (!at) throw api.protocol === 'REST' ? new Refusal('DEFAULT_4XX') : new Refusal('RESOURCE_NOT_FOUND');
    const { stage, path } = at;
    seen.stage = stage.name;
    seen.parts = { stage, path };
    if (request.isTooLarge || request.body.length > MAX_BODY_BYTES[api.protocol])
      throw new Refusal('REQUEST_TOO_LARGE');
    if (api.cors && isPreflight(request))
      return preflightAnswer(api.cors, request, api.protocol === 'URL' ? 200 : 204);
    const { route, parameters } = routeOf(api, request.method, path);
    seen.routeKey = routeKeyOf(route);
    const { limit, bucket } = limitFor(stage, request.method, route);
    if (!options.throttles.take(`${api.name}/${stage.name}${bucket}`, limit)) throw new Refusal('THROTTLED');
    const { accountId } = options.place;
    const found: PayloadParts = {
      api,
      stage,
      route,
      request,
      path,
      parameters,
      accountId,
      headers: forwardedHeaders(request),
    };
    seen.parts = found;
    const parts = await admitted(found, request, options);
    seen.parts = parts;
    if (api.protocol === 'REST') refuseInvalid(parts);
    return withOwnFraming(await integrated(parts, seen), api.protocol);
  }
}

function unknownApi({ id }: SignedRequest): ApiAnswer {
  const message = `There is no API and no function URL "${id}" in this loop.`;
  return { status: 404, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ message }) };
}

function withIds(answer: ApiAnswer, { protocol }: ApiModel, { requestId }: SignedRequest): ApiAnswer {
  const own =
    protocol === 'HTTP'
      ? { 'Apigw-Requestid': extendedIdOf(requestId) }
      : protocol === 'URL'
        ? { 'x-amzn-RequestId': requestId }
        : { 'x-amzn-RequestId': requestId, 'x-amz-apigw-id': extendedIdOf(requestId) };
  return { ...answer, headers: { ...answer.headers, ...own } };
}
