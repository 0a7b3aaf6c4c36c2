import type { JsonObject, RestOperation, RestRequest } from '../../aws/operation.ts';
import { batchGetTraces } from './api/batch-get-traces.ts';
import { getTraceSummaries } from './api/get-trace-summaries.ts';
import { putTelemetryRecords } from './api/put-telemetry-records.ts';
import { putTraceSegments } from './api/put-trace-segments.ts';
import { getSamplingRules, getSamplingTargets } from './api/sampling.ts';
import { getServiceGraph, getTraceGraph } from './api/service-graph.ts';
import type { XRayContext } from './context.ts';

/** X-Ray's API. */
export function xrayOperations(context: XRayContext): RestOperation[] {
  const operation = (
    name: string,
    path: RegExp,
    answer: (request: RestRequest, context: XRayContext) => JsonObject,
  ): RestOperation => ({
    name,
    title: 'X-Ray',
    signingName: 'xray',
    method: 'POST',
    path,
    handle: (request) => ({ status: 200, body: JSON.stringify(answer(request, context)) }),
    // X-Ray grants these on no resource but all (Service Authorization Reference, "AWS X-Ray").
    needs: () => [{ action: `xray:${name}`, resource: '*' }],
  });

  return [
    operation('PutTraceSegments', /^\/TraceSegments$/, putTraceSegments),
    operation('GetTraceSummaries', /^\/TraceSummaries$/, getTraceSummaries),
    operation('BatchGetTraces', /^\/Traces$/, batchGetTraces),
    operation('GetServiceGraph', /^\/ServiceGraph$/, getServiceGraph),
    operation('GetTraceGraph', /^\/TraceGraph$/, getTraceGraph),
    operation('GetSamplingRules', /^\/GetSamplingRules$/, getSamplingRules),
    operation('GetSamplingTargets', /^\/SamplingTargets$/, getSamplingTargets),
    operation('PutTelemetryRecords', /^\/TelemetryRecords$/, putTelemetryRecords),
  ];
}
