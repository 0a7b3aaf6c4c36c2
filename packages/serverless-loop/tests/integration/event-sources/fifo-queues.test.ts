import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { onlyInMatrix } from '../../matrix.ts';
import { type QueueLoop, queueLoop } from './project.ts';

/** A function that reads a FIFO queue whose messages are known by their bodies. */
const fifoProject = (event: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: packer
      # Events of 6 MB on a busy machine.
      Timeout: 30
      Runtime: nodejs24.x
      Handler: handler.handler
      CodeUri: code/
      Events:
        Row: { Type: SQS, Properties: { Queue: !GetAtt Row.Arn${event} } }
  Row:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: row.fifo
      FifoQueue: true
      ContentBasedDeduplication: true
`;

async function send({ sqs, loop }: QueueLoop, ...messages: [group: string, body: string][]) {
  const Entries = messages.map(([MessageGroupId, MessageBody], index) => ({
    Id: String(index),
    MessageBody,
    MessageGroupId,
  }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: loop.physicalId('Row'), Entries }));
}

function bodies({ batches }: QueueLoop): string[][] {
  return batches().map((records) => records.map(({ body }) => body));
}

// Lambda guide, "Using Lambda with Amazon SQS": "Lambda sorts the messages into groups and sends only one batch at a time for a
// group".
test('each group of a FIFO queue comes in batches of its own, one after the other', async () => {
  const fifo = await queueLoop(fifoProject(', BatchSize: 2'));
  await send(fifo, ['g1', 'slow 1'], ['g2', 'a'], ['g1', '2'], ['g1', '3'], ['g2', 'b'], ['g2', 'c']);
  await fifo.loop.idle();
  const seen = bodies(fifo);
  const groupsOf = (letters: RegExp) => seen.filter(([first = '']) => letters.test(first));
  expect(groupsOf(/\d/)).toEqual([['slow 1', '2'], ['3']]);
  expect(groupsOf(/[abc]$/)).toEqual([['a', 'b'], ['c']]);
  const first = fifo.batches().find(([record]) => record?.body === 'slow 1');
  expect(first?.[0]?.attributes).toMatchObject({
    MessageGroupId: 'g1',
    MessageDeduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/),
    SequenceNumber: expect.stringMatching(/^\d{20}$/),
  });
});

// The same guide, "Handling errors for an SQS event source": all retries on the affected messages come before others of the group.
test('a message that fails holds its group back until it comes again', async () => {
  const fifo = await queueLoop(
    fifoProject(', BatchSize: 2, FunctionResponseTypes: [ReportBatchItemFailures]'),
    {
      clock: 'manual',
    },
  );
  await send(fifo, ['g1', '1'], ['g1', 'item'], ['g1', '3'], ['g2', 'a']);
  await fifo.loop.idle();
  expect(bodies(fifo)).toEqual([['1', 'item'], ['a']]);
  await fifo.loop.clock.advance(30_000);
  await fifo.loop.idle();
  expect(bodies(fifo).slice(2)).toEqual([['item', '3']]);
});

onlyInMatrix(() => {
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB of a synchronous invocation
  test('messages of a group that are too large for one event come one event after the other', async () => {
    const fifo = await queueLoop(fifoProject(''));
    const large = (name: string) => name.padEnd(1_000_000, '.');
    for (const name of ['slow 1', '2', '3', '4', '5', '6', '7', '8'])
      await fifo.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: fifo.loop.physicalId('Row'),
          Entries: [{ Id: 'x', MessageBody: large(name), MessageGroupId: 'g1' }],
        }),
      );
    await fifo.loop.idle();
    const seen = bodies(fifo).flat();
    expect(seen.map((body) => body.replace(/\.+$/, ''))).toEqual([
      'slow 1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
    ]);
  });
});
