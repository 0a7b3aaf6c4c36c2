import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onlyInMatrix } from 'serverless-loop/tests';
import { afterEach, describe, expect, test } from 'vitest';
import { textOf } from '../app/events/event-files.ts';
import { blockOf } from '../extend/pages.ts';
import { plainProject } from '../extend/projects.ts';
import { type OperatedStack, operatedStack } from './operated-stack.ts';
import { commandsOf } from './runbook.ts';

const [REDRIVE = ''] = commandsOf('OrderProcessorFailureQueueDepth', 'do');
const QUEUE = 'OrderProcessorFailureQueueUrl';

let running: OperatedStack | undefined;
afterEach(() => running?.stop());

/** A processor of version 1 that runs, and what it takes to deploy the one of docs/events.md that reads both. */
async function runningVersionOne(options: Parameters<typeof operatedStack>[0] = {}) {
  const folder = plainProject();
  const file = path.join(folder, 'src/orders/order-created.ts');
  const versionOne = readFileSync(file, 'utf8');
  const replaced = /^\/\*\* [^\n]*\nexport function parseOrderCreated\(.*?^}\n/ms;
  const bothVersions = versionOne.replace(replaced, () => blockOf('docs/events.md', 'ts'));
  expect(bothVersions).not.toBe(versionOne);
  const stack = await operatedStack({
    template: path.join(folder, 'template.yaml'),
    watch: true,
    ...options,
  });
  running = stack;

  /** Saves it; from then on invocations wait for the new code. */
  async function deploy(source: string): Promise<void> {
    const builds = () => ofProcessor(stack.factsOf('build.succeeded')).length;
    const before = builds();
    writeFileSync(file, source);
    await expect.poll(builds).toBe(before + 1);
  }
  return {
    stack,
    deployBothVersions: () => deploy(bothVersions),
    rollBack: () => deploy(versionOne),
  };
}

/** The event that the creator of a version publishes of the order in order-created.item.json. */
function eventOfVersion(schemaVersion: '1' | '2'): Record<string, unknown> {
  const text = textOf('order-created.json').replace(
    '"schemaVersion": "1"',
    `"schemaVersion": "${schemaVersion}"`,
  );
  return JSON.parse(schemaVersion === '1' ? text : text.replace('"snackCount"', '"lineCount"'));
}

async function storedAsNew({ system }: OperatedStack): Promise<string> {
  const item = JSON.parse(textOf('order-created.item.json'));
  await system.putItem(item);
  return item.orderId.S;
}

/** Facts of the processor: what another consumer makes of an event of its own version is its own affair. */
function ofProcessor<F extends { functionName: string }>(facts: F[]): F[] {
  return facts.filter(({ functionName }) => functionName.includes('-OrderProcessorFunction-'));
}

const outcomesOf = ({ factsOf }: OperatedStack) =>
  ofProcessor(factsOf('invocation.ended')).map(({ attempt, outcome, errorType }) => [
    attempt,
    outcome,
    errorType,
  ]);

const redrive = async (stack: OperatedStack): Promise<string> => {
  const printed = await stack.runAll([REDRIVE]);
  await stack.system.settled();
  return printed;
};

describe('a deployment with events in flight', () => {
  test('an event that the old processor does not know waits for the new one', async () => {
    const { stack, deployBothVersions } = await runningVersionOne();
    const orderId = await storedAsNew(stack);
    await stack.system.publish(eventOfVersion('2'));
    expect(outcomesOf(stack)).toEqual([1, 2, 3].map((attempt) => [attempt, 'error', 'UnknownSchemaVersion']));
    expect(await stack.system.storedOrder(orderId)).toMatchObject({ status: 'NEW' });
    // Too early: it comes back, and is not lost.
    await redrive(stack);
    expect(await stack.depth(QUEUE)).toBe(1);

    await deployBothVersions();
    expect(await redrive(stack)).toMatch(
      /1 x UnknownSchemaVersion at [\s\S]*1 sent again and deleted, 0 failed/,
    );
    const processed = await stack.system.storedOrder(orderId);
    expect(processed).toMatchObject({ status: 'PROCESSED' });
    expect(await stack.depth(QUEUE)).toBe(0);

    // Of the same order, from before: it is known, and makes no second transition.
    await stack.system.publish(eventOfVersion('1'));
    expect(await stack.system.storedOrder(orderId)).toEqual(processed);
    expect(outcomesOf(stack).at(-1)).toEqual([1, 'ok', undefined]);
  });

  onlyInMatrix(() => {
    test('an event that the old processor does not know waits after a roll back, too', async () => {
      const { stack, deployBothVersions, rollBack } = await runningVersionOne();
      await deployBothVersions();
      await rollBack();
      const orderId = await storedAsNew(stack);
      await stack.system.publish(eventOfVersion('2'));
      expect(await stack.depth(QUEUE)).toBe(1);
      await deployBothVersions();
      await redrive(stack);
      expect(await stack.system.storedOrder(orderId)).toMatchObject({ status: 'PROCESSED' });
    });
  });

  onlyInMatrix(() => {
    test('an event that the old processor does not know needs nobody when the new one comes before the last try', async () => {
      // A minute in 2 s: the deployment is over before.
      const { stack, deployBothVersions } = await runningVersionOne({ retrySpeed: 30 });
      const orderId = await storedAsNew(stack);
      const published = stack.system.publish(eventOfVersion('2'));
      await expect.poll(() => ofProcessor(stack.factsOf('invocation.retry')).length).toBe(1);
      await deployBothVersions();
      await published;
      expect(outcomesOf(stack)[0]).toEqual([1, 'error', 'UnknownSchemaVersion']);
      expect(outcomesOf(stack).at(-1)).toEqual([expect.any(Number), 'ok', undefined]);
      expect(await stack.system.storedOrder(orderId)).toMatchObject({ status: 'PROCESSED' });
      expect(await stack.depth(QUEUE)).toBe(0);
    });
  });

  onlyInMatrix(() => {
    test('an event that is being processed is processed once, by the code that began; later ones of version 1 by the new', async () => {
      const { stack, deployBothVersions } = await runningVersionOne({
        parameters: { FulfilmentMs: '1000' },
      });
      const order = textOf('order-express.json');
      const { answer } = await stack.system.createOrder(order);
      const started = () => ofProcessor(stack.factsOf('invocation.started')).length;
      await expect.poll(started).toBe(1);
      await deployBothVersions();
      await stack.system.settled();
      expect(await stack.system.storedOrder(answer.orderId)).toMatchObject({ status: 'PROCESSED' });
      expect(started()).toBe(1);

      const later = await stack.system.createOrder(order);
      await stack.system.settled();
      expect(await stack.system.storedOrder(later.answer.orderId)).toMatchObject({ status: 'PROCESSED' });
      expect(stack.factsOf('table.written')).toHaveLength(4);
      expect(await stack.depth(QUEUE)).toBe(0);
    });
  });
});
