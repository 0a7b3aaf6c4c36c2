import { expect, test } from 'vitest';
import { dispensable } from '../../../src/services/cloudformation/deploy/needed.ts';
import type { ResourceState } from '../../../src/template/deployment.ts';
import type { ResourceReport } from '../../../src/template/model.ts';

type Declared = [logicalId: string, status: ResourceReport['status'], dependsOn?: string[]];

function dispensableOf(declared: Declared[]): string[] {
  const resources = declared.map(
    ([logicalId, , dependsOn = []]): ResourceState => ({
      logicalId,
      type: 'AWS::Any::Thing',
      physicalId: logicalId,
      properties: {},
      shown: () => ({}),
      written: {},
      dependsOn,
      deletionPolicy: 'Delete',
      updateReplacePolicy: 'Delete',
      saidPolicies: {},
      replacedBy: [],
    }),
  );
  const reports = declared.map(
    ([logicalId, status]): ResourceReport => ({
      logicalId,
      type: 'AWS::Any::Thing',
      physicalId: logicalId,
      line: 1,
      status,
    }),
  );
  return [...dispensable(resources, reports)].sort();
}

test('a stack can do without a topic that only alarms send to, and without its subscription', () => {
  const found = dispensableOf([
    ['Topic', 'not emulated'],
    ['Subscription', 'not emulated', ['Topic']],
    ['Alarm', 'accepted', ['Topic']],
  ]);
  expect(found).toEqual(['Subscription', 'Topic']);
});

test('not without one that a function knows of', () => {
  expect(
    dispensableOf([
      ['Topic', 'not emulated'],
      ['Alarm', 'accepted', ['Topic']],
      ['Function', 'emulated', ['Topic']],
    ]),
  ).toEqual([]);
});

test('not without one that sends to a queue', () => {
  expect(
    dispensableOf([
      ['Queue', 'emulated'],
      ['Topic', 'not emulated'],
      ['Subscription', 'not emulated', ['Topic', 'Queue']],
      ['Alarm', 'accepted', ['Topic']],
    ]),
  ).toEqual([]);
});

test('not without what stands alone', () => {
  expect(dispensableOf([['Api', 'not emulated']])).toEqual([]);
});
