import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { askRunningLoop, type RunningStack } from 'serverless-loop/commands';
import { findTool, type LoopProcess, startCommand, until } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { quoted } from './troubleshooting.ts';

const sam = await findTool('sam');
const cli = await findTool('aws');

describe.runIf(sam.expected && cli.expected)('the logs of functions, as the standard tools show them', () => {
  let loop: LoopProcess;
  let stack: RunningStack;
  let env: Record<string, string>;
  let creatorGroup: string;
  /** An order that was PROCESSED before the tests. */
  let orderId: string;
  beforeAll(async () => {
    loop = await startCommand(['start', '--port', '0', '--no-watch', '--retry-speed', '1000']);
    stack = await askRunningLoop(loop.endpoint);
    creatorGroup = String(stack.outputs.OrderCreatorLogGroupName);
    env = {
      AWS_ENDPOINT_URL: loop.endpoint,
      AWS_DEFAULT_REGION: stack.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    orderId = await order();
    await until(
      () => logs('--stack-name', stack.stackName, '--filter', `"${orderId}"`),
      (lines) => lines.includes('order processed'),
    );
  });
  afterAll(() => loop.stop());

  async function order(): Promise<string> {
    const client = new LambdaClient({
      endpoint: loop.endpoint,
      region: stack.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const FunctionName = String(stack.outputs.OrderCreatorFunctionName);
    const Payload = readFileSync('events/order.json');
    const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
    client.destroy();
    return JSON.parse(Buffer.from(answer.Payload ?? []).toString()).orderId;
  }

  async function logs(...args: string[]): Promise<string> {
    return (await sam.run(['logs', ...args], { env })).stdout;
  }

  async function aws(...args: string[]): Promise<Record<string, unknown>> {
    const { stdout } = await cli.run(['--output', 'json', 'logs', ...args], { env });
    return JSON.parse(stdout);
  }

  test('sam logs shows a stack, with the lines of the platform', async () => {
    const shown = await logs('--stack-name', stack.stackName);
    for (const text of ['"platform.start"', '"order created"', '"order processed"', '"platform.report"'])
      expect(shown).toContain(text);
    // A day, the version and the environment.
    expect(shown).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\d+\][0-9a-f]{32} \d{4}-\d\d-\d\dT/m);
  });

  test('sam logs -n shows one function', async () => {
    const shown = await logs('--stack-name', stack.stackName, '-n', 'OrderCreatorFunction');
    expect(shown).toContain('"order created"');
    expect(shown).not.toContain('"order processed"');
  });

  test('sam logs --filter shows what the pattern matches', async () => {
    const pattern = `{ $.orderId = "${orderId}" && $.message = "order *" }`;
    const shown = await logs('--stack-name', stack.stackName, '--filter', pattern);
    expect(shown.match(/"message": ".*"/g)?.sort()).toEqual([
      '"message": "order created"',
      '"message": "order processed"',
    ]);
  });

  test('sam logs --cw-log-group shows a group', async () => {
    const shown = await logs('--cw-log-group', creatorGroup);
    expect(shown).toContain('"order created"');
    expect(shown).not.toContain('"order processed"');
  });

  test('sam logs --include-traces shows the traces beside', async () => {
    const shown = await logs('--stack-name', stack.stackName, '--include-traces');
    expect(shown).toContain('"order created"');
    expect(shown).toMatch(/XRay Event .* with id \(1-[0-9a-f]{8}-[0-9a-f]{24}\)/);
  });

  test('sam logs --tail shows what is logged while it runs', async () => {
    const tail = sam.start(['logs', '--stack-name', stack.stackName, '--tail'], { env, stdout: 'pipe' });
    onTestFinished(() => void tail.kill('SIGKILL'));
    let shown = '';
    tail.stdout?.on('data', (chunk) => {
      shown += String(chunk);
    });
    // It begins with the last minutes.
    await expect.poll(() => shown, { timeout: 120_000 }).toContain(orderId);
    const later = await order();
    await expect
      .poll(() => shown.match(new RegExp(`"orderId": "${later}"`, 'g'))?.length, { timeout: 120_000 })
      // One line of the creator, five of the processor: its steps and the end.
      .toBeGreaterThanOrEqual(5);
    tail.kill('SIGINT');
    await once(tail, 'close');
  });

  test('aws logs describes groups and streams, and reads events', async () => {
    const groups = await aws('describe-log-groups', '--log-group-name-prefix', creatorGroup);
    expect(groups).toMatchObject({ logGroups: [{ logGroupName: creatorGroup, retentionInDays: 7 }] });
    const { logStreams } = await aws('describe-log-streams', '--log-group-name', creatorGroup);
    const [stream] = Array.isArray(logStreams) ? logStreams : [];
    const named = ['--log-group-name', creatorGroup, '--log-stream-name', String(stream?.logStreamName)];
    expect(JSON.stringify(await aws('get-log-events', ...named, '--limit', '100'))).toContain(orderId);
    const pattern = ['--filter-pattern', `{ $.orderId = "${orderId}" }`];
    expect(await aws('filter-log-events', '--log-group-name', creatorGroup, ...pattern)).toMatchObject({
      events: [{ logStreamName: stream?.logStreamName, message: expect.stringContaining('order created') }],
    });
  });

  test('aws logs pages through all events', async () => {
    const whole = await aws('filter-log-events', '--log-group-name', creatorGroup);
    const paged = await aws('filter-log-events', '--log-group-name', creatorGroup, '--page-size', '2');
    expect(paged.events).toEqual(whole.events);
  });

  test('mistakes are told in the words of AWS', async () => {
    await expect(logs('--stack-name', 'nowhere')).rejects.toThrow(
      /Stack with id nowhere does not exist|does not exist/,
    );
    await expect(logs('--stack-name', stack.stackName, '--filter', '{ $.a')).rejects.toThrow(
      /Invalid filter pattern: If a filter pattern starts with '\{' it must end with '\}'/,
    );
    await expect(aws('filter-log-events', '--log-group-name', 'nowhere')).rejects.toThrow(
      quoted(
        'An error occurred (ResourceNotFoundException) when calling the FilterLogEvents operation: The specified log group does not exist.',
      ),
    );
    await expect(
      aws('filter-log-events', '--log-group-name', creatorGroup, '--filter-pattern', 'order-7'),
    ).rejects.toThrow(
      quoted(
        "An error occurred (InvalidParameterException) when calling the FilterLogEvents operation: Invalid filter pattern: Invalid character(s) in term 'order-7'",
      ),
    );
    const shown = await logs('--stack-name', stack.stackName, '--filter', '"order-7"');
    expect(shown).not.toContain('order created');
  });
});
