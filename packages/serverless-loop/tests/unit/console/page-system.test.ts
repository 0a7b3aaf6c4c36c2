import { expect, test } from 'vitest';
import { diagramOf, kindWord, type SystemResource } from '../../../console/state/diagram.ts';
import { requestsOf, spanOf } from '../../../console/state/spans.ts';
import { trafficOf } from '../../../console/state/traffic.ts';
import type { FactOnWire } from '../../../src/console/fact-answer.ts';

const resource = (logicalId: string, type: string): SystemResource => ({
  logicalId,
  type,
  physicalId: logicalId,
  status: 'emulated',
});

test('a diagram has boxes for what is at work, and one line between two of them: of traffic, where there is some', () => {
  const resources = [
    resource('Fn', 'AWS::Serverless::Function'),
    resource('Role', 'AWS::IAM::Role'),
    resource('FnLog', 'AWS::Logs::LogGroup'),
    resource('Table', 'AWS::DynamoDB::Table'),
    resource('Fn.Part', 'AWS::Lambda::Function'),
  ];
  const edges = [
    { from: 'Fn', to: 'Table', kind: 'permits', label: 'dynamodb:PutItem' },
    { from: 'Table', to: 'Fn', kind: 'triggers' },
    { from: 'Fn', to: 'Role', kind: 'permits' },
    { from: 'Fn', to: 'Table', kind: 'fails to' },
  ];
  const { nodes, edges: drawn } = diagramOf(resources, edges);
  expect(nodes.map(({ id, type }) => [id, type])).toEqual([
    ['Fn', 'Function'],
    ['Table', 'DynamoDB Table'],
  ]);
  expect(drawn.map(({ from, to, kind }) => [from, to, kind])).toEqual([
    ['Fn', 'Table', 'fails to'],
    ['Table', 'Fn', 'triggers'],
  ]);
  expect(kindWord('AWS::Events::Rule')).toBe('Events Rule');
});

test('traffic counts what happened and what failed apart, with the last time of each', () => {
  const ended = { executedVersion: '1', requestId: 'r', attempt: 1, durationMs: 1, functionName: 'fn' };
  const facts: FactOnWire[] = [
    { kind: 'invocation.ended', ...ended, outcome: 'ok', seq: 1, time: '2026-11-28T12:00:00.000Z' },
    { kind: 'invocation.ended', ...ended, outcome: 'timeout', seq: 2, time: '2026-11-28T12:00:02.000Z' },
    {
      kind: 'table.written',
      tableName: 'boxes',
      operation: 'PutItem',
      key: 'id=1',
      seq: 3,
      time: '2026-11-28T12:00:01.000Z',
    },
  ];
  const at = (second: number) => Date.UTC(2026, 10, 28, 12, 0, second);
  expect([...trafficOf([facts])]).toEqual([
    ['fn', { count: 1, errors: 1, lastAt: at(2), lastErrorAt: at(2) }],
    ['boxes', { count: 1, errors: 0, lastAt: at(1), lastErrorAt: 0 }],
  ]);
});

test('a span belongs to the request of the nearest one that it lies in, over documents', () => {
  const segments = [
    { id: 'a', name: 'Lambda', start_time: 0, aws: { request_id: 'r1' } },
    {
      id: 'b',
      name: 'fn',
      start_time: 0,
      parent_id: 'a',
      subsegments: [{ id: 'c', name: 'DynamoDB', start_time: 0 }],
    },
    { id: 'x', name: 'x', start_time: 0, parent_id: 'y' },
    { id: 'y', name: 'y', start_time: 0, parent_id: 'x' },
  ];
  expect(requestsOf(segments, 'c')).toEqual(['r1']);
  expect(requestsOf(segments, 'x')).toEqual([]);
  expect(spanOf(segments, 'c')?.name).toBe('DynamoDB');
  expect(spanOf(segments, 'z')).toBeUndefined();
});
