import { type Engine, startEngine } from '../../../../src/services/dynamodb/engine/start-engine.ts';

export const TABLE = 'items';

/** An engine in memory whose timers the test never waits for, with a table of two indexes. */
export function engineWithTable(dataDir?: string): Engine {
  const engine = startEngine({
    clock: { now: () => Date.now(), after: () => ({ cancel: () => undefined }) },
    place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
    ...(dataDir !== undefined && { dataDir }),
  });
  if (engine.findTable(TABLE)) return engine;
  engine.createActiveTable({
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'N' },
      { AttributeName: 'g', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byG',
        KeySchema: [
          { AttributeName: 'g', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'withG',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'g', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  return engine;
}
