import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, bundleOf } from './bundle.ts';
import { observedRun, takesAll } from './observed-run.ts';

const REFUSED = { snacks: [] };
/** Lambda's own level is the sieve behind: what it does not let pass is dropped, whatever the function writes. */
const DEBUG_MAY_PASS = { AWS_LAMBDA_LOG_LEVEL: 'DEBUG' };

let creator: Bundle;
beforeAll(async () => {
  creator = await bundleOf('OrderCreatorFunction');
});
afterAll(() => creator.stop());

async function levelsOf(variables: Record<string, string>, invocationCount = 1) {
  const events = Array.from({ length: invocationCount }, () => REFUSED);
  const { logs } = await observedRun(creator, events, takesAll, variables);
  return logs.map(({ level, message, function_request_id }) => ({ level, message, function_request_id }));
}

test('debug lines say when an invocation started and ended, at the level DEBUG alone', async () => {
  const messages = (lines: { message: unknown }[]) => lines.map(({ message }) => message);
  expect(messages(await levelsOf({ ...DEBUG_MAY_PASS, POWERTOOLS_LOG_LEVEL: 'DEBUG' }))).toEqual([
    'invocation started',
    'order refused',
    'invocation ended',
  ]);
  expect(messages(await levelsOf({ ...DEBUG_MAY_PASS, POWERTOOLS_LOG_LEVEL: 'INFO' }))).toEqual([
    'order refused',
  ]);
  expect(messages(await levelsOf({ AWS_LAMBDA_LOG_LEVEL: 'DEBUG' }))).toHaveLength(3);
});

test('debug lines of a share of the invocations are written, drawn for each invocation anew', async () => {
  const sampled = { ...DEBUG_MAY_PASS, POWERTOOLS_LOG_LEVEL: 'INFO', POWERTOOLS_LOGGER_SAMPLE_RATE: '0.5' };
  const invocationCount = 60;
  const lines = await levelsOf(sampled, invocationCount);
  const debugged = new Set(
    lines
      .filter(({ message }) => message === 'invocation started')
      .map(({ function_request_id }) => function_request_id),
  );
  // Neither all nor none, but for once in 2 to the power of 58.
  expect(debugged.size).toBeGreaterThan(0);
  expect(debugged.size).toBeLessThan(invocationCount);
  expect(lines.filter(({ message }) => message === 'order refused')).toHaveLength(invocationCount);
});
