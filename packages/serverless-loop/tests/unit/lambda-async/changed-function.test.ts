import { expect, test } from 'vitest';
import { startAsyncInvocation } from '../../../src/services/lambda/async/async-invocation.ts';
import type { FunctionModel } from '../../../src/template/model.ts';
import { manualClock } from '../../manual-clock.ts';
import { functionModel } from './function-model.ts';
import { failure } from './test-queue.ts';

const HOUR_MS = 3_600_000;

/** The queue of a function that always fails, and that the test may change or delete. */
function changingFunction() {
  const clock = manualClock();
  const now: { model: FunctionModel | undefined } = { model: functionModel() };
  const tries: number[] = [];
  const queue = startAsyncInvocation({
    find: () => now.model,
    clock,
    report: () => undefined,
    recordSegment: () => undefined,
    async invoke({ attempt }) {
      tries.push(attempt);
      return failure;
    },
    allows: () => true,
    authorizeRole: () => undefined,
    receiverOf: () => undefined,
  });
  queue.accept({ functionName: 'packer', payload: Buffer.from('{}'), requestId: 'r-1' });
  return { clock, now, tries, queue };
}

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
test('an accepted event is tried again by the settings that its function has by then', async () => {
  const { clock, now, tries } = changingFunction();
  await clock.advance(0);
  now.model = functionModel({}, { maximumRetryAttempts: 1 });
  await clock.advance(HOUR_MS);
  expect(tries).toEqual([1, 2]);
});

test('the events of a function go with it', async () => {
  const { clock, now, tries, queue } = changingFunction();
  await clock.advance(0);
  now.model = undefined;
  await clock.advance(HOUR_MS);
  expect(tries).toEqual([1]);
  await queue.idle();
});
