import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Engine, startEngine } from '../../../../src/services/dynamodb/engine/start-engine.ts';
import { box, createBoxes, get, manualClock, place, put } from './running-engine.ts';

const TableName = 'boxes';

/** Engines one after another on the same folder. */
function folder() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'kept-tables-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const clock = manualClock();
  return {
    clock,
    async on<T>(act: (engine: Engine) => T): Promise<T> {
      const engine = startEngine({ clock, place, dataDir });
      try {
        return act(engine);
      } finally {
        await engine.stop();
      }
    },
  };
}

test('tables, items, indexes, streams and times of expiry outlive the engine', async () => {
  const { on, clock } = folder();
  const item = box(1, {
    weight: { N: '12.5' },
    ['__proto__']: { S: 'kept' },
    expires: { N: String(clock.now() / 1000 + 600) },
  });
  const described = await on((engine) => {
    createBoxes(engine, {
      AttributeDefinitions: [
        { AttributeName: 'depot', AttributeType: 'S' },
        { AttributeName: 'number', AttributeType: 'N' },
        { AttributeName: 'weight', AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byWeight',
          KeySchema: [{ AttributeName: 'weight', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
    engine.operations.UpdateTimeToLive({ TableName, TimeToLiveSpecification });
    put(engine, item);
    return engine.operations.DescribeTable({ TableName });
  });
  await on((engine) => {
    expect(engine.operations.DescribeTable({ TableName })).toEqual(described);
    expect(get(engine, box(1))).toEqual(item);
    const byWeight = { TableName, IndexName: 'byWeight' };
    expect(engine.operations.Scan(byWeight)).toMatchObject({ Items: [item], Count: 1 });
    expect(engine.streamOperations.ListStreams({}).Streams).toHaveLength(1);
    clock.advance(660_000);
    expect(get(engine, box(1))).toBeUndefined();
  });
});

test('a table that was being deleted when the process died is gone, one being made is there', async () => {
  const { on } = folder();
  await on((engine) => {
    createBoxes(engine);
    put(engine, box(1));
    engine.operations.DeleteTable({ TableName });
    engine.operations.CreateTable({
      TableName: 'crates',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    });
  });
  await on((engine) => {
    expect(engine.operations.ListTables({}).TableNames).toEqual(['crates']);
    expect(engine.operations.DescribeTable({ TableName: 'crates' })).toMatchObject({
      Table: { TableStatus: 'ACTIVE' },
    });
  });
});
