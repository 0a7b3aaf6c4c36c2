import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Enveloped } from './envelope.ts';

/** A message that this run has in hand. */
export interface Letter extends Enveloped {
  messageId: string;
  receiptHandle: string;
  /** Epoch milliseconds of when it was sent to the queue. */
  sentAtMs: number;
}

const HOLD_SECONDS = 900;
/** A message that was received stays ours for so long, for certain: a call's duration is kept back. */
export const HOLD_MS = (HOLD_SECONDS - 60) * 1_000;
/** A wait of any length asks all of SQS's servers (SQS guide, "short and long polling"). */
const WAIT_SECONDS = 1;
const MAX_PER_BATCH = 10;

/** The messages of one queue, taken, given back and deleted. */
export function letterQueue(client: SQSClient, queueUrl: string) {
  return {
    /** Up to ten messages that no one else gets for HOLD_SECONDS. */
    async take(most: number): Promise<Letter[]> {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: Math.min(most, MAX_PER_BATCH),
          VisibilityTimeout: HOLD_SECONDS,
          WaitTimeSeconds: WAIT_SECONDS,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      return Messages.map(letterOf);
    },

    async delete({ receiptHandle }: Letter): Promise<void> {
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
    },

    /** Lets others get the messages at once; gives the number of those that show again only when their hold ends. */
    async release(letters: Letter[]): Promise<number> {
      let held = 0;
      for (let start = 0; start < letters.length; start += MAX_PER_BATCH) {
        const batch = letters.slice(start, start + MAX_PER_BATCH);
        held += await releaseBatch(batch).catch(() => batch.length);
      }
      return held;
    },
  };

  async function releaseBatch(letters: Letter[]): Promise<number> {
    const { Failed = [] } = await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: letters.map(({ receiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        })),
      }),
    );
    return Failed.length;
  }
}

export type LetterQueue = ReturnType<typeof letterQueue>;

function letterOf({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes = {} }: Message): Letter {
  const texts = Object.entries(MessageAttributes).flatMap(([name, { StringValue }]) =>
    StringValue === undefined ? [] : [[name, StringValue]],
  );
  return {
    messageId: MessageId ?? '',
    receiptHandle: ReceiptHandle ?? '',
    body: Body ?? '',
    attributes: Object.fromEntries(texts),
    sentAtMs: Number(Attributes?.SentTimestamp ?? 0),
  };
}
