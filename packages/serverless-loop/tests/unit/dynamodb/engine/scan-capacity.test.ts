import { expect, test } from 'vitest';
import type { Engine } from '../../../../src/services/dynamodb/engine/start-engine.ts';
import { box, createBoxes, put, runningEngine } from './running-engine.ts';

const PROVISIONED = {
  BillingMode: 'PROVISIONED',
  ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
};

function unitsOf(engine: Engine, more: Record<string, unknown> = {}): unknown {
  const { ConsumedCapacity } = engine.operations.Scan({
    TableName: 'boxes',
    ReturnConsumedCapacity: 'TOTAL',
    ...more,
  });
  return Object(ConsumedCapacity).CapacityUnits;
}

// scylladb, test/alternator/test_returnconsumedcapacity.py, test_scan_consumed_capacity
test.each([
  [{ ConsistentRead: true }, 4],
  [{ ConsistentRead: false }, 2],
  [{ FilterExpression: 'attribute_exists(nothing)' }, 2],
  [{ Segment: 0, TotalSegments: 2 }, 1],
  [{ Segment: 3, TotalSegments: 8 }, 0.5],
])(
  'a scan (%j) of a small table on demand consumes %d units: each partition that it passes has its least',
  (more, units) => {
    const { engine } = runningEngine();
    createBoxes(engine);
    put(engine, box(1));
    expect(unitsOf(engine, more)).toBe(units);
  },
);

test('a scan of a table with provisioned capacity is of one partition', () => {
  const { engine } = runningEngine();
  createBoxes(engine, PROVISIONED);
  put(engine, box(1));
  expect(unitsOf(engine)).toBe(0.5);
});

test('the pages of a scan consume together what one page does, but for partitions that two pages share', () => {
  const { engine } = runningEngine();
  createBoxes(engine);
  const depots = Array.from({ length: 12 }, (_, at) => `depot-${at}`);
  for (const depot of depots) put(engine, box(1, {}, depot));
  let [units, pages, from]: [number, number, unknown] = [0, 0, undefined];
  do {
    const { ConsumedCapacity, LastEvaluatedKey } = engine.operations.Scan({
      TableName: 'boxes',
      ReturnConsumedCapacity: 'TOTAL',
      Limit: 5,
      ExclusiveStartKey: from,
    });
    units += Number(Object(ConsumedCapacity).CapacityUnits);
    pages += 1;
    from = LastEvaluatedKey;
  } while (from !== undefined);
  expect(pages).toBe(3);
  expect(units).toBeGreaterThanOrEqual(2);
  expect(units).toBeLessThanOrEqual(2 + 0.5 * (pages - 1));
});
