import { expect, test } from 'vitest';
import type { StackRecord } from '../../../src/services/cloudformation/stack-record.ts';
import { stackStore } from '../../../src/services/cloudformation/stack-store.ts';

function record(id: string, more: Partial<StackRecord> = {}): StackRecord {
  return {
    id,
    name: 'depot',
    status: 'CREATE_COMPLETE',
    createdAt: 0,
    parameters: [],
    outputs: [],
    tags: [],
    capabilities: [],
    disableRollback: false,
    terminationProtection: false,
    template: '',
    resources: [],
    events: [],
    ...more,
  };
}

test('a deleted stack is found by its id and not by its name, which another may take', () => {
  const store = stackStore();
  store.put(record('arn:1', { status: 'DELETE_COMPLETE' }));
  expect(store.find('depot')).toBeUndefined();
  expect(store.find('arn:1')?.status).toBe('DELETE_COMPLETE');
  store.put(record('arn:2', { createdAt: 1 }));
  expect(store.find('depot')?.id).toBe('arn:2');
  expect(store.list().map(({ id }) => id)).toEqual(['arn:2', 'arn:1']);
});

test('a record takes the place of the one with its id', () => {
  const store = stackStore();
  store.put(record('arn:1'));
  store.put(record('arn:1', { status: 'UPDATE_COMPLETE' }));
  expect(store.list().map(({ status }) => status)).toEqual(['UPDATE_COMPLETE']);
});

test('of deleted stacks the last hundred are remembered, of others all', () => {
  const store = stackStore();
  store.put(record('living'));
  for (let number = 0; number < 150; number += 1)
    store.put(record(`arn:${number}`, { status: 'DELETE_COMPLETE', createdAt: number + 1 }));
  expect(store.list()).toHaveLength(101);
  expect(store.find('arn:49')).toBeUndefined();
  expect(store.find('arn:50')).toBeDefined();
  expect(store.find('living')).toBeDefined();
});
