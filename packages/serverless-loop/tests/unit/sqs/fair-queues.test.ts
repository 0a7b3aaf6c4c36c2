import { describe, expect, test } from 'vitest';
import { testSqs } from './test-sqs.ts';

/** SQS guide, "Amazon SQS fair queues". */
describe('a standard queue whose messages have groups', () => {
  const sent = async (...groups: [group: string | undefined, count: number][]) => {
    const sqs = testSqs();
    for (const [MessageGroupId, count] of groups)
      for (let number = 1; number <= count; number += 1)
        await sqs.call('SendMessage', {
          MessageBody: `${MessageGroupId} ${number}`,
          ...(MessageGroupId !== undefined && { MessageGroupId }),
        });
    const bodies = async (MaxNumberOfMessages = 10) =>
      (await sqs.receive({ MaxNumberOfMessages })).map(({ Body }) => Body);
    return { ...sqs, bodies };
  };

  test('tells each message’s group', async () => {
    const { receive } = await sent(['a', 1]);
    expect((await receive())[0]?.Attributes.MessageGroupId).toBe('a');
  });

  test('takes the messages of quiet groups, and of none, before those of one that holds what is in flight', async () => {
    const { bodies } = await sent(['loud', 13], ['quiet', 2], [undefined, 1]);
    expect(await bodies()).toHaveLength(10);
    expect(await bodies()).toEqual(['quiet 1', 'quiet 2', 'undefined 1', 'loud 11', 'loud 12', 'loud 13']);
  });

  test('goes by the order of sending while no group is noisy, and again once its messages are done', async () => {
    const { receive, call, bodies } = await sent(['loud', 12], ['quiet', 1]);
    const [first] = await receive({ MaxNumberOfMessages: 1 });
    expect(await bodies(8)).toHaveLength(8);
    expect(await bodies(1)).toEqual(['loud 10']);
    await call('DeleteMessage', { ReceiptHandle: first?.ReceiptHandle });
    expect(await bodies()).toEqual(['loud 11', 'loud 12', 'quiet 1']);
  });
});
