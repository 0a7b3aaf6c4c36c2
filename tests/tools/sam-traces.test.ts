import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { askRunningLoop } from 'serverless-loop/commands';
import { findTool, type LoopProcess, startCommand } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultProxy } from '../integration/scripts/fault-proxy.ts';

const sam = await findTool('sam');
const cli = await findTool('aws');
const folder = mkdtempSync(path.join(tmpdir(), 'sam-traces-'));

describe.runIf(sam.expected && cli.expected)('the traces of orders, as the standard tools show them', () => {
  let loop: LoopProcess;
  let env: Record<string, string>;
  /** As it is called, and as its segments are named. */
  let alias: string;
  let creator: string;
  beforeAll(async () => {
    loop = await startCommand(['start', '--port', '0', '--no-watch', '--retry-speed', '1000']);
    const stack = await askRunningLoop(loop.endpoint);
    alias = String(stack.outputs.OrderCreatorFunctionName);
    [creator = ''] = alias.split(':');
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

  async function aws(...args: string[]): Promise<Record<string, unknown>> {
    const { stdout } = await cli.run(['--output', 'json', ...args], { env });
    return JSON.parse(stdout);
  }

  async function samTraces(...args: string[]): Promise<string> {
    return (await sam.run(['traces', ...args], { env })).stdout;
  }

  /** Places an order and gives its id. */
  async function order(): Promise<string> {
    const answerFile = path.join(folder, 'answer.json');
    await cli.run(
      ['lambda', 'invoke', '--function-name', alias, '--payload', 'fileb://events/order.json', answerFile],
      { env },
    );
    const answer = readFileSync(answerFile, 'utf8');
    const [, orderId] = /"orderId":\s*"([^"]+)"/.exec(answer) ?? [];
    if (orderId === undefined) throw new Error(answer);
    return orderId;
  }

  /** The id of the order's trace, once the processor's part is in it. */
  async function wholeTraceOf(orderId: string): Promise<string> {
    const filter = `annotation.orderId = "${orderId}" AND service("${creator}") AND annotation.Service = "order-processor"`;
    let traceId = '';
    await expect
      .poll(async () => {
        const { TraceSummaries } = await aws(
          'xray',
          'get-trace-summaries',
          ...['--start-time', String(Date.now() / 1000 - 600), '--end-time', String(Date.now() / 1000 + 1)],
          ...['--filter-expression', filter],
        );
        const [summary] = Array.isArray(TraceSummaries) ? TraceSummaries : [];
        traceId = summary?.Id ?? '';
        return summary;
      })
      .toMatchObject({
        HasFault: false,
        IsPartial: false,
        EntryPoint: { Name: creator, Type: 'AWS::Lambda' },
      });
    return traceId;
  }

  test('aws xray finds the one trace of an order by its annotation, and its services', async () => {
    const traceId = await wholeTraceOf(await order());
    const { Traces } = await aws('xray', 'batch-get-traces', '--trace-ids', traceId);
    expect(Traces).toMatchObject([{ Id: traceId, Duration: expect.any(Number) }]);
    const { Services } = await aws('xray', 'get-trace-graph', '--trace-ids', traceId);
    const types = Array.isArray(Services) ? Services.map(({ Type }) => Type) : [];
    expect(types.sort()).toEqual([
      'AWS::DynamoDB::Table',
      'AWS::Events',
      'AWS::Lambda',
      'AWS::Lambda',
      'AWS::Lambda::Function',
      'AWS::Lambda::Function',
      'client',
    ]);
    await expect(
      cli.run(
        [
          'xray',
          'get-trace-summaries',
          '--start-time',
          '1',
          '--end-time',
          '2',
          '--filter-expression',
          'falt',
        ],
        { env },
      ),
    ).rejects.toThrow(/InvalidRequestException.*Invalid filter expression at position 0/s);
  });

  test('sam traces --trace-id shows it from the creator over the bus to the processor', async () => {
    const traceId = await wholeTraceOf(await order());
    const shown = await samTraces('--trace-id', traceId);
    expect(shown).toContain(traceId);
    const inOrder = [
      `${creator} [HTTP: 200]`,
      'Invocation',
      `## ${creator}`,
      'DynamoDB [HTTP: 200]',
      'EventBridge [HTTP: 200]',
      'Overhead',
      'Events [HTTP: 200]',
      '[HTTP: 202]',
      'Dwell Time',
      'Attempt #1 [HTTP: 200]',
      'pick',
      'dispatch',
    ];
    let from = 0;
    for (const part of inOrder) {
      const found = shown.indexOf(part, from);
      expect(
        found,
        `${part} after ${shown.slice(0, from)}\n---\n${shown.slice(from)}`,
      ).toBeGreaterThanOrEqual(from);
      from = found;
    }
    expect(shown).not.toMatch(/- -\d/);
  });

  test('sam traces shows the service graph and every trace', async () => {
    const traceIds = [await wholeTraceOf(await order()), await wholeTraceOf(await order())];
    const shown = await samTraces();
    expect(shown).toContain('New XRay Service Graph');
    expect(shown).toMatch(new RegExp(`\\(Root\\) AWS::Lambda - ${creator} - Edges: \\[\\d+\\]`));
    expect(shown).toMatch(/AWS::Events - Events/);
    for (const traceId of traceIds) expect(shown).toContain(traceId);
  });

  test('sam traces --tail shows a trace soon after it, and the graph not again while nothing comes', async () => {
    let questions = 0;
    const counting = await faultProxy(loop.endpoint, ({ operation }) => {
      if (operation === '/ServiceGraph') questions += 1;
      return undefined;
    });
    const child = sam.start(['traces', '--tail'], {
      env: { ...env, AWS_ENDPOINT_URL: counting, PYTHONUNBUFFERED: '1' },
      stdout: 'pipe',
    });
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
    });
    try {
      await expect.poll(() => questions).toBeGreaterThan(0);
      // SAM asks for what comes after the second of the last trace it saw; on AWS too, others in that second are missed.
      const traceIds: string[] = [];
      await expect
        .poll(
          async () => {
            traceIds.push(await wholeTraceOf(await order()));
            return traceIds.some((traceId) => text.includes(traceId));
          },
          { timeout: 90_000, interval: 2_000 },
        )
        .toBe(true);

      const graphs = () => text.split('New XRay Service Graph').length - 1;
      const settled = questions + 2;
      await expect.poll(() => questions).toBeGreaterThan(settled);
      expect(graphs()).toBeGreaterThan(0);
      const before = graphs();
      const later = questions + 3;
      await expect.poll(() => questions).toBeGreaterThan(later);
      expect(graphs()).toBe(before);
    } finally {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGINT');
      await ended;
    }
  }, 180_000);
});
