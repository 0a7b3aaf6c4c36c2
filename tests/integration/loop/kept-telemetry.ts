import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import type { RunningLoop } from 'serverless-loop';
import { xrayClient } from 'serverless-loop/tests/services';
import { clientOptions } from '../../loop.ts';

/** All that the loop keeps of logs, metrics and traces, as AWS's own tools read it. */
export async function keptTelemetry(
  loop: RunningLoop,
): Promise<{ lines: string[]; metrics: unknown; traces: unknown }> {
  const logs = new CloudWatchLogsClient(clientOptions(loop));
  const lines: string[] = [];
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  for (const { logGroupName } of logGroups) {
    const pages = paginateFilterLogEvents({ client: logs }, { logGroupName });
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
