import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { askRunningLoop, type RunningStack } from 'serverless-loop/commands';
import { findTool, type LoopProcess, startCommand } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const sam = await findTool('sam');
const cli = await findTool('aws');
const folder = mkdtempSync(path.join(tmpdir(), 'sam-remote-'));

describe.runIf(sam.expected && cli.expected)('a running loop, as the SAM CLI sees it', () => {
  let loop: LoopProcess;
  let stack: RunningStack;
  let env: Record<string, string>;
  beforeAll(async () => {
    loop = await startCommand(['start', '--port', '0', '--no-watch', '--retry-speed', '1000']);
    stack = await askRunningLoop(loop.endpoint);
    env = {
      AWS_ENDPOINT_URL: loop.endpoint,
      AWS_DEFAULT_REGION: stack.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
  });
  afterAll(async () => {
    await loop.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ofStack = () => ['--stack-name', stack.stackName];

  async function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
    return sam.run(args, { env });
  }

  async function list(what: string): Promise<Record<string, string>[]> {
    const { stdout } = await run('list', what, ...ofStack(), '--output', 'json');
    return JSON.parse(stdout);
  }

  async function statusOf(orderId: string): Promise<string> {
    const TableName = String(stack.outputs.OrdersTableName);
    const key = JSON.stringify({ orderId: { S: orderId } });
    const { stdout } = await cli.run(
      [
        '--endpoint-url',
        loop.endpoint,
        '--output',
        'json',
        'dynamodb',
        'get-item',
        '--table-name',
        TableName,
        '--key',
        key,
      ],
      { env },
    );
    return stdout;
  }

  const processed = (orderId: string) =>
    vi.waitFor(async () => expect(await statusOf(orderId)).toContain('PROCESSED'), {
      timeout: 120_000,
      interval: 500,
    });

  test('remote invoke shows the receipt and the end of the log', async () => {
    const { stdout, stderr } = await run(
      'remote',
      'invoke',
      'OrderCreatorFunction',
      '--event-file',
      'events/order.json',
      ...ofStack(),
    );
    const receipt = JSON.parse(stdout);
    expect(receipt).toMatchObject({ accepted: true, status: 'NEW' });
    expect(stderr).toContain(receipt.orderId);
    expect(stderr).toMatch(/"type":"platform.start".*"message":"order created".*"type":"platform.report"/s);
    await processed(receipt.orderId);
  });

  test('remote invoke leaves an event with the queue when it is told to', async () => {
    const { stdout } = await run(
      ...[
        'remote',
        'invoke',
        'OrderCreatorFunction',
        '--event-file',
        'events/order-with-key.json',
        ...ofStack(),
      ],
      ...['--parameter', 'InvocationType=Event', '--output', 'json'],
    );
    expect(JSON.parse(stdout)).toMatchObject({ StatusCode: 202 });
    const { idempotencyKey } = JSON.parse(readFileSync('events/order-with-key.json', 'utf8'));
    const { stdout: repeated } = await run(
      'remote',
      'invoke',
      'OrderCreatorFunction',
      '--event-file',
      'events/order-with-key.json',
      ...ofStack(),
    );
    expect(idempotencyKey).toBeTruthy();
    expect(JSON.parse(repeated)).toMatchObject({ accepted: true, duplicate: true });
  });

  test('remote invoke sends a message to a queue, which the AWS CLI takes off it', async () => {
    const { stdout } = await run(
      'remote',
      'invoke',
      'OrderProcessorFailureQueue',
      '--event',
      'hello queue',
      ...ofStack(),
      '--output',
      'json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      MD5OfMessageBody: expect.any(String),
      MessageId: expect.any(String),
    });
    const { stdout: received } = await cli.run(
      [
        '--endpoint-url',
        loop.endpoint,
        '--output',
        'json',
        'sqs',
        'receive-message',
        '--queue-url',
        String(stack.outputs.OrderProcessorFailureQueueUrl),
      ],
      { env },
    );
    expect(JSON.parse(received)).toMatchObject({ Messages: [{ Body: 'hello queue' }] });
  });

  test('remote invoke by an ARN asks for no stack', async () => {
    const arn = String(stack.outputs.OrderCreatorFunctionArn).replace(/:live$/, '');
    // In a folder where no samconfig.toml names a stack.
    const { stdout } = await sam.run(['remote', 'invoke', arn, '--event', '{}'], { env, cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({ accepted: false, error: 'InvalidOrder' });
  });

  test('list resources knows a physical id for all but what a condition takes out', async () => {
    const resources = await list('resources');
    const missing = resources.filter(({ PhysicalResourceId }) => PhysicalResourceId === '-');
    expect(missing.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['AlarmSubscription']);
    expect(resources.length).toBeGreaterThan(40);
    expect(resources).toContainEqual({
      LogicalResourceId: 'OrderProcessorFailureQueue',
      PhysicalResourceId: stack.outputs.OrderProcessorFailureQueueUrl,
    });
    const { stdout: table } = await run('list', 'resources', ...ofStack());
    expect(table).toMatch(/Logical ID\s+Physical ID/);
    expect(table).toMatch(/OrderBus\s+serverless-snacks-orders/);
  });

  test('list stack-outputs shows every output with its description', async () => {
    const outputs = await list('stack-outputs');
    expect(Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))).toEqual(
      stack.outputs,
    );
    expect(
      outputs.find(({ OutputKey }) => OutputKey === 'OrderCreatorFunctionName')?.Description,
    ).toBeTruthy();
    const { stdout: table } = await run('list', 'stack-outputs', ...ofStack());
    expect(table).toMatch(/OutputKey\s+OutputValue\s+Description/);
  });

  test('list endpoints shows the functions, none of which has any', async () => {
    expect(await list('endpoints')).toEqual(
      ['OrderCreatorFunction', 'OrderProcessorFunction'].map((LogicalResourceId) =>
        expect.objectContaining({ LogicalResourceId, CloudEndpoint: '-' }),
      ),
    );
    const { stdout: table } = await run('list', 'endpoints', ...ofStack());
    expect(table).toMatch(/OrderCreatorFunction\s+\S+/);
  });

  test('a stack that is not there is named as such', async () => {
    await expect(run('list', 'stack-outputs', '--stack-name', 'nowhere')).rejects.toThrow(
      'The input stack nowhere does not exist on Cloudformation in the region eu-west-1',
    );
  });

  test('describe-stacks of the AWS CLI, which reads the variable itself', async () => {
    const { stdout } = await cli.run(
      ['--output', 'json', 'cloudformation', 'describe-stacks', '--stack-name', stack.stackName],
      { env },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      Stacks: [{ StackName: stack.stackName, StackStatus: 'CREATE_COMPLETE' }],
    });
  });

  test('test events are put, listed, read, invoked by name and deleted', async () => {
    const event = (...args: string[]) => run('remote', 'test-event', ...args, ...ofStack());
    const file = 'events/order.json';
    await event('put', 'OrderCreatorFunction', '--name', 'standard', '--file', file);
    await event('put', 'OrderCreatorFunction', '--name', 'pickup', '--file', 'events/order-pickup.json');
    expect((await event('list', 'OrderCreatorFunction')).stdout.trim().split('\n').sort()).toEqual([
      'pickup',
      'standard',
    ]);
    expect(JSON.parse((await event('get', 'OrderCreatorFunction', '--name', 'standard')).stdout)).toEqual(
      JSON.parse(readFileSync(file, 'utf8')),
    );
    const { stdout } = await run(
      'remote',
      'invoke',
      'OrderCreatorFunction',
      '--test-event-name',
      'standard',
      ...ofStack(),
    );
    expect(JSON.parse(stdout)).toMatchObject({ accepted: true });
    await expect(event('put', 'OrderCreatorFunction', '--name', 'standard', '--file', file)).rejects.toThrow(
      'already exists',
    );
    await event('put', 'OrderCreatorFunction', '--name', 'standard', '--file', file, '--force');
    await event('delete', 'OrderCreatorFunction', '--name', 'pickup');
    expect((await event('list', 'OrderCreatorFunction')).stdout.trim()).toBe('standard');
    await event('delete', 'OrderCreatorFunction', '--name', 'standard');
    await expect(event('get', 'OrderCreatorFunction', '--name', 'standard')).rejects.toThrow(
      /not found|No events/,
    );
  });
});
