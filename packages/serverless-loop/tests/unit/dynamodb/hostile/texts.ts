import fc from 'fast-check';
import { TABLE } from '../model/engine-under-test.ts';

const soup = (words: readonly string[]) =>
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 14 }).map((chosen) => chosen.join(' '));

const CONDITION = [
  'a = :v0',
  'a IN (b, :v1)',
  '#n0 < :v0',
  'NOT',
  'AND',
  'OR',
  '(',
  ')',
  'size(a)',
  '=',
  ':v0',
  '#n0',
].concat([
  'attribute_exists(a)',
  'begins_with(a, :v0)',
  'contains(a, b)',
  'BETWEEN',
  'IN',
  ',',
  'pk = :v0',
  'sk',
  'l[0].x',
  'size',
]);
const UPDATE = [
  'SET a = :v0',
  'SET',
  'REMOVE l[0], l[2]',
  'REMOVE a',
  'ADD n :v1',
  'DELETE ss :v0',
  ',',
  'a = a + :v1',
  '#n0',
].concat([
  'b = list_append(l, :v0)',
  'c = if_not_exists(a, :v1)',
  'm.x = :v0',
  'pk',
  '=',
  '(',
  ')',
  '+',
  '-',
]);
const PARTIQL = [
  'SELECT * FROM items',
  'WHERE',
  "pk = 'p'",
  'AND',
  'sk = 1',
  'OR',
  'NOT',
  'a IN [1, b]',
  '?',
  'ORDER BY sk DESC',
].concat(
  [
    'UPDATE items',
    'SET a = ?',
    'REMOVE l[0]',
    'RETURNING ALL NEW *',
    'DELETE FROM items',
    "INSERT INTO items VALUE {'pk':'p','sk':1}",
  ],
  [
    '"items"."byG"',
    'g = ?',
    'EXISTS(',
    ')',
    '<<1>>',
    '[',
    '{',
    'IS MISSING',
    "begins_with(g, 'x')",
    'size(a) > 1',
    'LIMIT 1',
  ],
);
const ENUMS =
  'HASH,RANGE,S,N,B,ALL,KEYS_ONLY,INCLUDE,PAY_PER_REQUEST,PROVISIONED,NEW_AND_OLD_IMAGES,KEYS_ONLY,ALL_OLD,ALL_NEW'
    .concat(
      ',UPDATED_NEW,NONE,TOTAL,INDEXES,SIZE,COUNT,SPECIFIC_ATTRIBUTES,ALL_PROJECTED_ATTRIBUTES,EQ,NE,IN,BETWEEN,NULL',
    )
    .concat(
      ',NOT_NULL,CONTAINS,BEGINS_WITH,GT,PUT,ADD,DELETE,AND,OR,TRIM_HORIZON,LATEST,AT_SEQUENCE_NUMBER,STANDARD',
    )
    .split(',');

const ARN = `arn:aws:dynamodb:eu-west-1:000000000000:table/${TABLE}`;

/** Texts by the member that they are for; an SDK would send most of them. */
const TEXTS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  TableName: fc.oneof({ arbitrary: fc.constantFrom(TABLE, ARN), weight: 20 }, fc.constantFrom('other', 'x')),
  IndexName: fc.constantFrom('byG', 'withG', 'new', 'no'),
  AttributeName: fc.constantFrom('pk', 'sk', 'g', 'a', 'expires'),
  ResourceArn: fc.constantFrom(ARN, `${ARN}x`, 'x'),
  StreamArn: fc.constantFrom(`${ARN}/stream/2026-01-01T00:00:00.000`, 'x'),
  Statement: soup(PARTIQL),
  ConditionExpression: soup(CONDITION),
  FilterExpression: soup(CONDITION),
  KeyConditionExpression: fc.oneof(
    soup(CONDITION),
    fc.constantFrom('pk = :v0', 'pk = :v0 AND sk > :v1', 'g = :v0'),
  ),
  ProjectionExpression: fc.constantFrom('a', 'a, b', 'l[0], l[1]', 'a.b, a', '#n0', '', 'pk', 'a['),
  UpdateExpression: soup(UPDATE),
};

/** Enumerations, whose other values end a request before anything else is looked at. */
const WORDS: Readonly<Record<string, string>> = {
  ReturnConsumedCapacity: 'TOTAL INDEXES NONE',
  ReturnItemCollectionMetrics: 'SIZE NONE',
  ReturnValues: 'NONE ALL_OLD ALL_NEW UPDATED_OLD UPDATED_NEW',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD NONE',
  Select: 'COUNT ALL_ATTRIBUTES SPECIFIC_ATTRIBUTES ALL_PROJECTED_ATTRIBUTES',
  ConditionalOperator: 'AND OR',
  ComparisonOperator: 'EQ NE IN LE LT GE GT BETWEEN NOT_NULL NULL CONTAINS NOT_CONTAINS BEGINS_WITH',
  Action: 'PUT ADD DELETE',
  KeyType: 'HASH RANGE',
  AttributeType: 'S N B',
  ProjectionType: 'ALL KEYS_ONLY INCLUDE',
  BillingMode: 'PAY_PER_REQUEST PROVISIONED',
  StreamViewType: 'NEW_IMAGE OLD_IMAGE NEW_AND_OLD_IMAGES KEYS_ONLY',
  ShardIteratorType: 'TRIM_HORIZON LATEST AT_SEQUENCE_NUMBER AFTER_SEQUENCE_NUMBER AT_TIMESTAMP',
  TableClass: 'STANDARD STANDARD_INFREQUENT_ACCESS',
};

export function textFor(member: string): fc.Arbitrary<string> {
  const words = WORDS[member];
  return words === undefined ? plainText(member) : fc.constantFrom(...words.split(' '));
}

const plainText = (member: string): fc.Arbitrary<string> =>
  TEXTS[member] ?? fc.oneof(fc.constantFrom(...ENUMS), fc.constantFrom('a', 'pk', '#n0', ''), fc.string());

export const keyFor = (member: string): fc.Arbitrary<string> => {
  if (member === 'ExpressionAttributeValues') return fc.constantFrom(':v0', ':v1', ':x', 'v');
  if (member === 'ExpressionAttributeNames') return fc.constantFrom('#n0', '#n1', 'n');
  if (member === 'RequestItems') return fc.constantFrom(TABLE, TABLE, TABLE, 'other');
  return fc.constantFrom('pk', 'sk', 'g', 'a', 'l', 'm', '__proto__', 'toString');
};
