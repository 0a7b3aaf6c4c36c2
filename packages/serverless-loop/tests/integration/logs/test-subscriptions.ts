import { gunzipSync } from 'node:zlib';
import type { Receiver, ReceiverOf, Sender, ServiceMessage } from '../../../src/aws/delivery.ts';
import { AwsError } from '../../../src/aws/errors.ts';
import { startTestLogs } from './test-logs.ts';

export const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:reader';
export const STREAM = 'arn:aws:kinesis:eu-west-1:123456789012:stream/lines';
export const ROLE = 'arn:aws:iam::123456789012:role/logs';

export interface Delivery {
  arn: string;
  message: ServiceMessage;
  sender: Sender;
}

/** CloudWatch Logs with one group, and destinations that keep what they get; `refusing` lets nobody in. */
export async function startSubscribed(options: Parameters<typeof startTestLogs>[0] = {}) {
  const deliveries: Delivery[] = [];
  const refusing = new Set<string>();
  const refuse: NonNullable<Receiver['refuse']> = (arn, sender) => {
    const who = 'role' in sender ? sender.role.arn : sender.service;
    if (refusing.has(arn) || refusing.has(who)) throw new AwsError('AccessDeniedException', 'no');
  };
  const receiver: Receiver = {
    refuse,
    receive(arn, message, sender) {
      refuse(arn, sender);
      deliveries.push({ arn, message, sender });
    },
  };
  const receiverOf: ReceiverOf = (arn) => ([FUNCTION, STREAM].includes(arn) ? receiver : undefined);
  const logs = startTestLogs({ receiverOf, ...options });
  await logs.call('CreateLogGroup', { logGroupName: 'g' });
  await logs.call('CreateLogStream', { logGroupName: 'g', logStreamName: 's' });
  return {
    ...logs,
    deliveries,
    refusing,
    subscribe: (more: object = {}) =>
      logs.call('PutSubscriptionFilter', {
        logGroupName: 'g',
        filterName: 'all',
        filterPattern: '',
        destinationArn: FUNCTION,
        ...more,
      }),
    /** Puts events, a millisecond apart, and waits until they are delivered. */
    async write(...messages: string[]) {
      const logEvents = messages.map((message, at) => ({ timestamp: 1_767_225_600_000 + at, message }));
      await logs.call('PutLogEvents', { logGroupName: 'g', logStreamName: 's', logEvents });
      await logs.idle();
    },
  };
}

/** The data that a destination got, uncompressed. */
export function contentOf({ message: { body, bytes } }: Delivery): {
  logEvents: { id: string; timestamp: number; message: string }[];
  [member: string]: unknown;
} {
  return JSON.parse(gunzipSync(bytes ?? Buffer.from(JSON.parse(body).awslogs.data, 'base64')).toString());
}
