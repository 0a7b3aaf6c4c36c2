import type { ApiModel, IntegrationModel } from '../../aws/api-model.ts';
import type { Place } from '../../aws/arn.ts';
import type { OperationPort } from '../../aws/operation-port.ts';
import type { Report } from '../../facts.ts';
import { type AdmissionOptions, admitted } from './access/admission.ts';
import type { CallFunction, FunctionCallerOptions } from './integrations/function-caller.ts';
import { mockAnswer } from './integrations/mock.ts';
import { serviceAnswer } from './integrations/service-answer.ts';
import { streamedAnswer } from './integrations/streamed-answer.ts';
import { subtypeAnswer } from './integrations/subtype-answer.ts';
import { extendedIdOf, type PayloadParts, routeKeyOf } from './payloads/context.ts';
import { payload1 } from './payloads/format-1.ts';
import { payload2 } from './payloads/format-2.ts';
import { answer1, answer2 } from './payloads/proxy-answer.ts';
import { type ApiAnswer, headerOf, type SignedRequest } from './requests/api-request.ts';
import { isPreflight, preflightAnswer, withCors } from './requests/cors.ts';
import { forwardedHeaders } from './requests/forwarded.ts';
import { Refusal } from './requests/refusal.ts';
import { refusalAnswer } from './requests/refusal-answer.ts';
import { routeOf, stageOf } from './requests/route-choice.ts';
import { refuseInvalid } from './requests/validation.ts';

export interface ApiAnswersOptions extends AdmissionOptions {
  place: Place;
  report: Report;
  call: CallFunction;
  operations: OperationPort;
  allows: FunctionCallerOptions['allows'];
}

/** A function's answer is at most 6 MB (Lambda guide, "Lambda quotas"), any other 10 MB (API Gateway guide, "Quotas"). */
const MAX_BODY_BYTES = { REST: 10_485_760, HTTP: 10_485_760, URL: 6_291_456 };
/** Of all headers and the request line together, in bytes. */
const MAX_HEADER_BYTES = 10_240;

type Answers = (api: ApiModel | undefined, request: SignedRequest) => Promise<ApiAnswer>;

/** Answers requests: chooses stage and route, asks who may, and calls what is behind. */
export function apiAnswers(options: ApiAnswersOptions): Answers {
  const { report, clock } = options;

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
      durationMs: clock.elapsedMs() - startedAt,
      ...(seen.integrationMs !== undefined && { integrationMs: seen.integrationMs }),
      ...(seen.functionName !== undefined && { functionName: seen.functionName }),
      ...(refusal && { reason: refusal.message }),
    });
    const isOwnPreflight = api.cors !== undefined && isPreflight(request);
    return withIds(isOwnPreflight ? answer : withCors(answer, api.cors, request), api, request);
  };

  /** Findings of a request besides its answer. */
  interface Seen {
    stage: string;
    routeKey: string;
    functionName?: string;
    integrationMs?: number;
    /** As far as the request came. */
    parts?: Partial<PayloadParts>;
  }

  async function answerOf(api: ApiModel, request: SignedRequest, seen: Seen): Promise<ApiAnswer> {
    const headerBytes = request.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (headerBytes > MAX_HEADER_BYTES) return { status: 431, headers: {}, body: '' };
    const at = stageOf(api, request.path);
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
    if (!options.throttles.take(`${api.name}/${stage.name}`, stage.throttle)) throw new Refusal('THROTTLED');
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
    return await integrated(parts, seen);
  }

  function actionAnswer(
    integration: Extract<IntegrationModel, { kind: 'service' | 'subtype' }>,
    parts: PayloadParts,
  ): Promise<ApiAnswer> {
    return integration.kind === 'service'
      ? serviceAnswer(integration, parts, options.operations)
      : subtypeAnswer(integration, parts, options.operations);
  }

  async function integrated(parts: PayloadParts, seen: Seen): Promise<ApiAnswer> {
    const { api, stage, route, request } = parts;
    const { integration } = route;
    if (!integration)
      throw new Refusal('API_CONFIGURATION_ERROR', undefined, `${routeKeyOf(route)} has no integration`);
    if (integration.kind === 'not emulated')
      throw new Refusal('API_CONFIGURATION_ERROR', undefined, integration.reason);
    if (integration.kind === 'mock') return mockAnswer(integration, request);
    const startedAt = clock.elapsedMs();
    if (integration.kind === 'service' || integration.kind === 'subtype')
      return await actionAnswer(integration, parts).finally(() => {
        seen.integrationMs = clock.elapsedMs() - startedAt;
      });
    const call = {
      api,
      stage,
      functionArn: integration.functionArn,
      roleArn: integration.roleArn,
      source: sourceOf(parts),
      payload: integration.payload === '2.0' ? payload2(parts) : payload1(parts),
      requestId: request.requestId,
      traceHeader: traceOf(parts),
      timeoutMs: integration.timeoutMs,
    };
    try {
      if (integration.streams) return await streamedAnswer((sink) => options.call({ ...call, sink }));
      const answer = await options.call(call);
      seen.functionName = answer.functionName;
      if (answer.failed) throw new Refusal('DEFAULT_5XX', undefined, 'the function failed');
      return integration.payload === '2.0'
        ? answer2(answer.payload)
        : answer1(answer.payload, api, headerOf(request, 'accept'));
    } finally {
      seen.integrationMs = clock.elapsedMs() - startedAt;
    }
  }
}

/** The route that the API calls for, as a function's policy names it. */
function sourceOf({ stage, route, request }: PayloadParts): string {
  return route.path === '$default'
    ? `${stage.name}/$default`
    : `${stage.name}/${request.method}${route.path}`;
}

function traceOf({ headers }: PayloadParts): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'x-amzn-trace-id')?.[1];
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
