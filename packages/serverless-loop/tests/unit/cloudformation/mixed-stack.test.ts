import { expect, test } from 'vitest';
import { mixOf, onlyOf } from '../../../src/services/cloudformation/deploy/mixed-stack.ts';
import { load } from '../template/load.ts';

const queues = (...logicalIds: string[]) =>
  load(
    `Resources:\n${logicalIds.map((id) => `  ${id}: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: ${logicalIds.length}}}\n`).join('')}`,
  );

const delaysOf = (stack: ReturnType<typeof load>) =>
  Object.fromEntries(stack.states().map(({ logicalId, properties }) => [logicalId, properties.DelaySeconds]));

test('an update that has stopped half way keeps the states of the resources that it has not come to', () => {
  const mixed = mixOf(queues('Boxes', 'Crates'), queues('Boxes', 'Crates', 'Pallets'), new Set(['Boxes']));
  expect(delaysOf(mixed)).toEqual({ Boxes: 3, Crates: 2 });
});

test('a part of a stack has the states of its resources alone', () => {
  expect(delaysOf(onlyOf(queues('Boxes', 'Crates'), new Set(['Crates'])))).toEqual({ Crates: 2 });
});
