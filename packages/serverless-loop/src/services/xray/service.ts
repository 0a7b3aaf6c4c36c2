import type { ServiceDescription } from '../../aws/service.ts';
import { BATCH_GET_TRACES } from './api/batch-get-traces.ts';
import { GET_TRACE_SUMMARIES } from './api/get-trace-summaries.ts';
import { PUT_TELEMETRY_RECORDS } from './api/put-telemetry-records.ts';
import { PUT_TRACE_SEGMENTS } from './api/put-trace-segments.ts';
import { SAMPLING_OPERATIONS } from './api/sampling.ts';
import { GRAPH_OPERATIONS } from './api/service-graph.ts';
import type { XRayContext } from './context.ts';
import { invalidRequest, XRAY_DIALECT } from './xray-error.ts';

/** AWS X-Ray (X-Ray API reference). */
export const XRAY: ServiceDescription<XRayContext> = {
  title: 'X-Ray',
  signingName: 'xray',
  dialect: XRAY_DIALECT,
  rest: {
    malformedBody: (reason) => invalidRequest(`The request body must be a JSON object: ${reason}`),
  },
  operations: {
    PutTraceSegments: PUT_TRACE_SEGMENTS,
    GetTraceSummaries: GET_TRACE_SUMMARIES,
    BatchGetTraces: BATCH_GET_TRACES,
    PutTelemetryRecords: PUT_TELEMETRY_RECORDS,
    ...GRAPH_OPERATIONS,
    ...SAMPLING_OPERATIONS,
  },
};
