import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factPrinter } from '../../../src/cli/terminal/printer.ts';
import type { Fact } from '../../../src/facts.ts';
import { anyText } from '../../any-text.ts';
import { runsOf } from '../../matrix.ts';

const STAMP = '12:34:56';

function shown(fact: Fact): string {
  let written = '';
  const stream = { write: (text: string) => (written += text) };
  factPrinter({ json: false, platformLogs: true, stamp: () => STAMP, stream }).report(fact);
  return written;
}

function logged(line: string): Fact {
  return {
    kind: 'log',
    functionName: 'f',
    line,
    source: 'function',
    logGroup: 'g',
    logStream: 's',
    timestamp: 1,
  };
}

/** Facts that hold a text where callers, events, items and functions put theirs. */
const HOLDERS: Record<string, (text: string) => Fact> = {
  'a log line': logged,
  'the message of a structured log': (text) => logged(JSON.stringify({ level: 'INFO', message: text })),
  'a field of a structured log, and its name': (text) =>
    logged(JSON.stringify({ level: 'INFO', message: 'm', [`x${text}`]: { deep: [text] }, text })),
  'a metric': (text) =>
    logged(
      JSON.stringify({ _aws: { CloudWatchMetrics: [{ Metrics: [{ Name: text }] }] }, [text]: `v${text}` }),
    ),
  'an error': (text) => ({
    kind: 'invocation.ended',
    functionName: 'f',
    executedVersion: '1',
    requestId: 'r',
    attempt: 1,
    outcome: 'error',
    durationMs: 1,
    errorType: text,
    errorMessage: text,
  }),
  'an event': (text) => ({
    kind: 'event.published',
    busName: text,
    eventId: 'e',
    source: text,
    detailType: text,
  }),
  "an item's key": (text) => ({ kind: 'table.written', tableName: 't', operation: 'PutItem', key: text }),
  'a notification': (text) => ({
    kind: 'notification.sent',
    topicName: 't',
    messageId: 'm',
    protocol: 'email',
    endpoint: text,
    subject: text,
  }),
  'a build': (text) => ({ kind: 'build.failed', functionName: 'f', errors: [text], isServing: true }),
};

const FORGED = '12:34:56  f succeeded in 1.0 ms';

test.each(Object.entries(HOLDERS))('%s can neither forge a line nor move the cursor', (_what, holding) => {
  for (const text of [`x\n${FORGED}`, `x\r${FORGED}`, `x\u001b[1A\u001b[2K${FORGED}`, `x\u2028${FORGED}`]) {
    const lines = shown(holding(text)).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines[0]).toMatch(/^12:34:56 {2}/);
    expect(lines[0]).not.toBe(FORGED);
    // The next lines stand behind the edge at which the loop's own lines begin.
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {10}/);
  }
});

test('whatever text a fact holds, each of its lines is its own and nothing in them is unprintable', () => {
  const holders = fc.constantFrom(...Object.values(HOLDERS));
  fc.assert(
    fc.property(holders, anyText(), (holding, text) => {
      const [first = '', ...rest] = shown(holding(text)).slice(0, -1).split('\n');
      expect(first.startsWith(`${STAMP}  `)).toBe(true);
      for (const line of rest) expect(line.startsWith(' '.repeat(10))).toBe(true);
      expect([first, ...rest].join('').replaceAll('\t', ' ')).not.toMatch(
        /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u,
      );
    }),
    { numRuns: runsOf(300) },
  );
});

test('a structured log that goes deeper than a stack is a line like any other', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(shown(logged(`{"level":"INFO","message":"m","x":${deep}}`))).toMatch(/^12:34:56 {2}f \| INFO m x=/);
});

test('a log line that is printable is shown as it was written', () => {
  const line = '{ "level": 1, "id": 12345678901234567890, "path": "a\\\\b" }';
  expect(shown(logged(line))).toBe(`12:34:56  f | ${line}\n`);
});

test('a wait is told by the speed of retries as it is now, whoever changed it', () => {
  let written = '';
  const stream = { write: (text: string) => (written += text) };
  const { report } = factPrinter({
    json: false,
    platformLogs: true,
    stamp: () => STAMP,
    stream,
    retrySpeed: 60,
  });
  const retry: Fact = {
    kind: 'invocation.retry',
    functionName: 'f',
    executedVersion: '1',
    requestId: 'r',
    nextAttempt: 2,
    delayMs: 60_000,
    reason: 'no box',
  };
  report(retry);
  report({ kind: 'time.changed', aheadMs: 0, retrySpeed: 120 });
  report(retry);
  report({ kind: 'time.changed', aheadMs: 0, retrySpeed: 1 });
  report(retry);
  expect(written.match(/attempt 2 in .*/g)?.map((line) => line.split(':')[0]?.split(' [')[0])).toEqual([
    expect.stringContaining('60 s (1 s at --retry-speed 60)'),
    expect.stringContaining('60 s (0.5 s at a retry speed of 120)'),
    expect.not.stringContaining('('),
  ]);
});
