import type { Dimension, MetricUnit } from '../../aws/metric.ts';
import type { Fact, Report } from '../../facts.ts';
import type { MetricStore } from './metric-store.ts';

type Answered = Extract<Fact, { kind: 'request.answered' }>;

/** Names of the errors' metrics (API Gateway guide, "Amazon API Gateway dimensions and metrics" and "Working with metrics for HTTP APIs"). */
const ERRORS = {
  REST: ['4XXError', '5XXError'],
  HTTP: ['4xx', '5xx'],
  URL: ['Url4xxCount', 'Url5xxCount'],
} as const;

/** Metrics of APIs, and of functions' URLs (Lambda guide, "Monitoring Lambda function URLs"). */
export function apiMetrics(store: MetricStore, now: () => number): Report {
  return (fact) => {
    if (fact.kind !== 'request.answered') return;
    const { protocol, status, durationMs, integrationMs } = fact;
    const startedAtMs = now() - durationMs;
    const count = (name: string, value: number, unit: MetricUnit) => {
      const namespace = protocol === 'URL' ? 'AWS/Lambda' : 'AWS/ApiGateway';
      for (const dimensions of dimensionSets(fact))
        store.count({ namespace, name, dimensions }, startedAtMs, value, unit);
    };
    const [callerErrors, ownErrors] = ERRORS[protocol];
    count(protocol === 'URL' ? 'UrlRequestCount' : 'Count', 1, 'Count');
    count(callerErrors, status >= 400 && status < 500 ? 1 : 0, 'Count');
    count(ownErrors, status >= 500 ? 1 : 0, 'Count');
    count(protocol === 'URL' ? 'UrlRequestLatency' : 'Latency', durationMs, 'Milliseconds');
    if (integrationMs !== undefined && protocol !== 'URL')
      count('IntegrationLatency', integrationMs, 'Milliseconds');
  };
}

function dimensionSets({ protocol, apiName, apiId, stage, functionName }: Answered): Dimension[][] {
  if (protocol === 'URL')
    return functionName === undefined ? [] : [[{ name: 'FunctionName', value: functionName }]];
  const api = protocol === 'REST' ? { name: 'ApiName', value: apiName } : { name: 'ApiId', value: apiId };
  return stage === '' ? [[api]] : [[api], [api, { name: 'Stage', value: stage }]];
}
