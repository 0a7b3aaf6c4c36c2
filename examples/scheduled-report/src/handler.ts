import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context, ScheduledEvent } from 'aws-lambda';
import { type Report, reportOf } from './report.ts';
import { salesTable } from './sales-table.ts';

const logger = new Logger();
const metrics = new Metrics();
const table = salesTable(new Tracer().captureAWSv3Client(new DynamoDBClient()), process.env.SALES_TABLE_NAME);

/** Reports the day before the schedule's time, which a retry has, too: it reports the same day again. */
export const handler = async ({ time }: Pick<ScheduledEvent, 'time'>, context: Context): Promise<Report> => {
  logger.addContext(context);
  const day = dayBefore(time);
  const report = reportOf(day, await table.salesOf(day));
  logger.info('daily report', { report });
  metrics.addMetric('Sales', MetricUnit.Count, report.sales);
  metrics.addMetric('Pieces', MetricUnit.Count, report.pieces);
  metrics.publishStoredMetrics();
  return report;
};

function dayBefore(time: string): string {
  const date = new Date(time);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
