import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { findTool } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions } from '../loop.ts';
import { type DeployingLoop, deployingLoop } from './deploying.ts';

const sam = await findTool('sam');
const STACK = 'snacks-live';

describe.runIf(sam.expected)('sam deploy under the name of what runs from source', () => {
  let loop: DeployingLoop;
  beforeAll(async () => {
    loop = await deployingLoop(sam, { template: 'template.yaml', stackName: STACK });
  });
  afterAll(() => loop?.stop());

  test('takes its place and says so; the orders stay', async () => {
    const before = await loop.outputs(STACK);
    await loop.fulfilOrder(before);

    const { stdout } = await loop.deploy(await loop.build('built'), STACK);

    expect(stdout).toMatch(/\* Modify\s+OrderCreatorFunction\s+AWS::Lambda::Function\s+False/);
    // SAM's build leaves its metadata on every resource; that makes none of them anew.
    expect(stdout).toMatch(/\* Modify\s+OrdersTable\s+AWS::DynamoDB::Table\s+False/);
    expect(stdout).not.toMatch(/\* Modify\s+\S+\s+\S+\s+(True|Conditional)/);
    const reasons = await loop.reasonsOf(STACK);
    expect(reasons.join('\n')).toContain('This replaces the stack that the loop runs from source');
    expect(await loop.outputs(STACK)).toEqual(before);
    await loop.fulfilOrder(before);
    const { Count } = await new DynamoDBClient(clientOptions(loop.loop)).send(
      new ScanCommand({ TableName: before.OrdersTableName }),
    );
    expect(Count).toBe(2);
  });
});
