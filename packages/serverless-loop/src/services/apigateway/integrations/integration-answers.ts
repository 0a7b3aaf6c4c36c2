import type { IntegrationModel } from '../../../aws/api-model.ts';
import { once } from '../../../aws/once.ts';
import type { OperationPort } from '../../../aws/operation-port.ts';
import type { Clock } from '../../../clock.ts';
import { type PayloadParts, routeKeyOf } from '../payloads/context.ts';
import { payload1 } from '../payloads/format-1.ts';
import { payload2 } from '../payloads/format-2.ts';
import { answer1, answer2 } from '../payloads/proxy-answer.ts';
import { type ApiAnswer, headerOf } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import type { CallFunction } from './function-caller.ts';
import { streamedAnswer } from './streamed-answer.ts';

export interface IntegrationAnswersOptions {
  clock: Clock;
  call: CallFunction;
  operations: OperationPort;
  /** Names of hosts that HTTP integrations may call beside this machine. */
  callableHosts: readonly string[];
}

/** Findings of an integration besides its answer. */
export interface SeenOfIntegration {
  functionName?: string;
  integrationMs?: number;
}

/** Calls what is behind a route. Its answer rejects with a Refusal where API Gateway answers by itself. */
export function integrationAnswers({
  clock,
  call: callFunction,
  operations,
  callableHosts,
}: IntegrationAnswersOptions) {
  // Most APIs have none of these.
  const answerParameters = once(() => import('./answer-parameters.ts'));
  const eventParameters = once(() => import('./event-parameters.ts'));
  const functionMapping = once(() => import('./function-mapping.ts'));
  const http = once(() => import('./http-answer.ts'));
  const mock = once(() => import('./mock.ts'));
  const service = once(() => import('./service-answer.ts'));
  const subtype = once(() => import('./subtype-answer.ts'));

  async function integrated(parts: PayloadParts, seen: SeenOfIntegration): Promise<ApiAnswer> {
    const { route } = parts;
    const { integration } = route;
    if (!integration)
      throw new Refusal('API_CONFIGURATION_ERROR', undefined, `${routeKeyOf(route)} has no integration`);
    if (integration.kind === 'not emulated')
      throw new Refusal('API_CONFIGURATION_ERROR', undefined, integration.reason);
    if (integration.kind === 'mock') {
      const { mockAnswer } = await mock();
      return mockAnswer(integration, parts);
    }
    const startedAt = clock.elapsedMs();
    try {
      const answer = await calledAnswer(integration, parts, seen);
      const mapped = 'responseParameters' in integration ? integration.responseParameters : undefined;
      return mapped ? (await answerParameters()).withAnswerParameters(answer, mapped, parts) : answer;
    } finally {
      seen.integrationMs = clock.elapsedMs() - startedAt;
    }
  }

  async function calledAnswer(
    integration: Exclude<IntegrationModel, { kind: 'mock' | 'not emulated' }>,
    parts: PayloadParts,
    seen: SeenOfIntegration,
  ): Promise<ApiAnswer> {
    const { api, stage, request } = parts;
    if (integration.kind === 'service') {
      const { serviceAnswer } = await service();
      return serviceAnswer(integration, parts, operations);
    }
    if (integration.kind === 'subtype') {
      const { subtypeAnswer } = await subtype();
      return subtypeAnswer(integration, parts, operations);
    }
    if (integration.kind === 'http') {
      const { httpAnswer } = await http();
      return httpAnswer(integration, parts, callableHosts);
    }
    const shown = integration.parameters
      ? (await eventParameters()).withEventParameters(parts, integration.parameters)
      : parts;
    const mapping = integration.mapping && { ...integration.mapping, ...(await functionMapping()) };
    const call = {
      api,
      stage,
      functionArn: integration.functionArn,
      roleArn: integration.roleArn,
      source: sourceOf(parts),
      payload: mapping
        ? mapping.mappedEvent(mapping, parts)
        : integration.payload === '2.0'
          ? payload2(shown)
          : payload1(shown),
      requestId: request.requestId,
      traceHeader: traceOf(parts),
      timeoutMs: integration.timeoutMs,
    };
    if (integration.streams) return await streamedAnswer((sink) => callFunction({ ...call, sink }));
    const answer = await callFunction(call);
    seen.functionName = answer.functionName;
    if (mapping) return mapping.mappedAnswer(mapping, answer, parts);
    if (answer.failed) throw new Refusal('DEFAULT_5XX', undefined, 'the function failed');
    return integration.payload === '2.0'
      ? answer2(answer.payload)
      : answer1(answer.payload, api, headerOf(request, 'accept'));
  }

  return integrated;
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
