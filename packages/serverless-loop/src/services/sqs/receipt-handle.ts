import { invalidParameter, sqsError } from './sqs-error.ts';

/** One receive of one message. */
export interface Receipt {
  queueName: string;
  messageId: string;
  /** The message's receive count at the time. */
  receiveCount: number;
}

export function formatReceiptHandle({ queueName, messageId, receiveCount }: Receipt): string {
  return Buffer.from(`${queueName}/${messageId}/${receiveCount}`).toString('base64');
}

/** Throws AwsError for a handle that the given queue never gave out. */
export function parseReceiptHandle(handle: string, queueName: string): Receipt {
  const [name, messageId, receiveCount] = Buffer.from(handle, 'base64').toString().split('/');
  if (name === undefined || !messageId || !receiveCount) {
    throw sqsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
  if (name !== queueName) {
    throw invalidParameter(`The receipt handle "${handle}" is of the queue ${name}, not of ${queueName}.`);
  }
  return { queueName, messageId, receiveCount: Number(receiveCount) };
}
