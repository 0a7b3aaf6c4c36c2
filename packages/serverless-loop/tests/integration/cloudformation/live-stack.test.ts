import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { askRunningLoop } from '../../../src/cli/running-loop.ts';
import { clientOptions, MET_ONCE } from '../../loop-in-process.ts';
import { deployingLoop, outputOf, TELLER } from './deploying.ts';

test('a deployment over the stack that runs from source takes its place, keeps what it holds and says so', async () => {
  const loop = await deployingLoop(TELLER);
  const { stack } = loop.loop;
  const QueueUrl = stack.queues[0]?.url;
  const sqs = new SQSClient(clientOptions(loop.loop));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'box 7' }));

  const changed = TELLER.replace('process.env.WORD;', '"deployed " + process.env.WORD;');
  const { Changes = [] } = await loop.changeSet('test', changed);
  expect(Changes.map(({ ResourceChange: change }) => [change?.Action, change?.LogicalResourceId])).toEqual([
    ['Modify', 'Teller'],
  ]);
  const after = await loop.deploy('test', changed);

  expect(after.StackId).toBe(stack.id);
  expect(outputOf(after, 'BoxesUrl')).toBe(QueueUrl);
  expect((await sqs.send(new ReceiveMessageCommand({ ...MET_ONCE, QueueUrl }))).Messages).toMatchObject([
    { Body: 'box 7' },
  ]);
  expect(await loop.ask(outputOf(after, 'TellerName'))).toBe('deployed first');
  expect(await loop.events('test')).toContainEqual(
    expect.stringContaining(
      'test UPDATE_IN_PROGRESS User Initiated. This replaces the stack that the loop runs from source',
    ),
  );
  expect(loop.factsOf('stack.status')).toContainEqual(
    expect.objectContaining({ stackName: 'test', reason: expect.stringContaining('replaces the stack') }),
  );
  const { TemplateBody } = await loop.client.send(new GetTemplateCommand({ StackName: 'test' }));
  expect(TemplateBody).toBe(changed);
});

test('one that fails leaves the stack running from source', async () => {
  const loop = await deployingLoop(TELLER);
  const failing = TELLER.replace('process.env.WORD;', '1;').replace(
    'VisibilityTimeout: 30',
    'VisibilityTimeout: soon',
  );
  expect((await loop.deploy('test', failing)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await loop.ask('Teller')).toBe('first');
});

test('it can be deleted', async () => {
  const loop = await deployingLoop(TELLER);
  expect((await loop.remove('test')).StackStatus).toBe('DELETE_COMPLETE');
  await expect(loop.ask('Teller')).rejects.toThrow('Function not found');
});

test('the page of the loop names the functions of all stacks, its own first, and what its own is now', async () => {
  const loop = await deployingLoop(TELLER);
  const before = await askRunningLoop(loop.loop.endpoint);
  const beside = await loop.deploy('depot', TELLER);
  await loop.deploy('test', TELLER.replace('Outputs: {', 'Outputs: {New: {Value: here}, '));

  const { functions, outputs, stackName } = await askRunningLoop(loop.loop.endpoint);
  expect(stackName).toBe('test');
  expect(outputs).toMatchObject({ New: 'here' });
  expect(functions.map(({ name }) => name)).toEqual([
    before.functions[0]?.name,
    outputOf(beside, 'TellerName'),
  ]);
});
