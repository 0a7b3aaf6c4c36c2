import { randomBytes } from 'node:crypto';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { BatchGetTracesCommand, GetTraceSummariesCommand, XRayClient } from '@aws-sdk/client-xray';

const logs = new CloudWatchLogsClient({});
const metrics = new CloudWatchClient({});
const xray = new XRayClient({});

/** Whatever a run looks at has happened since, clocks that differ kept in mind. */
const since = new Date(Date.now() - 60_000);

/** The lines of a log group with that correlation id, as the functions wrote them. */
export async function logLines(
  logGroupName: string,
  correlationId: string,
): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const input = {
    logGroupName,
    filterPattern: `{ $.correlation_id = "${correlationId}" }`,
    startTime: since.getTime(),
  };
  for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, input))
    for (const { message = '{}' } of events) lines.push(JSON.parse(message));
  return lines;
}

/** The sum of a metric of EventBridge's own about one rule; undefined while CloudWatch has no value of it. */
export async function ruleMetric(
  name: string,
  { busName, ruleName }: { busName: string; ruleName: string },
): Promise<number | undefined> {
  const { Datapoints = [] } = await metrics.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Events',
      MetricName: name,
      Dimensions: [
        { Name: 'EventBusName', Value: busName },
        { Name: 'RuleName', Value: ruleName },
      ],
      StartTime: since,
      EndTime: new Date(Date.now() + 60_000),
      Period: 60,
      Statistics: ['Sum'],
    }),
  );
  if (Datapoints.length === 0) return undefined;
  return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
}

/** Invokes a function under a trace of the caller's own, which is always sampled; gives its id and the answer. */
export async function invokeTraced(
  FunctionName: string,
  event: unknown,
): Promise<{ traceId: string; answer: Record<string, unknown> }> {
  const id = [1, Math.floor(Date.now() / 1_000).toString(16), randomBytes(12).toString('hex')];
  const traceId = id.join('-');
  const lambda = new LambdaClient({});
  lambda.middlewareStack.add(
    (next) => (args) => {
      const request: { headers?: Record<string, string> } = Object(args.request);
      if (request.headers) request.headers['X-Amzn-Trace-Id'] = `Root=${traceId};Sampled=1`;
      return next(args);
    },
    { step: 'build', name: 'ownTrace' },
  );
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  return { traceId, answer: JSON.parse(new TextDecoder().decode(Payload)) };
}

interface Segment {
  name?: string;
  origin?: string;
  subsegments?: Segment[];
  annotations?: Record<string, unknown>;
}

/** The segments of a trace, those below others too. */
export async function segmentsOf(traceId: string): Promise<Segment[]> {
  const { Traces = [] } = await xray.send(new BatchGetTracesCommand({ TraceIds: [traceId] }));
  const roots = Traces.flatMap(({ Segments = [] }) =>
    Segments.map(({ Document = '{}' }): Segment => JSON.parse(Document)),
  );
  return roots.flatMap(withThoseBelow);
}

function withThoseBelow(segment: Segment): Segment[] {
  return [segment, ...(segment.subsegments ?? []).flatMap(withThoseBelow)];
}

/** The ids of the traces that are found by the order's id. */
export async function tracesOfOrder(orderId: string): Promise<string[]> {
  const { TraceSummaries = [] } = await xray.send(
    new GetTraceSummariesCommand({
      StartTime: since,
      EndTime: new Date(),
      FilterExpression: `annotation.orderId = "${orderId}"`,
    }),
  );
  return TraceSummaries.map(({ Id = '' }) => Id);
}
