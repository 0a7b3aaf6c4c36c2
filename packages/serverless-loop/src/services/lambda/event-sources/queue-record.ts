import type { PolledMessage, QueueAttribute } from '../../../aws/queue-port.ts';

/** A message in the event that a function gets. */
export interface QueueRecord {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: Readonly<Record<string, string>>;
  [member: string]: unknown;
}

/**
 * The record of a message (Lambda guide, "Using Lambda with Amazon SQS"). With a batching window, a message without attributes
 * has a digest of null, and without one it has none (LocalStack's record, test_lambda_integration_sqs.snapshot.json, over all
 * its mappings).
 */
export function queueRecord(
  message: PolledMessage,
  { sourceArn, windowSeconds, region }: { sourceArn: string; windowSeconds: number; region: string },
): QueueRecord {
  const digest = message.md5OfMessageAttributes ?? (windowSeconds > 0 ? null : undefined);
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: Object.fromEntries(
      Object.entries(message.messageAttributes).map(([name, value]) => [name, attributeOf(value)]),
    ),
    ...(digest !== undefined && { md5OfMessageAttributes: digest }),
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: sourceArn,
    awsRegion: region,
  };
}

function attributeOf({ dataType, stringValue, binaryValue }: QueueAttribute) {
  return {
    ...(stringValue !== undefined && { stringValue }),
    ...(binaryValue !== undefined && { binaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType,
  };
}
