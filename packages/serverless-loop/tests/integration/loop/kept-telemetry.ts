import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { Loop } from '../../../src/loop/loop.ts';
import { clientOptions } from '../../loop-in-process.ts';
import { xrayClient } from '../xray/xray-client.ts';

/** All that the loop keeps of logs, metrics and traces, as AWS's own tools read it. */
export async function keptTelemetry(
  loop: Loop,
): Promise<{ lines: string[]; metrics: unknown; traces: unknown }> {
  const logs = new CloudWatchLogsClient(clientOptions(loop));
  const lines: string[] = [];
  for (const { logging } of loop.stack.functions) {
    const pages = paginateFilterLogEvents({ client: logs }, { logGroupName: logging.logGroup });
    for await (const { events = [] } of pages) lines.push(...events.map(({ message = '' }) => message));
  }
  const cloudwatch = new CloudWatchClient(clientOptions(loop));
  const { Metrics: metrics = [] } = await cloudwatch.send(new ListMetricsCommand({}));
  const xray = xrayClient(loop);
  const summaries = await xray.summaries();
  const traces = await Promise.all(
    summaries.map(async (summary) => [summary, await xray.segments(summary.Id)]),
  );
  return { lines, metrics, traces };
}
