import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import type { LambdaOptions } from '../../../src/services/lambda/functions.ts';
import type { FunctionModel } from '../../../src/template/model.ts';
import { attach } from '../../debugger.ts';
import { onlyInMatrix } from '../../matrix.ts';
import { type BundledFunction, bundledFunction } from './bundled-function.ts';
import { forAllTests, testFolder, testLambda, writeFiles } from './test-lambda.ts';

const PACKING = `import { weightOf } from './weight.ts';

export const handler = async ({ boxes }: { boxes: number }, context: { getRemainingTimeInMillis(): number }) => {
  const weight = weightOf(boxes);
  return { weight, remainingMs: context.getRemainingTimeInMillis() };
};
`;
const WEIGHT = `export function weightOf(boxes: number): number {
  const perBox = 7;
  const total = boxes * perBox;
  return total;
}
`;

const PATIENT = `export const handler = async (_: unknown, context: { getRemainingTimeInMillis(): number }) => {
  const before = context.getRemainingTimeInMillis();
  let after = before;
  do {
    await new Promise((resolve) => setTimeout(resolve, 10));
    after = context.getRemainingTimeInMillis();
  } while (after < 0);
  return { before, after };
};
`;

/** A function to pack, one that takes its time, one that ends its process, and one that nobody debugs. */
const running = forAllTests(async (atEnd) => {
  const packing = { 'handler.ts': PACKING, 'weight.ts': WEIGHT };
  const named = (name: string, files: Record<string, string>, changes: BundledFunction = {}) =>
    bundledFunction(testFolder(files, atEnd), { name, logicalId: name, ...changes });
  const lambda = await testLambda(
    [
      named('packer', packing),
      named('patient', { 'handler.ts': PATIENT }, { timeoutMs: 2_000 }),
      named('ending', { 'handler.ts': 'export const handler = async () => process.exit(3);\n' }),
      named('other', packing),
    ],
    {
      inspect: {
        ports: new Map(['packer', 'patient', 'ending'].map((name) => [name, 0])),
        waits: false,
        returnMs: 15_000,
      },
    },
    atEnd,
  );
  await lambda.ready();
  return { ...lambda, portOf: (name: string) => lambda.debugPorts.get(name) ?? 0 };
});

async function debuggedLambda(
  fn: FunctionModel,
  { waits = false, ...options }: Partial<LambdaOptions> & { waits?: boolean } = {},
) {
  const lambda = await testLambda([fn], {
    inspect: { ports: new Map([[fn.name, 0]]), waits, returnMs: 15_000 },
    ...options,
  });
  return { ...lambda, port: lambda.debugPorts.get(fn.name) ?? 0 };
}

test('a breakpoint at a line of TypeScript pauses there, with the values that its variables have', async () => {
  const { call, portOf } = running();
  const debug = await attach(portOf('packer'));
  await debug.breakAt('/weight.ts', 4);

  const called = call({ boxes: 6 });
  const paused = await debug.next('Debugger.paused');
  expect(await debug.locals(paused)).toMatchObject({ boxes: 6, perBox: 7, total: 42 });
  await debug.send('Debugger.resume');
  expect((await called).answer).toMatchObject({ weight: 42 });
});

test('while it stands at a breakpoint its time-out and its remaining time wait', async () => {
  const { call, portOf, facts } = running();
  const debug = await attach(portOf('patient'));
  await debug.breakAt('/handler.ts', 3);

  const called = call({}, { functionName: 'patient', requestId: 'req-patient' });
  await debug.next('Debugger.paused');
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await debug.send('Debugger.resume');
  const { answer } = await called;
  expect(answer).toEqual({ before: expect.any(Number), after: expect.any(Number) });
  const ended = facts.ofKind('invocation.ended');
  expect(ended.filter(({ requestId }) => requestId === 'req-patient')).toMatchObject([{ outcome: 'ok' }]);
});

test('the environment that follows a change waits for the debugger of the one before, so that breakpoints hold', async () => {
  const folder = testFolder({ 'handler.ts': PACKING, 'weight.ts': WEIGHT });
  const lambda = await debuggedLambda(bundledFunction(folder), { watch: true });
  await lambda.ready();
  const before = await attach(lambda.port);
  const breakpoint = await before.breakAt('/weight.ts', 4);

  writeFiles(folder, { 'weight.ts': WEIGHT.replace('perBox = 7', 'perBox = 8') });
  await before.closed;
  const called = lambda.call({ boxes: 2 });
  const after = await attach(lambda.port);
  await after.send('Debugger.setBreakpointByUrl', breakpoint);
  await after.send('Runtime.runIfWaitingForDebugger');
  const paused = await after.next('Debugger.paused');
  expect(await after.locals(paused)).toMatchObject({ boxes: 2, perBox: 8, total: 16 });
  await after.send('Debugger.resume');
  expect((await called).answer).toMatchObject({ weight: 16 });
});

onlyInMatrix(() => {
  test('a function that a deployment brings in the place of a debugged one is found at the same port', async () => {
    const sources = { 'handler.ts': PACKING, 'weight.ts': WEIGHT };
    const fn = bundledFunction(testFolder(sources));
    // Longer than this test: the deployment must not wait for a debugger that stays at the old process.
    const inspect = { ports: new Map([[fn.name, 0]]), waits: false, returnMs: 60_000 };
    const lambda = await debuggedLambda(fn, { inspect });
    await lambda.ready();
    const before = await attach(lambda.port);
    const breakpoint = await before.breakAt('/weight.ts', 4);

    const deployed = testFolder({ ...sources, 'weight.ts': WEIGHT.replace('perBox = 7', 'perBox = 9') });
    const put = lambda.put(bundledFunction(deployed));
    await before.closed;
    const after = await attach(lambda.port);
    await after.send('Debugger.setBreakpointByUrl', breakpoint);
    await after.send('Runtime.runIfWaitingForDebugger');
    await put;
    const called = lambda.call({ boxes: 2 });
    const paused = await after.next('Debugger.paused');
    expect(await after.locals(paused)).toMatchObject({ boxes: 2, perBox: 9, total: 18 });
    await after.send('Debugger.resume');
    expect((await called).answer).toMatchObject({ weight: 18 });
  });
});

test('a debugger that stands at a breakpoint stays there when other code comes', async () => {
  const folder = testFolder({ 'handler.ts': PACKING, 'weight.ts': WEIGHT });
  const fn = bundledFunction(folder);
  const inspect = { ports: new Map([[fn.name, 0]]), waits: false, returnMs: 100 };
  const lambda = await debuggedLambda(fn, { watch: true, inspect });
  await lambda.ready();
  const debug = await attach(lambda.port);
  await debug.breakAt('/weight.ts', 4);
  const old = lambda.call({ boxes: 2 });
  const paused = await debug.next('Debugger.paused');

  writeFiles(folder, { 'weight.ts': WEIGHT.replace('perBox = 7', 'perBox = 9') });
  await lambda.facts.until('build.succeeded', 2);
  expect((await lambda.call({ boxes: 2 })).answer).toMatchObject({ weight: 18 });
  expect(await debug.locals(paused)).toMatchObject({ total: 14 });
  await debug.send('Debugger.resume');
  expect((await old).answer).toMatchObject({ weight: 14 });
});

onlyInMatrix(() => {
  test('a debugger that does not come back is waited for no longer than a while', async () => {
    const folder = testFolder({ 'handler.ts': PACKING, 'weight.ts': WEIGHT });
    const fn = bundledFunction(folder);
    const lambda = await debuggedLambda(fn, {
      watch: true,
      inspect: { ports: new Map([[fn.name, 0]]), waits: false, returnMs: 300 },
    });
    await lambda.ready();
    const debug = await attach(lambda.port);
    await lambda.facts.until('debugger.attached');
    writeFiles(folder, { 'weight.ts': WEIGHT.replace('perBox = 7', 'perBox = 9') });
    await debug.closed;
    expect((await lambda.call({ boxes: 1 })).answer).toMatchObject({ weight: 9 });
  });
});

test('a debugger that leaves at a breakpoint lets the function go on', async () => {
  const { call, portOf, facts } = running();
  const debug = await attach(portOf('packer'));
  await debug.breakAt('/weight.ts', 3);
  const left = facts.ofKind('debugger.detached').length;
  const called = call({ boxes: 3 });
  await debug.next('Debugger.paused');
  debug.close();
  await debug.closed;
  expect((await called).answer).toMatchObject({ weight: 21 });
  await facts.until('debugger.detached', left + 1);
});

test('where it is to wait, a process loads its function when the debugger says so, however long that takes', async () => {
  const folder = testFolder({ 'handler.ts': PACKING, 'weight.ts': WEIGHT });
  const lambda = await debuggedLambda(bundledFunction(folder), { waits: true, initLimitMs: 100 });
  const debug = await attach(lambda.port);
  const called = lambda.call({ boxes: 1 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(lambda.facts.ofKind('invocation.started')).toEqual([]);
  await debug.send('Runtime.runIfWaitingForDebugger');
  expect((await called).answer).toMatchObject({ weight: 7 });
});

test('a process that ends does so with a debugger attached', async () => {
  const { call, portOf } = running();
  const debug = await attach(portOf('ending'));
  expect((await call({}, { functionName: 'ending' })).answer).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringContaining('exit status 3'),
  });
  await debug.closed;
});

test('what the inspector says of itself is no line of the function', async () => {
  const { call, portOf, facts } = running();
  await attach(portOf('packer'));
  await call({ boxes: 1 });
  expect(facts.lines('function')).toEqual([]);
});

test('a function that nobody debugs is built as declared beside one that is', () => {
  const { facts, debugPorts } = running();
  const sizeOf = (name: string) =>
    facts.ofKind('build.succeeded').find(({ functionName }) => functionName === name)?.sizeBytes ?? 0;
  expect(sizeOf('packer')).toBeGreaterThan(sizeOf('other'));
  expect([...debugPorts.keys()]).toEqual(['packer', 'patient', 'ending']);
});

test('a port that is taken is named, and no other stays open', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const address = squatter.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const folder = testFolder({ 'handler.ts': PACKING, 'weight.ts': WEIGHT });
  await expect(
    testLambda([bundledFunction(folder)], { inspect: { ports: new Map([['packer', port]]), waits: false } }),
  ).rejects.toThrow(`--inspect: port ${port}, for packer, can't be listened on`);
  squatter.close();
});
