import { expect, test } from 'vitest';
import { whatRuns } from '../../../src/cli/terminal/stopping.ts';

const common = { functionName: 'f-1', executedVersion: '1', requestId: 'r', attempt: 1 };
const short = (name: string) => (name === 'f-1' ? 'Packer' : name);

test('an interrupt says what ends and what is lost, and that another ends it at once', () => {
  const { stoppingText } = whatRuns({ keepsItems: false });
  expect(stoppingText(short)).toBe(
    'Stopping: every function ends, and what tables, queues and logs hold is gone. Ctrl-C again ends this at once.',
  );
});

test('it names who is in the middle of something', () => {
  const running = whatRuns({ keepsItems: true });
  running.report({ kind: 'invocation.started', ...common, coldStart: true });
  expect(running.stoppingText(short)).toMatch(
    /every function ends, Packer in the middle of an invocation, and what queues and logs hold/,
  );
  running.report({ kind: 'invocation.ended', ...common, outcome: 'ok', durationMs: 1 });
  expect(running.stoppingText(short)).not.toContain('Packer');
});
