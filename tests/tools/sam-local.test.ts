import { readFileSync } from 'node:fs';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { findTool } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../pages/commands.ts';
import { RUN_BY } from '../pages/run-by.ts';
import { composeProject } from './compose-project.ts';
import { findDocker } from './docker.ts';
import { type LocalLambda, startLocalLambda } from './start-lambda.ts';

const [docker, sam, aws, shell] = await Promise.all([
  findDocker(),
  findTool('sam'),
  findTool('aws'),
  findTool('sh'),
]);
const tableName: string = JSON.parse(readFileSync('env.json', 'utf8')).Parameters.ORDERS_TABLE_NAME;
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

describe.runIf(docker.expected && sam.expected && aws.expected)(
  'after docker compose up and sam build',
  () => {
    const project = composeProject(docker);
    /** Options beside samconfig.toml: the network, and to ask no registry for an image that is there. */
    const options = ['--docker-network', project.network, '--skip-pull-image'];
    let endpoint: string;
    let client: DynamoDBClient;
    beforeAll(async () => {
      await sam.run(['build']);
      await project.compose('up', '-d', '--wait');
      endpoint = await project.dynamoDbEndpoint();
      client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
    });
    afterAll(async () => {
      client?.destroy();
      await project.stop();
    });

    /** The function's answer. A function that fails leaves an exit status of 0 and an answer with an `errorType`. */
    async function invoke(name: string, event: string, env: Record<string, string> = {}) {
      const { stdout } = await sam.run(['local', 'invoke', name, '-e', event, ...options], { env });
      const answer: Record<string, unknown> = JSON.parse(stdout);
      return answer;
    }

    async function statusOf(orderId: unknown): Promise<string | undefined> {
      const Key = { orderId: { S: String(orderId) } };
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
      );
      return Item?.status?.S;
    }

    async function expectProcessed(orderId: unknown): Promise<void> {
      await expect.poll(() => statusOf(orderId)).toBe('PROCESSED');
    }

    test('sam local invoke stores an order and publishes it, and it becomes PROCESSED', async () => {
      const answer = await invoke('OrderCreatorFunction', 'events/order.json');

      expect(answer).toMatchObject({ accepted: true, status: 'NEW', duplicate: false });
      await expectProcessed(answer.orderId);
    });

    test('sam local invoke processes the order of a sample event that was put into the table', async () => {
      await aws.run(
        [
          'dynamodb',
          'put-item',
          ...['--endpoint-url', endpoint, '--table-name', tableName],
          ...['--item', 'file://events/order-created.item.json'],
        ],
        { env: { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' } },
      );
      const { orderId } = JSON.parse(readFileSync('events/order-created.json', 'utf8')).detail;
      expect(await statusOf(orderId)).toBe('NEW');

      const answer = await invoke('OrderProcessorFunction', 'events/order-created.json');

      expect(answer).toEqual({ orderId, outcome: 'processed' });
      expect(await statusOf(orderId)).toBe('PROCESSED');
    });

    test('sam local invoke answers with the error of a function that fails', async () => {
      expect(await invoke('OrderProcessorFunction', 'events/order-created-unknown-order.json')).toMatchObject(
        {
          errorType: 'OrderNotFound',
        },
      );
    });

    test('what the shell exports does not come before env.json', async () => {
      const elsewhere = 'http://127.0.0.1:1';
      const exported = {
        AWS_ENDPOINT_URL: elsewhere,
        AWS_ENDPOINT_URL_DYNAMODB: elsewhere,
        AWS_ENDPOINT_URL_EVENTBRIDGE: elsewhere,
        TABLE_NAME: 'elsewhere',
        ORDERS_TABLE_NAME: 'elsewhere',
        ORDER_BUS_NAME: 'elsewhere',
      };

      const answer = await invoke('OrderCreatorFunction', 'events/order.json', exported);

      expect(answer).toMatchObject({ accepted: true });
      await expectProcessed(answer.orderId);
    });

    describe('sam local start-lambda', () => {
      let lambda: LocalLambda;
      let lambdaClient: LambdaClient;
      beforeAll(async () => {
        lambda = await startLocalLambda(sam, options);
        lambdaClient = new LambdaClient({ endpoint: lambda.endpoint, region: 'eu-west-1', credentials });
      });
      afterAll(async () => {
        lambdaClient?.destroy();
        await lambda?.stop();
      });

      async function invokeLambda(FunctionName: string, event: string) {
        const { FunctionError, Payload } = await lambdaClient.send(
          new InvokeCommand({ FunctionName, Payload: readFileSync(event) }),
        );
        const answer: Record<string, unknown> = JSON.parse(Payload?.transformToString() ?? '');
        return { FunctionError, answer };
      }

      test('takes an order from the SDK, and it becomes PROCESSED', async () => {
        const { FunctionError, answer } = await invokeLambda('OrderCreatorFunction', 'events/order.json');

        expect(FunctionError).toBeUndefined();
        await expectProcessed(answer.orderId);
      });

      test('tells the SDK of a function that fails', async () => {
        expect(
          await invokeLambda('OrderProcessorFunction', 'events/order-created-unknown-order.json'),
        ).toMatchObject({ FunctionError: 'Unhandled', answer: { errorType: 'OrderNotFound' } });
      });
    });

    test.each(commandsOfPages())('%s', async (command) => {
      const typed = command
        .replaceAll('http://127.0.0.1:8000', endpoint)
        .replace(/sam local invoke .*$/, (invocation) => `${invocation} ${options.join(' ')}`);
      const { stdout } = await shell.run(['-c', `${typed} && printf '\\ndone'`], {
        env: project.environment,
      });
      expect(stdout.trimEnd().split('\n').at(-1)).toBe('done');
      expect(stdout).not.toContain('errorType');
    });
  },
);

/** The commands that the pages have a reader type with Docker; the one that ends it, last. */
function commandsOfPages(): string[] {
  const commands = [...new Set(COMMANDS.map(({ command }) => command))].filter(
    (command) => RUN_BY[command] === 'docker',
  );
  const isLast = (command: string) => Number(command.endsWith(' down'));
  return commands.toSorted((one, other) => isLast(one) - isLast(other));
}
