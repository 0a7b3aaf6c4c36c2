import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DynamoDbError } from '../../../../src/services/dynamodb/engine/dynamodb-error.ts';
import {
  parseCondition,
  parseFilter,
  parseKeyCondition,
  parseProjection,
  parseUpdate,
} from '../../../../src/services/dynamodb/engine/expressions/parse.ts';
import { runsOf } from '../../../matrix.ts';
import { refusal } from '../refusal.ts';
import { placeholders } from './with-values.ts';

const refused = (condition: string) => refusal(() => parseCondition(condition, placeholders()));
const invalid = (message: string) => `Invalid ConditionExpression: ${message}`;

describe('a syntax error names its token and quotes what stands around it', () => {
  test.each([
    // Recorded on AWS: floci-io/floci, issue 1512
    ['a-b', '-', 'a-b'],
    // paritysuite/dynamodb-conformance, tests/tier3/validation-ordering/deepRequests.test.ts
    ['a = = b', '=', '= = b'],
    // nubo-db/dynamodb-conformance, tests/tier3/error-messages/getItem.test.ts
    ['!!! INVALID !!!', '!', '!!'],
    // kritish-dhaubanjar/dynamodb-dashboard, issue 735
    ['#a attribute_not_exists :s', 'attribute_not_exists', '#a attribute_not_exists :s'],
    ['a IN ()', ')', '()'],
    ['attribute_type()', ')', '()'],
    ['a = :s b', 'b', ':s b'],
    ['a[:one] = b', ':one', '[:one]'],
    ['a[#a] = b', '#a', '[#a]'],
    ['a = b = c', '=', 'b = c'],
    ['a AND :t', 'AND', 'a AND :t'],
    ['a = :t OR NOT :t', '<EOF>', ':t'],
    ['a', '<EOF>', 'a'],
    ['(a)', '<EOF>', ')'],
    ['(a = b', '<EOF>', 'b'],
    ['a = b)', ')', 'b)'],
    ['NOT (a = b) = c', '=', ') = c'],
    ['a = and(b)', 'and', '= and('],
    ['_a = b', '_', '_a'],
    ['1a = b', '1', '1a'],
    ['a = \u{1f600}', '\u{1f600}', '= \u{1f600}'],
  ])('%s', (condition, token, near) => {
    expect(refused(condition)).toBe(invalid(`Syntax error; token: "${token}", near: "${near}"`));
  });

  test('however deep it lies', () => {
    expect(refused('('.repeat(4096))).toBe(invalid('Syntax error; token: "<EOF>", near: "("'));
    expect(refused('f('.repeat(2048))).toBe(invalid('Syntax error; token: "<EOF>", near: "("'));
  });
});

const USE = 'The function is not allowed to be used this way in an expression; function: ';
const COUNT = 'Incorrect number of operands for operator or function; operator or function: ';
const TYPE = 'Incorrect operand type for operator or function; operator or function: ';
const DISTINCT =
  'The first operand must be distinct from the remaining operands for this operator or function; operator: ';

// Alternator's tests of conditions, nubo-db/dynamodb-conformance, tests/tier3/error-messages, and dynalite's records
// of AWS, test/scan.js
test.each([
  ['', 'The expression can not be empty;'],
  ['((a = b))', 'The expression has redundant parentheses;'],
  ['((attribute_not_exists(pk)))', 'The expression has redundant parentheses;'],
  ['((a)) = b', 'The expression has redundant parentheses;'],
  ['a = ((b))', 'The expression has redundant parentheses;'],
  [`${'('.repeat(2000)}a<b${')'.repeat(2000)}`, 'The expression has redundant parentheses;'],
  ['dog(a) = :one', 'Invalid function name; function: dog'],
  ['ATTRIBUTE_EXISTS(a)', 'Invalid function name; function: ATTRIBUTE_EXISTS'],
  [`a < ${'f('.repeat(1300)}b${')'.repeat(1300)}`, 'Invalid function name; function: f'],
  [
    'if_not_exists(a, b) = :one',
    'The function is not allowed in a condition expression; function: if_not_exists',
  ],
  ['size(a)', `${USE}size`],
  ['attribute_exists(a) < :one', `${USE}attribute_exists`],
  ['a IN (:one, contains(b, c))', `${USE}contains`],
  ['abs = :one AND size = :two', 'Attribute name is a reserved keyword; reserved keyword: size'],
  ['a.Status.b = :one', 'Attribute name is a reserved keyword; reserved keyword: Status'],
  ['a[2147483648] = :one', 'List index is not within the allowable range; index: [2147483648]'],
  [`a${'.b'.repeat(32)} = :one`, 'The document path has too many nesting levels; nesting levels: 33'],
  ['#x = :one', 'An expression attribute name used in the document path is not defined; attribute name: #x'],
  ['a = :x', 'An expression attribute value used in expression is not defined; attribute value: :x'],
  ['size(a, a) = :one', `${COUNT}size, number of operands: 2`],
  ['attribute_exists(a, b, c)', `${COUNT}attribute_exists, number of operands: 3`],
  ['a = a', `${DISTINCT}=, first operand: [a]`],
  ['a IN (:one, a)', `${DISTINCT}IN, first operand: [a]`],
  ['a BETWEEN b AND a', `${DISTINCT}BETWEEN, first operand: [a]`],
  ['contains(#a[0].b, a[0].b)', `${DISTINCT}contains, first operand: [a, [0], b]`],
  [
    'attribute_exists(:s)',
    'Operator or function requires a document path; operator or function: attribute_exists',
  ],
  ['attribute_type(a, b)', `${TYPE}attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}`],
  ['attribute_type(a, :one)', `${TYPE}attribute_type, operand type: N`],
  [
    'attribute_type(a, :s)',
    'Invalid attribute type name found; type: text, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}',
  ],
  ['begins_with(a, :one)', `${TYPE}begins_with, operand type: N`],
  ['begins_with(:t, a)', `${TYPE}begins_with, operand type: BOOL`],
  ['size(:one) = a', `${TYPE}size, operand type: N`],
  ['size(size(a)) = :one', `${TYPE}size, operand type: N`],
  ['a < :t', `${TYPE}<, operand type: BOOL`],
  [':l >= a', `${TYPE}>=, operand type: L`],
  ['a BETWEEN :t AND b', `${TYPE}BETWEEN, operand type: BOOL`],
  [
    'a BETWEEN :two AND :one',
    'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ' +
      'lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}',
  ],
  [
    'a BETWEEN :one AND :s',
    'The BETWEEN operator requires same data type for lower and upper bounds; ' +
      'lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:text}',
  ],
  [
    `a IN (${Array(101).fill(':one').join()})`,
    'The IN operator is provided with too many operands; number of operands: 101',
  ],
  [`${'not '.repeat(1000)}a<b`, 'The expression contains too many operators; operator count: 301'],
  [
    `a<b ${'or (a<b '.repeat(454)}${')'.repeat(454)}`,
    'The expression contains too many operators; operator count: 301',
  ],
  ['('.repeat(4097), 'Expression size has exceeded the maximum allowed size; expression size: 4097'],
  ['é'.repeat(2049), 'Expression size has exceeded the maximum allowed size; expression size: 4098'],
])('%.60s is refused: %.80s', (condition, message) => {
  expect(refused(condition)).toBe(invalid(message));
});

describe('of several faults, DynamoDB tells', () => {
  test.each([
    ['a syntax error first', 'dog(a) = :x AND', 'Syntax error; token: "<EOF>", near: "AND"'],
    ['parentheses before functions', '((dog(a)))', 'The expression has redundant parentheses;'],
    ['functions before words', 'status = dog(a)', 'Invalid function name; function: dog'],
    [
      'words before operands',
      'size(a, b) = status',
      'Attribute name is a reserved keyword; reserved keyword: status',
    ],
    // paritysuite/dynamodb-conformance, tests/tier3/validation-ordering/queryKeyCondition.test.ts
    ['the first condition first', 'a < :t AND a = :x', `${TYPE}<, operand type: BOOL`],
    [
      'an undefined value first in one condition',
      'begins_with(:x, :one)',
      'An expression attribute value used in expression is not defined; attribute value: :x',
    ],
  ])('%s', (_, condition, message) => {
    expect(refused(condition)).toBe(invalid(message));
  });
});

test('each kind of expression has its own name in a refusal', () => {
  const parsers = [parseFilter, parseKeyCondition, parseUpdate, parseProjection];
  expect(parsers.map((parse) => refusal(() => parse('-', placeholders())))).toEqual(
    ['FilterExpression', 'KeyConditionExpression', 'UpdateExpression', 'ProjectionExpression'].map(
      (name) => `Invalid ${name}: Syntax error; token: "-", near: "-"`,
    ),
  );
});

const pieces = fc.constantFrom(
  ...'a b.c l[0] #a #x :one :s :l :ss :x ( ) , = <> < >= + - AND OR NOT IN BETWEEN SET REMOVE ADD DELETE'.split(
    ' ',
  ),
  ...'size( contains( begins_with( attribute_exists( attribute_type( if_not_exists( list_append( dog('.split(
    ' ',
  ),
  ...['[', ']', '.', '!', '9', '_', '"', '\u2028'],
);

test('no text of any kind is met by anything but a ValidationException', () => {
  const parsers = [parseCondition, parseKeyCondition, parseUpdate, parseProjection];
  fc.assert(
    fc.property(fc.constantFrom(...parsers), fc.array(pieces, { maxLength: 25 }), (parse, text) => {
      try {
        parse(text.join(' '), placeholders());
      } catch (error) {
        if (!(error instanceof DynamoDbError)) throw error;
        expect(error.name).toBe('ValidationException');
      }
    }),
    { numRuns: runsOf(5000) },
  );
});
