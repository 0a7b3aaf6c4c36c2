import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { inspectApp, missingOf, startApp } from '../app.ts';

const here = import.meta.dirname;

test('nested stacks run as a part of the application, at every depth, and get each other’s values', async () => {
  // In real time: a message that a busy function takes 30 s for would come to it once more.
  const app = await startApp(here, { retrySpeed: 1 });
  const { stack } = app;
  expect(stack.functions.map(({ logicalId }) => logicalId)).toEqual(['Shop/Orders/Worker', 'Caller']);

  // CloudFormation guide, "Work with nested stacks": a nested stack is named by what holds it and its logical id.
  const orders = stack.nested.find(({ path }) => path === 'Shop/Orders');
  expect(orders?.name).toMatch(/^app-Shop-[A-Za-z0-9]{12}-Orders-[A-Za-z0-9]{12}$/);
  const worker = stack.functions.find(({ logicalId }) => logicalId === 'Shop/Orders/Worker');
  expect(worker?.name.startsWith('app-Shop-')).toBe(true);

  expect(await app.call('Caller', 'first')).toBe(true);
  await expect
    .poll(() => app.call('Shop/Orders/Worker', {}))
    .toEqual({ seen: ['"first"'], stackName: orders?.name, stackId: orders?.id });
  const { queues, outputs } = stack;
  const [dead, queue] = queues;
  expect(queues).toHaveLength(2);
  expect(queue).toMatchObject({ logicalId: 'Shop/Orders/Queue', redrive: { deadLetterArn: dead?.arn } });
  expect(outputs).toEqual([{ name: 'QueueUrl', value: queue?.url }]);
});

test('CloudFormation tells of each nested stack, with the one that it is nested in and the outermost', async () => {
  const { loop } = await startApp(here);
  const client = new CloudFormationClient(clientOptions(loop));
  const described = async (StackName: string) => {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0];
  };
  const nestedIn = async (StackName: string, logicalId: string): Promise<string> => {
    const { StackResourceSummaries = [] } = await client.send(new ListStackResourcesCommand({ StackName }));
    return (
      StackResourceSummaries.find((each) => each.LogicalResourceId === logicalId)?.PhysicalResourceId ?? ''
    );
  };
  const root = await described('app');
  const shopId = await nestedIn('app', 'Shop');
  const ordersId = await nestedIn(shopId, 'Orders');
  expect(root).not.toHaveProperty('ParentId');
  expect(await described(shopId)).toMatchObject({ ParentId: root?.StackId, RootId: root?.StackId });
  expect(await described(ordersId)).toMatchObject({
    ParentId: shopId,
    RootId: root?.StackId,
    StackStatus: 'CREATE_COMPLETE',
    Parameters: [{ ParameterKey: 'DeadArn', ParameterValue: expect.stringMatching(/^arn:aws:sqs:/) }],
  });
  expect(await nestedIn(ordersId, 'Queue')).toMatch(/\/app-Shop-\w+-Orders-\w+-Queue-\w+$/);
});

test('a nested stack that is not here is unavailable, and so is what needs a value that can’t be known', () => {
  const file = 'shop/template.yaml';
  expect(missingOf(inspectApp(here))).toEqual([
    '6: Db: AWS::RDS::DBCluster is not emulated',
    "22: Shop/Report: Environment: Db.Endpoint.Address can't be known here: AWS::RDS::DBCluster is not emulated; give it with --value Db.Endpoint.Address=value",
    '28: Published: arn:aws:serverlessrepo:us-east-1:123456789012:applications/hello is in the AWS Serverless Application Repository, which is not here: give Location the path of a local template',
    '33: Packaged: its template is in S3 (https://s3.eu-west-1.amazonaws.com/artifacts/child.template): the loop reads those of a deployment, or a local file',
    `36: Absent: expected a template (TemplateURL), found no file at ${here}/absent.yaml`,
  ]);
  const given = { values: { 'Db.Endpoint.Address': 'localhost' }, imports: {} };
  const { resources, functions } = inspectApp(here, { given, parameterOverrides: { Stage: 'test' } });
  expect(functions.find(({ logicalId }) => logicalId === 'Shop/Report')?.environment).toEqual({
    HOST: 'localhost',
  });
  expect(resources.find(({ logicalId }) => logicalId === 'Shop/Trial')).toMatchObject({
    file,
    status: 'emulated',
  });
  expect(() => inspectApp(here, { given, strict: true })).toThrow(/Published: unavailable/);
});
