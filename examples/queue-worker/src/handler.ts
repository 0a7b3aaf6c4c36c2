import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseParcel } from './parcel.ts';
import { parcelsTable } from './parcels-table.ts';

const logger = new Logger();
const metrics = new Metrics();
const table = parcelsTable(
  new Tracer().captureAWSv3Client(new DynamoDBClient()),
  process.env.PARCELS_TABLE_NAME,
);

/** Answers with the messages that failed: these alone come again, and go to the queue of failures after five times. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  logger.addContext(context);
  const stored = await Promise.all(event.Records.map(store));
  const failed = event.Records.filter((_record, at) => !stored[at]);
  metrics.addMetric('ParcelsStored', MetricUnit.Count, event.Records.length - failed.length);
  metrics.addMetric('ParcelsFailed', MetricUnit.Count, failed.length);
  metrics.publishStoredMetrics();
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

/** False when the message has to come again. */
async function store({ messageId, body, attributes }: SQSRecord): Promise<boolean> {
  try {
    await table.insert(parseParcel(body));
    return true;
  } catch (error) {
    const received = Number(attributes.ApproximateReceiveCount);
    logger.error('message failed', { messageId, received, error });
    return false;
  }
}
