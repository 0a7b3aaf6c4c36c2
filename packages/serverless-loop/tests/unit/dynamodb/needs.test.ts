import { expect, test } from 'vitest';
import type { JsonObject, JsonService } from '../../../src/aws/operation.ts';
import {
  DYNAMODB,
  DYNAMODB_STREAMS,
  dynamoDbService,
  streamsService,
} from '../../../src/services/dynamodb/api/service.ts';
import { needed } from '../../operation-calls.ts';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };

const nothing = () => ({});
function runsOf<N extends string>(operations: Readonly<Record<N, unknown>>): Record<N, () => JsonObject> {
  const runs: Record<string, () => JsonObject> = Object.fromEntries(
    Object.keys(operations).map((name) => [name, nothing]),
  );
  return runs;
}

const service = dynamoDbService(place, runsOf(DYNAMODB.operations));
const streams = streamsService(place, runsOf(DYNAMODB_STREAMS.operations));

function needsOf(operation: string, input: JsonObject, of: JsonService = service) {
  const needs = needed(of.operations[operation], input);
  if (!needs) throw new Error(`There is no ${operation}.`);
  return needs;
}

const table = (name: string) => `arn:aws:dynamodb:eu-west-1:123456789012:table/${name}`;

test.each<[string, Record<string, unknown>, [string, string][]]>([
  ['PutItem', { TableName: 'boxes' }, [['PutItem', table('boxes')]]],
  ['PutItem', { TableName: table('boxes') }, [['PutItem', table('boxes')]]],
  ['Query', { TableName: 'boxes', IndexName: 'byStatus' }, [['Query', table('boxes/index/byStatus')]]],
  ['Scan', { TableName: 'boxes' }, [['Scan', table('boxes')]]],
  ['ListTables', {}, [['ListTables', table('*')]]],
  ['TagResource', { ResourceArn: table('boxes') }, [['TagResource', table('boxes')]]],
  [
    'BatchWriteItem',
    { RequestItems: { boxes: [], crates: [] } },
    [
      ['BatchWriteItem', table('boxes')],
      ['BatchWriteItem', table('crates')],
    ],
  ],
  [
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName: 'boxes' } },
        { Update: { TableName: 'boxes' } },
        { Delete: { TableName: 'crates' } },
        { ConditionCheck: { TableName: 'crates' } },
      ],
    },
    [
      ['PutItem', table('boxes')],
      ['UpdateItem', table('boxes')],
      ['DeleteItem', table('crates')],
      ['ConditionCheckItem', table('crates')],
    ],
  ],
  ['TransactGetItems', { TransactItems: [{ Get: { TableName: 'boxes' } }] }, [['GetItem', table('boxes')]]],
])('%s of %j needs %j', (operation, input, expected) => {
  expect(needsOf(operation, input)).toEqual(
    expected.map(([action, resource]) => ({ action: `dynamodb:${action}`, resource })),
  );
});

test.each([
  ['PutItem', { TableName: { S: 'x' } }],
  ['BatchGetItem', { RequestItems: null }],
  ['BatchGetItem', { RequestItems: [1] }],
  ['TransactWriteItems', { TransactItems: 'x' }],
  ['TransactWriteItems', { TransactItems: [null, { Put: null }, 7] }],
  ['Query', { TableName: 7, IndexName: {} }],
])('%s of %j, which is malformed, throws nothing', (operation, input) => {
  expect(() => needsOf(operation, input)).not.toThrow();
});

test.each<[string, JsonObject, string, string]>([
  ['ListStreams', {}, 'ListStreams', '*'],
  ['DescribeStream', { StreamArn: table('boxes/stream/1') }, 'DescribeStream', table('boxes/stream/1')],
  ['GetRecords', { ShardIterator: `${table('boxes/stream/1')}|7` }, 'GetRecords', table('boxes/stream/1')],
  ['GetRecords', { ShardIterator: 7 }, 'GetRecords', table('*/stream/*')],
])('of streams, %s of %j needs %s of %s', (operation, input, action, resource) => {
  expect(needsOf(operation, input, streams)).toEqual([{ action: `dynamodb:${action}`, resource }]);
});

test.each<[string, JsonObject, string, string]>([
  ['ExecuteStatement', { Statement: 'SELECT * FROM boxes' }, 'PartiQLSelect', 'boxes'],
  ['ExecuteStatement', { Statement: 'SELECT * FROM "boxes"."by"' }, 'PartiQLSelect', 'boxes/index/by'],
  ['BatchExecuteStatement', { Statements: [{ Statement: 'DELETE FROM boxes' }] }, 'PartiQLDelete', 'boxes'],
  [
    'ExecuteTransaction',
    { TransactStatements: [{ Statement: "INSERT INTO boxes VALUE {'a': 1}" }] },
    'PartiQLInsert',
    'boxes',
  ],
])('%s of %j needs %s of %s', (operation, input, action, name) => {
  expect(needsOf(operation, input)).toEqual([{ action: `dynamodb:${action}`, resource: table(name) }]);
});

test('an operation that is only described, or only done, is refused when the service is built', () => {
  const { PutItem: _, ...without } = runsOf<string>(DYNAMODB.operations);
  const build = (runs: Record<string, () => JsonObject>) => () =>
    dynamoDbService(place, { ...runsOf(DYNAMODB.operations), ...runs });
  expect(build({ MakeTea: nothing })).toThrow(/MakeTea/);
  // @ts-expect-error Types say so too.
  expect(() => dynamoDbService(place, without)).toThrow(/PutItem/);
});
