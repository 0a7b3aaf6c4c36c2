import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployedStack } from '../../unit/app/stack.ts';
import { bundleOf } from './bundle.ts';
import { type FunctionProcess, startFunctionProcess } from './function-process.ts';
import { observedRun, takesAll } from './observed-run.ts';

const REFUSED = { snacks: [] };
/** Lambda's own level is the sieve behind: what it does not let pass is dropped, whatever the function writes. */
const DEBUG_MAY_PASS = { AWS_LAMBDA_LOG_LEVEL: 'DEBUG' };

let creator: FunctionProcess;
beforeAll(async () => {
  creator = startFunctionProcess((await bundleOf('OrderCreatorFunction')).file);
});
afterAll(() => creator?.stop());

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

describe('as the template deploys it', () => {
  const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

  /** Messages of log lines and names of metrics that Lambda lets pass. */
  async function kept(parameters: Record<string, string>) {
    const fn = deployedStack('prod', undefined, parameters).functions.find(
      ({ logicalId }) => logicalId === 'OrderCreatorFunction',
    );
    if (!fn) throw new Error('the template has no OrderCreatorFunction');
    const { applicationLogLevel } = fn.logging;
    const { POWERTOOLS_LOG_LEVEL, POWERTOOLS_LOGGER_SAMPLE_RATE } = { ...fn.environment };
    const { logs, metrics } = await observedRun(creator, [REFUSED, REFUSED], takesAll, {
      AWS_LAMBDA_LOG_LEVEL: applicationLogLevel,
      POWERTOOLS_LOG_LEVEL,
      POWERTOOLS_LOGGER_SAMPLE_RATE,
    });
    // A line without a level is taken for INFO (Lambda developer guide, "Log-level filtering").
    const passes = ({ level = 'INFO' }: Record<string, unknown>) =>
      LEVELS.indexOf(String(level)) >= LEVELS.indexOf(applicationLogLevel);
    return {
      messages: logs.filter(passes).map(({ message }) => message),
      metrics: metrics
        .filter(passes)
        .flatMap((line) => ['ColdStart', 'OrdersRefused'].filter((name) => name in line)),
    };
  }

  const METRICS = ['ColdStart', 'OrdersRefused', 'OrdersRefused'];
  const OF_AN_INVOCATION = ['invocation started', 'order refused', 'invocation ended'];

  test('decisions are kept and debug lines are not', async () => {
    expect(await kept({})).toEqual({ messages: ['order refused', 'order refused'], metrics: METRICS });
  });

  test.each(['WARN', 'ERROR'])(
    'at the level %s only metrics are kept of what goes well',
    async (LogLevel) => {
      expect(await kept({ LogLevel })).toEqual({ messages: [], metrics: METRICS });
    },
  );

  test.each(['INFO', 'WARN'])(
    'the debug lines of a drawn invocation are kept at the level %s',
    async (LogLevel) => {
      const { messages, metrics } = await kept({ LogLevel, DebugSampleRate: '1' });
      expect(messages.filter((message) => OF_AN_INVOCATION.includes(String(message)))).toEqual([
        ...OF_AN_INVOCATION,
        ...OF_AN_INVOCATION,
      ]);
      expect(metrics).toEqual(METRICS);
    },
  );

  test('debug lines are kept at the level DEBUG', async () => {
    expect((await kept({ LogLevel: 'DEBUG' })).messages).toEqual([...OF_AN_INVOCATION, ...OF_AN_INVOCATION]);
  });
});
