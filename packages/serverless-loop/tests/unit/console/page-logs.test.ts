import { expect, test } from 'vitest';
import { frequentFields, logRows } from '../../../console/state/log-rows.ts';
import type { FactOnWire } from '../../../src/console/fact-answer.ts';

const fact = (line: string, given: object = {}): FactOnWire => ({
  kind: 'log',
  seq: 1,
  time: '2026-11-28T12:00:00.000Z',
  timestamp: Date.UTC(2026, 10, 28, 12),
  functionName: 'fn',
  source: 'function',
  logGroup: 'g',
  logStream: 's',
  line,
  ...given,
});
const rowOf = (line: string) => logRows([fact(line)])[0];

test('a structured line has level, message, trace, and the rest as fields', () => {
  const line = '{"level":"warn","message":"late","timestamp":"t","xray_trace_id":"1-a","orderId":"o1","n":2}';
  expect(rowOf(line)).toMatchObject({
    level: 'WARN',
    message: 'late',
    traceId: '1-a',
    fields: { orderId: 'o1', n: 2 },
  });
});

test('a line of Node’s runtime in text has its level and the message behind it', () => {
  expect(rowOf('2026-11-28T12:00:00.000Z\tr1\tERROR\tno box\nat all\n')).toMatchObject({
    level: 'ERROR',
    message: 'no box\nat all',
  });
});

test('a report of the platform says what it took', () => {
  const line =
    '{"time":"t","type":"platform.report","record":{"status":"success","metrics":{"durationMs":12.5,"maxMemoryUsedMB":73}}}';
  expect(rowOf(line)).toMatchObject({ level: '', message: 'report, success, 12.5 ms, 73 MB' });
});

test('metrics in a line are told by name and value', () => {
  const line =
    '{"_aws":{"CloudWatchMetrics":[{"Metrics":[{"Name":"Sold"},{"Name":"Late"}]}]},"Sold":3,"Late":0}';
  expect(rowOf(line)?.message).toBe('metrics: Sold 3, Late 0');
});

test.each(['', 'plain', '{"broken":', '[1,2]', '{}', 'null', '\t\t\t'])('any text is a line: %j', (line) => {
  expect(rowOf(line)).toMatchObject({ level: '', line });
});

test('the fields that most lines have come first; objects and metrics are none', () => {
  const rows = logRows([
    fact('{"message":"a","orderId":"1","deep":{"x":1}}'),
    fact('{"message":"b","orderId":"2","late":true}', { seq: 2 }),
    fact('{"_aws":{},"Sold":1}', { seq: 3 }),
  ]);
  expect(frequentFields(rows, 5)).toEqual(['orderId', 'late']);
  expect(frequentFields(rows, 1)).toEqual(['orderId']);
});
