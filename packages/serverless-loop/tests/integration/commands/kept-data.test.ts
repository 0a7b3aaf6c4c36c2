import path from 'node:path';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { runInProcess } from '../../command-in-process.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { startCommand } from '../../loop-process.ts';
import { clientFor } from '../dynamodb/contract/subject.ts';

const TEMPLATE = `
Resources:
  Boxes:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: boxes
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
`;

const START = ['start', '--port', '0', '--no-watch', '--data', 'kept'];
const TableName = 'boxes';
const Item = { id: { S: 'b1' }, weight: { N: '12.5' } };

async function startKept(cwd: string) {
  const loop = await startCommand(START, { cwd });
  onTestFinished(async () => void (await loop.stop('SIGKILL')));
  const client = clientFor(loop.endpoint);
  onTestFinished(() => client.destroy());
  return { client, stop: loop.stop };
}

test('with --data an item that was put is there after the loop was killed', async () => {
  const cwd = projectFolder({ 'template.yaml': TEMPLATE });
  const first = await startKept(cwd);
  await first.client.send(new PutItemCommand({ TableName, Item }));

  const folders = ['--data', path.join(cwd, 'kept'), '--template', path.join(cwd, 'template.yaml')];
  const { status, stderr } = await runInProcess(['start', '--port', '0', '--no-watch', ...folders]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^\S+\/kept\/dynamodb is in use by the process \d+\. .*\n$/);

  await first.stop('SIGKILL');
  const second = await startKept(cwd);
  const get = new GetItemCommand({ TableName, Key: { id: { S: 'b1' } } });
  expect((await second.client.send(get)).Item).toEqual(Item);
});

test('--data beside --dynamodb is refused: there is nothing to keep', async () => {
  const args = ['start', '--data', 'kept', '--dynamodb', 'http://127.0.0.1:8000'];
  const { status, stderr } = await runInProcess(args);
  expect(status).toBe(2);
  expect(stderr).toContain('--data: keeps the tables of the embedded store');
});
