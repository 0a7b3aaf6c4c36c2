import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { askRunningLoop } from 'serverless-loop/commands';
import { startInProcess } from 'serverless-loop/tests';
import { clientFor, runEmbedded } from 'serverless-loop/tests/services';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../../unit/app/template.ts';
import { bundleOf } from './bundle.ts';
import { invoked } from './function-process.ts';

const json = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));

test('a function that SAM CLI runs stores in the other DynamoDB, and the loop processes what it publishes', async () => {
  const store = await runEmbedded();
  onTestFinished(() => store.stop());
  const loop = await startInProcess([
    ...['start', '--port', '0', '--no-watch'],
    ...['--dynamodb', store.endpoint],
  ]);
  onTestFinished(async () => void (await loop.stop()));
  const creator = await bundleOf('OrderCreatorFunction');

  const { Parameters, OrderCreatorFunction } = json('env.json');
  const { outcomes } = await invoked(
    creator.file,
    {
      ...{ AWS_SAM_LOCAL: 'true', AWS_ACCESS_KEY_ID: 'defaultkey', STACK_NAME: 'local' },
      ...Parameters,
      ...OrderCreatorFunction,
      // Outside of the network that env.json is for.
      AWS_ENDPOINT_URL: loop.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: store.endpoint,
      AWS_ENDPOINT_URL_EVENTBRIDGE: loop.endpoint,
    },
    [json('events/order.json')],
  );
  expect(outcomes).toMatchObject([{ answer: { accepted: true, status: 'NEW', duplicate: false } }]);

  const { outputs } = await askRunningLoop(loop.endpoint);
  const orders = clientFor(store.endpoint);
  onTestFinished(() => orders.destroy());
  const [created] = outcomes;
  const Key = { orderId: { S: String(Reflect.get(Object(created?.answer), 'orderId')) } };
  const statusOf = async () =>
    (await orders.send(new GetItemCommand({ TableName: outputs.OrdersTableName, Key }))).Item?.status;
  await expect.poll(statusOf).toEqual({ S: 'PROCESSED' });
});
