import { expect, test } from 'vitest';
import { reservedConcurrency } from '../../../src/services/lambda/environments/concurrency.ts';
import type { ExecutionEnvironment } from '../../../src/services/lambda/environments/execution-environment.ts';
import { functionPool } from '../../../src/services/lambda/environments/function-pool.ts';
import { functionModel } from './function-model.ts';

/** One of some code, which is loaded when the test says so. */
function environmentOf(code: string) {
  const initialisation = Promise.withResolvers<void>();
  let isLoaded = false;
  const environment: ExecutionEnvironment = {
    initialised: initialisation.promise,
    hasLoaded: () => isLoaded,
    invoke: async () => ({ payload: Buffer.from(code), executedVersion: '$LATEST', logTail: '' }),
    free: async () => {},
    stop: async () => {},
  };
  return {
    start: () => environment,
    ends(isWell: boolean) {
      isLoaded = isWell;
      initialisation.resolve();
    },
  };
}

/** A call that waits for the code of a save, after which another save comes. */
async function calledBetweenSaves() {
  const fn = functionModel();
  const pool = functionPool({
    fn,
    version: '$LATEST',
    concurrency: reservedConcurrency(),
    report: () => {},
    maxEnvironments: 10,
    growAfterMs: 20,
  });
  const save = (code: string) => {
    const environment = environmentOf(code);
    pool.hold();
    pool.expect();
    const used = pool.use(environment.start, { ahead: true });
    return { ...environment, used };
  };
  const first = save('first');
  const request = { functionName: fn.name, payload: Buffer.from('{}'), requestId: 'r', attempt: 1 };
  const answer = pool.invoke(request).then(({ payload }) => payload.toString());
  return { answer, first, second: save('second') };
}

test('a call is answered by the code that it came after, though there is newer', async () => {
  const { answer, first } = await calledBetweenSaves();
  first.ends(true);
  expect(await answer).toBe('first');
});

test('code that could not be loaded, as half a file cannot, leaves the call to newer', async () => {
  const { answer, first, second } = await calledBetweenSaves();
  first.ends(false);
  await first.used;
  second.ends(true);
  expect(await answer).toBe('second');
});

test('a call is answered by the newest code that there is, though it could not be loaded', async () => {
  const { answer, first, second } = await calledBetweenSaves();
  first.ends(false);
  await first.used;
  second.ends(false);
  expect(await answer).toBe('second');
});
