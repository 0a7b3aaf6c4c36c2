import { expect, test } from 'vitest';
import { box, createBoxes, get, put, runningEngine } from './running-engine.ts';

const ATTRIBUTES = 5_000;
/** More names than are listed anew each time. */
const many = Object.fromEntries(
  Array.from({ length: ATTRIBUTES }, (_, at) => [`name${at}`, { S: `value${at}` }]),
);
const Key = { depot: { S: 'north' }, number: { N: '1' } };

function boxes() {
  const { engine } = runningEngine();
  createBoxes(engine);
  const change = (UpdateExpression: string, values: Record<string, unknown> = {}) =>
    engine.operations.UpdateItem({
      TableName: 'boxes',
      Key,
      UpdateExpression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    });
  return { engine, change, sizeBytes: () => engine.findTable('boxes')?.sizeBytes() };
}

test('an item of many attributes has them in their order, and what an update changes', () => {
  const { engine, change } = boxes();
  put(engine, box(1, many));
  change('SET name7 = :new, name5000 = :new REMOVE name8', { ':new': { S: 'new' } });
  const { name8: _, ...others } = many;
  const expected = box(1, { ...others, name7: { S: 'new' }, name5000: { S: 'new' } });
  expect(get(engine, Key)).toEqual(expected);
  expect(Object.keys(Object(get(engine, Key)))).toEqual(Object.keys(expected));
});

test('the size of an item of many attributes follows what is changed in it', () => {
  const { engine, change, sizeBytes } = boxes();
  put(engine, box(1, many));
  const size = Number(sizeBytes());
  change('SET name7 = :longer', { ':longer': { S: `value7${'x'.repeat(100)}` } });
  expect(sizeBytes()).toBe(size + 100);
  change('REMOVE name7');
  expect(sizeBytes()).toBe(size - 'name7value7'.length);
  change('SET name7 = :old', { ':old': { S: 'value7' } });
  expect(sizeBytes()).toBe(size);
  engine.operations.DeleteItem({ TableName: 'boxes', Key });
  expect(sizeBytes()).toBe(0);
});

// DynamoDB guide, "Quotas": an item has at most 400 KB.
test('an item of many attributes grows no larger than an item may be', () => {
  const { engine, change } = boxes();
  put(engine, box(1, many));
  const tooMuch = { ':text': { S: 'x'.repeat(400 * 1024 - 50_000) } };
  expect(() => change('SET content = :text', tooMuch)).toThrow(
    'Item size to update has exceeded the maximum allowed size',
  );
  expect(get(engine, Key)).toEqual(box(1, many));
});

test('an index of some attributes holds those of an item of many', () => {
  const { engine } = runningEngine();
  createBoxes(engine, {
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byDepot',
        KeySchema: [{ AttributeName: 'depot', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['name4999', 'name2'] },
      },
    ],
  });
  put(engine, box(1, many));
  const { Items } = engine.operations.Query({
    TableName: 'boxes',
    IndexName: 'byDepot',
    KeyConditionExpression: 'depot = :north',
    ExpressionAttributeValues: { ':north': { S: 'north' } },
  });
  expect(Items).toEqual([box(1, { name2: { S: 'value2' }, name4999: { S: 'value4999' } })]);
});
