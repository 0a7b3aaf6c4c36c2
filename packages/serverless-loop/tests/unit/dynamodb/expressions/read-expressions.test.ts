import { describe, expect, test } from 'vitest';
import {
  checkExpressionMembers,
  type ExpressionMembers,
  type ExpressionOperation,
} from '../../../../src/services/dynamodb/engine/expressions/expression-members.ts';
import { readExpressions } from '../../../../src/services/dynamodb/engine/expressions/read-expressions.ts';
import { refusal } from '../refusal.ts';

function read(operation: ExpressionOperation, members: ExpressionMembers) {
  checkExpressionMembers(operation, members);
  return readExpressions(operation, members);
}

test('the expressions of a request share their names and values', () => {
  const { update, condition } = read('UpdateItem', {
    UpdateExpression: 'SET #a = :new',
    ConditionExpression: '#a = :old OR #b = :old',
    ExpressionAttributeNames: { '#a': 'count', '#b': '__proto__' },
    ExpressionAttributeValues: { ':new': { N: '1.0' }, ':old': { N: '2' } },
  });
  expect(update?.set).toEqual([{ path: ['count'], value: { kind: 'value', value: { N: '1' } } }]);
  expect(condition).toMatchObject({ kind: 'or' });
});

const BOTH = 'Can not use both expression and non-expression parameters in the same request: ';
const value = { ':v': { S: 'a' } };

// nubo-db/dynamodb-conformance, tests/tier3/error-messages, and dynalite's records of AWS
test.each<[ExpressionOperation, ExpressionMembers, string]>([
  [
    'PutItem',
    { ConditionExpression: 'a = :v', Expected: {} },
    `${BOTH}Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}`,
  ],
  [
    'UpdateItem',
    { UpdateExpression: 'x', ConditionExpression: 'x', Expected: {}, AttributeUpdates: {} },
    `${BOTH}Non-expression parameters: {AttributeUpdates, Expected} Expression parameters: {UpdateExpression, ConditionExpression}`,
  ],
  [
    'Query',
    {
      FilterExpression: 'x',
      KeyConditionExpression: 'x',
      KeyConditions: {},
      QueryFilter: {},
      ConditionalOperator: 'AND',
    },
    `${BOTH}Non-expression parameters: {QueryFilter, ConditionalOperator, KeyConditions} Expression parameters: {FilterExpression, KeyConditionExpression}`,
  ],
  [
    'GetItem',
    { ProjectionExpression: 'x', AttributesToGet: ['a'] },
    `${BOTH}Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}`,
  ],
  [
    'GetItem',
    { ExpressionAttributeNames: { '#a': 'a' } },
    'ExpressionAttributeNames can only be specified when using expressions',
  ],
  [
    'PutItem',
    { ExpressionAttributeValues: value },
    'ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null',
  ],
  [
    'UpdateItem',
    { ExpressionAttributeValues: value },
    'ExpressionAttributeValues can only be specified when using expressions: UpdateExpression and ConditionExpression are null',
  ],
  [
    'Scan',
    { ProjectionExpression: 'a', ExpressionAttributeValues: value },
    'ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null',
  ],
  [
    'PutItem',
    { ConditionExpression: 'a', ExpressionAttributeNames: {} },
    'ExpressionAttributeNames must not be empty',
  ],
  [
    'PutItem',
    { ConditionExpression: 'a', ExpressionAttributeValues: {} },
    'ExpressionAttributeValues must not be empty',
  ],
  [
    'PutItem',
    { ConditionExpression: 'a', ExpressionAttributeNames: { '#va#l2': 'a' } },
    'ExpressionAttributeNames contains invalid key: Syntax error; key: "#va#l2"',
  ],
  [
    'PutItem',
    { ConditionExpression: 'a', ExpressionAttributeValues: { v: { S: 'a' } } },
    'ExpressionAttributeValues contains invalid key: Syntax error; key: "v"',
  ],
  [
    'PutItem',
    { ConditionExpression: 'a', ExpressionAttributeValues: { ':v': { N: 'x' } } },
    'ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :v',
  ],
  [
    'PutItem',
    {
      ConditionExpression: 'a = :v',
      ExpressionAttributeValues: { ...value, ':w': { S: '' }, ':x': { S: '' } },
    },
    'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w, :x}',
  ],
  [
    'UpdateItem',
    {
      UpdateExpression: 'REMOVE a',
      ExpressionAttributeNames: { '#a': 'a' },
      ExpressionAttributeValues: value,
    },
    'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}',
  ],
  ['PutItem', { ConditionExpression: '' }, 'Invalid ConditionExpression: The expression can not be empty;'],
  [
    'UpdateItem',
    { UpdateExpression: 'a', ConditionExpression: 'b' },
    'Invalid UpdateExpression: Syntax error; token: "a", near: "a"',
  ],
  [
    'Query',
    { FilterExpression: 'a = b' },
    'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
  ],
])('%s with %j is refused: %s', (operation, members, message) => {
  expect(refusal(() => read(operation, members))).toBe(message);
});

test('a value that no evaluation would reach is used nonetheless', () => {
  const members = {
    ConditionExpression: 'a = :v OR b = :w',
    ExpressionAttributeValues: { ...value, ':w': { S: '' } },
  };
  expect(read('DeleteItem', members).condition).toBeDefined();
});

describe('names and references have lengths', () => {
  const withName = (reference: string, name: string) => () =>
    read('GetItem', { ProjectionExpression: reference, ExpressionAttributeNames: { [reference]: name } });

  test('an attribute name is neither empty nor longer than 65535 bytes', () => {
    expect(refusal(withName('#a', ''))).toMatch(/Empty attribute name/);
    expect(refusal(withName('#a', 'x'.repeat(65_536)))).toMatch(/must be less than 65536 bytes/);
    expect(withName('#a', 'x'.repeat(65_535))().projection).toHaveLength(1);
  });

  test('a reference has 255 bytes at most', () => {
    expect(withName(`#${'a'.repeat(254)}`, 'a')().projection).toEqual([['a']]);
    expect(refusal(withName(`#${'a'.repeat(255)}`, 'a'))).toMatch(/a key that is too long/);
  });
});

test('KeyConditions may stand beside a filter expression', () => {
  const { keyCondition, filter } = read('Query', {
    KeyConditions: { p: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'a' }] } },
    FilterExpression: 'attribute_exists(a)',
  });
  expect(keyCondition).toEqual([{ name: 'p', operator: '=', values: [{ S: 'a' }] }]);
  expect(filter).toEqual({ kind: 'exists', path: ['a'] });
});
