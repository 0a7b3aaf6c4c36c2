import { expect, test } from 'vitest';
import { needsOf } from '../../../src/services/dynamodb/needs.ts';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
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
  expect(needsOf(operation, input, place)).toEqual(
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
  expect(() => needsOf(operation, input, place)).not.toThrow();
});
