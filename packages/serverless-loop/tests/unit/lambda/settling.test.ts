import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { settling } from '../../../src/services/lambda/code/settling.ts';

/** Settles within 10 ms, and takes until `end` is called or it is interrupted. */
function settlingAfter10Ms() {
  const log: string[] = [];
  let end = () => {};
  const started = Promise.withResolvers<void>();
  const settles = settling(async (signal) => {
    log.push('begins');
    started.resolve();
    await new Promise<void>((resolve) => {
      end = resolve;
      signal.addEventListener('abort', () => resolve());
    });
    log.push(signal.aborted ? 'is interrupted' : 'ends');
  }, 10);
  return { ...settles, log, started: started.promise, end: () => end() };
}

it('begins when nobody interrupts, once', async () => {
  const settles = settlingAfter10Ms();
  settles.begin();
  settles.begin();
  await settles.started;
  settles.end();
  await expect.poll(() => settles.log).toEqual(['begins', 'ends']);
  await settles.interrupt();
  expect(settles.log).toEqual(['begins', 'ends']);
});

it('does not begin when it is interrupted before', async () => {
  const settles = settlingAfter10Ms();
  settles.begin();
  await settles.interrupt();
  await pause(30);
  expect(settles.log).toEqual([]);
});

it('an interruption waits until what has begun has ended', async () => {
  const settles = settlingAfter10Ms();
  settles.begin();
  await settles.started;
  await settles.interrupt();
  expect(settles.log).toEqual(['begins', 'is interrupted']);
});
