import type { JsonObject } from '../../../src/aws/json-object.ts';
import type { Fact } from '../../../src/facts.ts';
import { type SqsOptions, startSqs } from '../../../src/services/sqs/sqs.ts';
import type { QueueModel } from '../../../src/template/model.ts';
import { manualClock } from '../../manual-clock.ts';
import { called } from '../../operation-calls.ts';

export const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' } as const;
export const endpoint = 'http://127.0.0.1:4580';

export function queueModel(name: string, settings: Partial<QueueModel> = {}): QueueModel {
  return {
    logicalId: name,
    name,
    arn: `arn:aws:sqs:eu-west-1:123456789012:${name}`,
    url: `${endpoint}/123456789012/${name}`,
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 345_600,
    delaySeconds: 0,
    receiveWaitSeconds: 0,
    maximumMessageBytes: 1_048_576,
    resourcePolicy: [],
    ...settings,
  };
}

/** SQS on a clock that stands still, with one queue `parcels` unless told otherwise. */
export function testSqs(queues = [queueModel('parcels')], allows: SqsOptions['allows'] = () => true) {
  const clock = manualClock();
  const facts: Fact[] = [];
  const sqs = startSqs({
    place,
    endpoint,
    queues,
    clock,
    report: (fact) => facts.push(fact),
    allows,
    authorizeRole: () => undefined,
  });

  /** Calls an operation as a client would, on the queue `parcels` unless the input names another. */
  async function call(
    operation: string,
    input: JsonObject = {},
    more: { signal?: AbortSignal; traceHeader?: string } = {},
  ) {
    return called(
      sqs.service.operations[operation],
      { QueueUrl: `${endpoint}/123456789012/parcels`, ...input },
      { caller: {}, requestId: 'r-1', endpoint, signal: new AbortController().signal, ...more },
    );
  }

  /** The messages that a receive gets, as SDKs type them. */
  async function receive(input: JsonObject = {}): Promise<Message[]> {
    const { Messages } = await call('ReceiveMessage', { AttributeNames: ['All'], ...input });
    return Array.isArray(Messages) ? Messages : [];
  }

  return { sqs, clock, facts, call, receive };
}

export interface Message {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  MD5OfBody: string;
  MD5OfMessageAttributes?: string;
  Attributes: Record<string, string>;
  MessageAttributes?: Record<string, unknown>;
}
