import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { askRunningLoop, type RunningStack } from 'serverless-loop/commands';
import { findTool, type LoopProcess, startCommand } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const cli = await findTool('aws');
const folder = mkdtempSync(path.join(tmpdir(), 'aws-cli-'));

describe.runIf(cli.expected)('the AWS CLI with --endpoint-url', () => {
  let loop: LoopProcess;
  let stack: RunningStack;
  beforeAll(async () => {
    loop = await startCommand(['start', '--port', '0', '--no-watch', '--retry-speed', '1000']);
    stack = await askRunningLoop(loop.endpoint);
  });
  afterAll(async () => {
    await loop.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function aws(...args: string[]): Promise<Record<string, unknown>> {
    const { stdout } = await cli.run(['--endpoint-url', loop.endpoint, '--output', 'json', ...args], {
      env: { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_DEFAULT_REGION: stack.region },
    });
    return stdout.trim() === '' ? {} : JSON.parse(stdout);
  }

  test('places an order, finds it in the table, and sees it PROCESSED', async () => {
    const answerFile = path.join(folder, 'answer.json');
    const functionName = String(stack.outputs.OrderCreatorFunctionName);
    const invoked = await aws(
      'lambda',
      'invoke',
      '--function-name',
      functionName,
      '--payload',
      'fileb://events/order.json',
      answerFile,
    );
    expect(invoked).toEqual({ StatusCode: 200, ExecutedVersion: '1' });
    const { orderId } = JSON.parse(readFileSync(answerFile, 'utf8'));

    const tableName = String(stack.outputs.OrdersTableName);
    await expect
      .poll(async () => JSON.stringify(await aws('dynamodb', 'scan', '--table-name', tableName)), {
        timeout: 60_000,
      })
      .toMatch(new RegExp(`${orderId}.*PROCESSED|PROCESSED.*${orderId}`));
  });

  test('publishes an event of an unknown order, and takes its record off the failure queue', async () => {
    const orderId = '0f6c5cb7-1111-4222-8333-444455556666';
    const entries = path.join(folder, 'entries.json');
    const detail = {
      metadata: { schemaVersion: '1', correlationId: 'cli' },
      orderId,
      createdAt: '2026-01-01T00:00:00.000Z',
      deliveryMethod: 'PICKUP',
      snackCount: 1,
      totalQuantity: 1,
    };
    writeFileSync(
      entries,
      JSON.stringify([
        {
          EventBusName: stack.outputs.OrderBusName,
          Source: 'serverless-snacks.orders',
          DetailType: 'Order Created',
          Detail: JSON.stringify(detail),
        },
      ]),
    );
    expect(await aws('events', 'put-events', '--entries', `file://${entries}`)).toMatchObject({
      FailedEntryCount: 0,
    });

    const queueUrl = String(stack.outputs.OrderProcessorFailureQueueUrl);
    await expect
      .poll(async () => JSON.stringify(await aws('sqs', 'receive-message', '--queue-url', queueUrl)), {
        timeout: 60_000,
      })
      .toContain(orderId);
  });

  test('reads the metrics of an order and what the alarms say', async () => {
    const queries = path.join(folder, 'queries.json');
    const dimensions = [
      { Name: 'service', Value: 'order-creator' },
      { Name: 'stack', Value: stack.stackName },
    ];
    const Metric = { Namespace: 'ServerlessSnacks', MetricName: 'OrdersCreated', Dimensions: dimensions };
    writeFileSync(
      queries,
      JSON.stringify([
        { Id: 'created', MetricStat: { Metric, Period: 3600, Stat: 'Sum' } },
        { Id: 'none', Expression: 'FILL(created, 0) * 0' },
      ]),
    );
    const answerFile = path.join(folder, 'metrics-answer.json');
    const functionName = String(stack.outputs.OrderCreatorFunctionName);
    await aws(
      'lambda',
      'invoke',
      '--function-name',
      functionName,
      '--payload',
      'fileb://events/order.json',
      answerFile,
    );
    const span = [
      ...['--start-time', new Date(Date.now() - 600_000).toISOString()],
      ...['--end-time', new Date(Date.now() + 600_000).toISOString()],
    ];
    await expect
      .poll(
        () => aws('cloudwatch', 'get-metric-data', '--metric-data-queries', `file://${queries}`, ...span),
        {
          timeout: 60_000,
        },
      )
      .toMatchObject({
        MetricDataResults: [
          { Id: 'created', Label: 'OrdersCreated', StatusCode: 'Complete', Values: [expect.any(Number)] },
          { Id: 'none', Values: [0] },
        ],
      });

    const { MetricAlarms } = await aws(
      'cloudwatch',
      'describe-alarms',
      '--alarm-name-prefix',
      stack.stackName,
    );
    expect(MetricAlarms).toContainEqual(
      expect.objectContaining({
        AlarmName: expect.stringContaining('OrdersTableThrottles'),
        // Until the first minute is over.
        StateValue: expect.stringMatching(/^(INSUFFICIENT_DATA|OK)$/),
      }),
    );
    const { Topics } = await aws('sns', 'list-topics');
    expect(Topics).toEqual([{ TopicArn: expect.stringContaining('AlarmTopic') }]);
  });

  test('is told the words of AWS when it asks for what is not there', async () => {
    await expect(aws('dynamodb', 'describe-table', '--table-name', 'nowhere')).rejects.toThrow(
      /ResourceNotFoundException.*Table: nowhere not found/,
    );
    await expect(aws('lambda', 'get-function', '--function-name', 'nobody')).rejects.toThrow(
      /ResourceNotFoundException/,
    );
    await expect(aws('events', 'list-endpoints')).rejects.toThrow(/UnknownOperation/);
    await expect(aws('sqs', 'get-queue-url', '--queue-name', 'none')).rejects.toThrow(
      /QueueDoesNotExist|NonExistentQueue/,
    );
  });
});
