import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { samDeployTo, type Tool } from 'serverless-loop/tests';
import { expect } from 'vitest';
import { clientOptions, runLoop } from '../loop.ts';

export type DeployingLoop = Awaited<ReturnType<typeof deployingLoop>>;

/** A loop, empty unless it is given a template, `sam deploy` of what was built into a folder, and orders of what is deployed. */
export async function deployingLoop(sam: Tool, live: { template?: string; stackName?: string } = {}) {
  const { template, ...options } = live;
  const running = await runLoop(template, options);
  const { loop } = running;
  const deploying = samDeployTo(loop.endpoint, sam);
  const lambda = new LambdaClient(clientOptions(loop));
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(loop)));

  return {
    ...deploying,
    loop,
    /** Builds the project into a folder, and gives the template there. */
    async build(name: string): Promise<string> {
      const buildDir = path.join(deploying.folder, name);
      await sam.run(['build', '--build-dir', buildDir]);
      return path.join(buildDir, 'template.yaml');
    },
    /** Places an order by a stack's creator, and waits until its own processor has fulfilled it. */
    async fulfilOrder(outputs: Record<string, string>): Promise<string> {
      const { Payload, LogResult = '' } = await lambda.send(
        new InvokeCommand({
          FunctionName: outputs.OrderCreatorFunctionName,
          LogType: 'Tail',
          Payload: JSON.stringify({
            customer: { name: 'Ada', email: 'ada@example.com' },
            snacks: [{ sku: 'PRETZEL', quantity: 2 }],
            delivery: {
              method: 'STANDARD',
              address: { line1: '1 Byte Street', city: 'Cork', postcode: 'T12', country: 'IE' },
            },
          }),
        }),
      );
      const answer = JSON.parse(new TextDecoder().decode(Payload));
      expect(answer).toMatchObject({ accepted: true });
      await expect
        .poll(async () => {
          const { Item } = await table.send(
            new GetCommand({ TableName: outputs.OrdersTableName, Key: { orderId: answer.orderId } }),
          );
          return Item?.status;
        })
        .toBe('PROCESSED');
      return Buffer.from(LogResult, 'base64').toString();
    },
    async stop() {
      await running.stop();
      deploying.remove();
    },
  };
}
