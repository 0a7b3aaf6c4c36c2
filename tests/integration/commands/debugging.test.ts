import { readFileSync } from 'node:fs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  attach,
  lineOf,
  onlyInMatrix,
  runInProcess,
  startCommand,
  startInProcess,
} from 'serverless-loop/tests';
import { expect, onTestFinished, test } from 'vitest';
import { deployedStack } from '../../unit/app/stack.ts';

async function debuggedLoop(...flags: string[]) {
  const loop = await startCommand(['start', '--port', '0', '--inspect-port', '0', ...flags]);
  onTestFinished(async () => void (await loop.stop()));
  const ready = loop.facts.find(({ kind }) => kind === 'ready');
  const debugPorts: Record<string, number> = JSON.parse(JSON.stringify(ready?.debugPorts));
  return { ...loop, debugPorts };
}

async function nameOf(endpoint: string, logicalId: string): Promise<string> {
  const { functions }: { functions: { logicalId: string; name: string }[] } = JSON.parse(
    await (await fetch(`${endpoint}/_loop/stack`)).text(),
  );
  return functions.find((fn) => fn.logicalId === logicalId)?.name ?? '';
}

test('an order stops at a line of the creator, and its event at one of the processor', async () => {
  const loop = await debuggedLoop('--no-watch', '--inspect');
  const { OrderCreatorFunction: creatorPort = 0, OrderProcessorFunction: processorPort = 0 } =
    loop.debugPorts;
  const [creator, processor] = [await attach(creatorPort), await attach(processorPort)];
  await creator.breakAt(
    'src/order-creator/place-order.ts',
    lineOf('src/order-creator/place-order.ts', 'await orders.insert('),
  );
  await processor.breakAt(
    'src/order-processor/process-order.ts',
    lineOf('src/order-processor/process-order.ts', 'await fulfilment.fulfil(orderId)'),
  );

  const client = new LambdaClient({
    endpoint: loop.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const Payload = readFileSync('events/order.json');
  const FunctionName = await nameOf(loop.endpoint, 'OrderCreatorFunction');
  const answered = client.send(new InvokeCommand({ FunctionName, Payload }));

  const inCreator = await creator.next('Debugger.paused');
  const { orderId } = await creator.locals(inCreator);
  await creator.send('Debugger.resume');
  const answer = await answered;
  expect(answer.FunctionError).toBeUndefined();
  expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toMatchObject({ orderId });

  const inProcessor = await processor.next('Debugger.paused');
  expect(await processor.locals(inProcessor)).toMatchObject({ orderId });
  await processor.send('Debugger.resume');
  await expect.poll(() => loop.facts.filter(({ operation }) => operation === 'UpdateItem')).toHaveLength(1);
});

onlyInMatrix(() => {
  test('--inspect with a function opens that one alone', async () => {
    const one = await startInProcess([
      ...['start', '--port', '0', '--inspect-port', '0', '--no-watch'],
      ...['--inspect', 'OrderProcessorFunction'],
    ]);
    onTestFinished(async () => void (await one.stop()));
    const ports = one.facts.find(({ kind }) => kind === 'ready')?.debugPorts;
    expect(Object.keys(Object(ports))).toEqual(['OrderProcessorFunction']);
  });

  test('--inspect without a function opens each, and the loop too', async () => {
    const all = await debuggedLoop('--no-watch', '--inspect');
    const functions = deployedStack('default').functions.map(({ logicalId }) => logicalId);
    expect(functions).toEqual(expect.arrayContaining(['OrderCreatorFunction', 'OrderProcessorFunction']));
    expect(Object.keys(all.debugPorts)).toEqual(['the loop', ...functions]);
    const own = await attach(all.debugPorts['the loop'] ?? 0);
    const { result } = await own.send('Runtime.evaluate', { expression: 'process.pid' });
    expect(result).toMatchObject({ value: all.pid });
  });
});

test.each([
  [['--inspect', 'OrderCreater'], 1, /found "OrderCreater"; there are: .*OrderCreatorFunction/],
  [['--inspect', 'OrderCreatorFunctio'], 1, /\(did you mean OrderCreatorFunction\?\)/],
  [['--inspect-port', '1'], 2, /expected --inspect or --inspect-wait beside it/],
  [['--inspect', '--inspect-port', 'high'], 2, /--inspect-port: expected a whole number from 0 to 65535/],
  [['--inspect', 'OrderCreatorFunction', '--inspect-port', '65535'], 2, /--inspect-port: expected room/],
])('start %j is refused in plain words', async (flags, expected, words) => {
  const { status, stderr } = await runInProcess(['start', '--port', '0', ...flags]);
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(status).toBe(expected);
});
