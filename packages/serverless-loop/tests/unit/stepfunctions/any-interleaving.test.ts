import { expect, test } from 'vitest';
import { type MovableClock, movableClock } from '../../../src/loop/movable-clock.ts';
import { StateError } from '../../../src/services/stepfunctions/interpreter/state-error.ts';
import type { TaskCall } from '../../../src/services/stepfunctions/interpreter/step.ts';
import { taskCaller } from '../../../src/services/stepfunctions/tasks/call-task.ts';
import { TaskTokens } from '../../../src/services/stepfunctions/tasks/task-tokens.ts';
import { executed, started } from './executed.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';

/** Numbers from 0 up to 1 that follow from a seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A machine of tasks that fail, are late or are tried again, alone, side by side and for each item. */
function machineFrom(random: () => number) {
  const task = (end: object) => ({
    Type: 'Task',
    Resource: FUNCTION,
    TimeoutSeconds: 3,
    ...(random() < 0.5 && {
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: Math.floor(random() * 3) }],
    }),
    ...end,
  });
  const branch = (name: string) => ({
    StartAt: `${name}1`,
    States: {
      [`${name}1`]: task({ Next: `${name}2` }),
      [`${name}2`]: { Type: 'Wait', Seconds: 1, End: true },
    },
  });
  const caught = random() < 0.5 && { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'E' }] };
  return {
    StartAt: 'A',
    ...(random() < 0.4 && { TimeoutSeconds: 1 + Math.floor(random() * 8) }),
    States: {
      A: task({ Next: 'P', ...caught }),
      P: { Type: 'Parallel', Branches: [branch('L'), branch('R')], ResultPath: null, Next: 'M', ...caught },
      M: {
        Type: 'Map',
        ItemsPath: '$.items',
        MaxConcurrency: 1 + Math.floor(random() * 3),
        ItemProcessor: branch('I'),
        ResultPath: null,
        Next: 'E',
        ...caught,
      },
      E: { Type: 'Succeed' },
    },
  };
}

/** Runs the machine of a seed; its tasks answer, fail, or never end, each in a time of its own. */
async function run(seed: number) {
  const random = numbersFrom(seed);
  const clock: MovableClock = movableClock(0, () => Date.parse('2026-11-28T10:00:00Z'));
  const callTask = taskCaller({
    clock,
    tokens: new TaskTokens(clock),
    region: 'us-east-1',
    callService: () => Promise.reject(new Error('no service')),
    offerActivity: () => {},
    invokeFunction: (_arn: string, { signal, context }: TaskCall) =>
      new Promise((resolve, reject) => {
        const [chance, delayMs] = [random(), Math.floor(random() * 5_000)];
        signal.addEventListener('abort', () => reject(signal.reason));
        if (chance < 0.15) return;
        clock.after(delayMs, () =>
          chance < 0.4 ? reject(new StateError('Boom')) : resolve(Object(context.Execution).Input),
        );
      }),
  });
  const input = { items: [1, 2, 3].slice(Math.floor(random() * 3)) };
  return executed(machineFrom(random), input, { callTask, random, clock });
}

const TERMINAL = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;

// API reference, "HistoryEvent": ids count up from 1, `previousEventId` is that of an earlier event; Step Functions guide, "Standard workflows": each execution ends once.
test('any interleaving of failures, time-outs and retries ends once, in a history whose events follow earlier ones', async () => {
  const ends = new Set<string>();
  for (let seed = 1; seed <= 150; seed += 1) {
    const { events, status } = await run(seed);
    const told = `seed ${seed}`;
    const terminal = events.filter(({ type }) => TERMINAL.test(type));
    expect(terminal, told).toHaveLength(1);
    expect(events.at(-1), told).toBe(terminal[0]);
    expect(status, told).not.toBe('RUNNING');
    ends.add(status);
    for (const [at, { id, previousEventId }] of events.entries()) {
      expect(id, told).toBe(at + 1);
      expect(previousEventId < id && previousEventId >= 0, `${told}, event ${id}`).toBe(true);
    }
    // A state is left at most as often as it is entered, and only after.
    const open = new Map<unknown, number>();
    for (const { type, details } of events) {
      const name = details?.value.name;
      if (type.endsWith('StateEntered')) open.set(name, (open.get(name) ?? 0) + 1);
      if (!type.endsWith('StateExited')) continue;
      open.set(name, (open.get(name) ?? 0) - 1);
      expect(open.get(name), `${told}, ${String(name)}`).toBeGreaterThanOrEqual(0);
    }
    // Each task that began ends at most once: an attempt has one of these.
    const begun = events.filter(({ type }) => type === 'LambdaFunctionStarted').length;
    const done = events.filter(({ type }) => /^LambdaFunction(Succeeded|Failed|TimedOut)$/.test(type)).length;
    expect(done, told).toBeLessThanOrEqual(begun);
  }
  expect([...ends].sort()).toEqual(['FAILED', 'SUCCEEDED', 'TIMED_OUT']);
});

test('one that is stopped in between ends with that, whatever its tasks do later', async () => {
  const clock: MovableClock = movableClock(0, () => Date.parse('2026-11-28T10:00:00Z'));
  const late = Promise.withResolvers<unknown>();
  const { execution } = started(
    { StartAt: 'A', States: { A: { Type: 'Task', Resource: FUNCTION, End: true } } },
    {},
    { clock, callTask: () => late.promise },
  );
  await new Promise((resolve) => setImmediate(resolve));
  execution.stop({ error: 'Mine' });
  late.resolve(1);
  await execution.ended;
  await new Promise((resolve) => setImmediate(resolve));
  expect(execution.history.events.filter(({ type }) => TERMINAL.test(type))).toHaveLength(1);
  expect(execution.history.events.at(-1)?.type).toBe('ExecutionAborted');
});
