import { describe, expect, test } from 'vitest';
import type { FailureKind } from '../../../../scripts/deploy-and-test/exit-status.ts';
import type { Interrupts } from '../../../../scripts/deploy-and-test/interrupts.ts';
import { startRun } from '../../../../scripts/deploy-and-test/run.ts';
import { type Step, StepFailure } from '../../../../scripts/deploy-and-test/step.ts';
import { consent } from '../../../../scripts/deploy-and-test/steps/consent.ts';

function runUnderTest(limits: Record<string, number> = {}) {
  const did: string[] = [];
  const work = new AbortController();
  const cleanup = new AbortController();
  const interrupts: Interrupts = {
    work: work.signal,
    cleanup: cleanup.signal,
    first: () => (work.signal.aborted ? 'SIGINT' : undefined),
    stop() {},
  };
  const manners = { begins() {}, says: (line: string) => void did.push(`said ${line}`), ended() {} };
  const run = startRun({ interrupts, manners, limits: new Map(Object.entries(limits)), elapsedMs: () => 0 });

  function step(id: string, more: Partial<Step> & { failure?: FailureKind } = {}): Step {
    return {
      id,
      title: id,
      failure: 'build',
      limitMs: 60_000,
      start: async () => void did.push(`start ${id}`),
      undo: {
        id: `${id}-undo`,
        title: id,
        when: 'always',
        failure: 'cleanup',
        limitMs: 60_000,
        start: async () => void did.push(`undo ${id}`),
      },
      ...more,
    };
  }
  return {
    run,
    did,
    step,
    interrupt: () => work.abort(),
    interruptAgain: () => cleanup.abort(),
    outcomes: () => run.results.map(({ id, outcome }) => `${id} ${outcome.kind}`),
  };
}

const failing = async () => {
  throw new StepFailure('as wanted');
};
const hanging = ({ signal }: { signal: AbortSignal }) =>
  new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
/** Hangs, and has something happen once it does. */
const hangingUntil = (then: () => void) => (running: { signal: AbortSignal }) => {
  queueMicrotask(then);
  return hanging(running);
};

describe('a run', () => {
  test('does steps in order, an inner phase within the outer, and takes all back in reverse', async () => {
    const { run, did, step } = runUnderTest();
    await run.phase([step('one'), step('two')], () => run.phase([step('three')]));
    expect(did).toEqual(['start one', 'start two', 'start three', 'undo three', 'undo two', 'undo one']);
    expect(run.status()).toBe(0);
  });

  test('ends at the first failure: what follows is not run, what was begun is taken back', async () => {
    const { run, did, step, outcomes } = runUnderTest();
    const bad = step('bad', { start: failing, failure: 'deploy' });
    await run.phase([step('one'), bad, step('three')], () => run.phase([step('four')]));
    expect(did).toEqual(['start one', 'undo bad', 'undo one']);
    expect(outcomes()).toEqual([
      ...['one held', 'bad failed', 'three not run', 'four not run'],
      ...['bad-undo held', 'one-undo held'],
    ]);
    expect(run.status()).toBe(13);
  });

  test('takes a step whose check fails for failed', async () => {
    const { run, step } = runUnderTest();
    await run.phase([step('one', { check: failing, failure: 'test' })]);
    expect(run.status()).toBe(14);
  });

  test('has the status of the first failure, and goes on taking back after a second', async () => {
    const { run, did, step } = runUnderTest();
    const stubborn = step('stubborn');
    if (stubborn.undo) stubborn.undo = { ...stubborn.undo, start: failing };
    await run.phase([step('one'), stubborn, step('bad', { start: failing, failure: 'test' })]);
    expect(did.at(-1)).toBe('undo one');
    expect(run.status()).toBe(14);
  });

  test('that only leaves something has the status of that', async () => {
    const { run, step } = runUnderTest();
    const stubborn = step('stubborn');
    if (stubborn.undo) stubborn.undo = { ...stubborn.undo, check: failing };
    await run.phase([stubborn]);
    expect(run.status()).toBe(15);
  });

  test('does no second phase after a first that did not hold', async () => {
    const { run, did, step } = runUnderTest();
    await run.phase([], async () => {
      await run.phase([step('one', { start: failing })]);
      await run.phase([step('two')]);
    });
    expect(did).toEqual(['undo one']);
  });

  test('undoes for a failure only what asks for it', async () => {
    const { run, did, step } = runUnderTest();
    const restored = step('restored');
    if (restored.undo) restored.undo = { ...restored.undo, when: 'failure' };
    await run.phase([restored]);
    expect(did).toEqual(['start restored']);
    await run.phase([restored, step('bad', { start: failing })]);
    expect(did).toEqual(['start restored', 'start restored', 'undo bad', 'undo restored']);
  });

  test('ends a step whose time is over', async () => {
    const { run, step } = runUnderTest({ slow: 5 });
    await run.phase([step('slow', { start: hanging, failure: 'test' })]);
    expect(run.results[0]?.outcome).toEqual({
      kind: 'failed',
      failure: 'test',
      reason: 'took longer than its limit of 0.005 s',
    });
    expect(run.status()).toBe(14);
  });

  test('interrupted takes back each step begun, once, and has the status of the signal', async () => {
    const { run, did, step, interrupt, outcomes } = runUnderTest();
    await run.phase([step('one'), step('slow', { start: hangingUntil(interrupt) }), step('three')]);
    expect(did).toEqual(['start one', 'undo slow', 'undo one']);
    expect(outcomes()).toEqual([
      ...['one held', 'slow interrupted', 'three not run', 'slow-undo held', 'one-undo held'],
    ]);
    expect(run.status()).toBe(130);
  });

  test('interrupted while it takes back goes on with that, and does no further phase', async () => {
    const { run, did, step, interrupt } = runUnderTest();
    const one = step('one');
    if (one.undo) one.undo = { ...one.undo, start: async () => interrupt() };
    await run.phase([], async () => {
      await run.phase([step('zero'), one]);
      await run.phase([step('two')]);
    });
    expect(did).toEqual(['start zero', 'start one', 'undo zero']);
    expect(run.status()).toBe(130);
  });

  test('interrupted twice leaves what is not urgent', async () => {
    const { run, did, step, interrupt, interruptAgain } = runUnderTest();
    const urgent = step('urgent');
    if (urgent.undo) urgent.undo = { ...urgent.undo, isUrgent: true };
    const slow = step('slow', { start: hangingUntil(interrupt) });
    if (slow.undo) slow.undo = { ...slow.undo, start: hangingUntil(interruptAgain) };
    await run.phase([urgent, step('left'), slow]);
    expect(did).toEqual(['start urgent', 'start left', 'undo urgent']);
    expect(run.status()).toBe(130);
  });

  test('shows the stack trace of a fault of its own', async () => {
    const { run, step } = runUnderTest();
    await run.phase([
      step('faulty', {
        start: async () => {
          throw new TypeError('a fault');
        },
      }),
    ]);
    expect(run.results[0]?.outcome).toMatchObject({
      reason: expect.stringMatching(/TypeError: a fault\n\s+at/),
    });
  });

  test.each([
    [false, 1],
    [true, 0],
  ])('asked whether to go on, and answered %s, has the status %s', async (answer, status) => {
    const { run, did, step } = runUnderTest();
    const question = consent({ plan: () => ['the plan'], ask: async () => answer });
    await run.phase([question, step('one')]);
    expect(did).toEqual(answer ? ['said the plan', 'start one', 'undo one'] : ['said the plan']);
    expect(run.status()).toBe(status);
  });
});
