import { expect, test } from 'vitest';
import { deliver, postOffice } from '../../../src/aws/delivery.ts';

const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:123456789012:parcels';
const RULE = {
  service: 'events.amazonaws.com',
  sourceArn: 'arn:aws:events:eu-west-1:123456789012:rule/packed',
};

test('a message goes to the service of its ARN, with its sender', async () => {
  const post = postOffice();
  const taken: unknown[] = [];
  post.open({
    sns: { receive: () => Promise.reject(new Error('not for topics')) },
    sqs: { receive: (...message) => void taken.push(message) },
  });
  await deliver(post.receiverOf, QUEUE_ARN, { body: '{}' }, RULE);
  expect(taken).toEqual([[QUEUE_ARN, { body: '{}' }, RULE]]);
});

test.each(['arn:aws:kinesis:eu-west-1:123456789012:stream/parcels', 'parcels', ''])(
  'nothing goes to %o, which no service takes messages for',
  async (arn) => {
    const { receiverOf } = postOffice();
    expect(receiverOf(arn)).toBeUndefined();
    await expect(deliver(receiverOf, arn, { body: '{}' }, RULE)).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: `The loop can't send to ${arn}`,
    });
  },
);

test('a receiver’s refusal is the sender’s to hear', async () => {
  const post = postOffice();
  post.open({
    sqs: {
      receive() {
        throw new Error('refused');
      },
    },
  });
  await expect(deliver(post.receiverOf, QUEUE_ARN, { body: '{}' }, RULE)).rejects.toThrow('refused');
});
