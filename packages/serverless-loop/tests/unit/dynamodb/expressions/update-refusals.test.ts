import { expect, test } from 'vitest';
import { parseProjection, parseUpdate } from '../../../../src/services/dynamodb/engine/expressions/parse.ts';
import { refusal } from '../refusal.ts';
import { placeholders } from './with-values.ts';

const OVERLAP =
  'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ';
const CONFLICT =
  'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: ';
const TYPE = 'Incorrect operand type for operator or function; operator';

// test/alternator/test_update_expression.py, nubo-db/dynamodb-conformance, tests/tier3/error-messages/updateItem.test.ts,
// getmoto/moto, tests/test_dynamodb/exceptions, and dynalite's records of AWS, test/updateItem.js
test.each([
  ['', 'The expression can not be empty;'],
  ['INVALID SYNTAX HERE', 'Syntax error; token: "INVALID", near: "INVALID SYNTAX"'],
  ['SET', 'Syntax error; token: "<EOF>", near: "SET"'],
  ['SET a = :one, b = :two,', 'Syntax error; token: "<EOF>", near: ","'],
  ['SET _123 = :one', 'Syntax error; token: "_", near: "SET _123"'],
  ['SET hi-there = :one', 'Syntax error; token: "-", near: "hi-there"'],
  ['SET :s = :one', 'Syntax error; token: ":s", near: "SET :s ="'],
  ['SET # = :one', 'Syntax error; token: "#", near: "SET # ="'],
  ['SET a[:one] = :one', 'Syntax error; token: ":one", near: "[:one]"'],
  ['SET a = :one + :one + :one', 'Syntax error; token: "+", near: ":one + :one"'],
  ['SET c = if_not_exists(c, :one+:two)', 'Syntax error; token: "+", near: ":one+:two"'],
  ['SET a = _f(b)', 'Syntax error; token: "_", near: "= _f"'],
  ['REMOVE a b', 'Syntax error; token: "b", near: "a b"'],
  ['ADD a b', 'Syntax error; token: "b", near: "a b"'],
  // aws/aws-cdk, issue 7591
  ['ADD hits : incr', 'Syntax error; token: ":", near: "hits : incr"'],
  ['SET a = ((a + :one))', 'The expression has redundant parentheses;'],
  ['SET status = :one', 'Attribute name is a reserved keyword; reserved keyword: status'],
  ['SET a = f123_hi(b, c, d)', 'Invalid function name; function: f123_hi'],
  ['SET a = LIST_APPEND(:l, :l)', 'Invalid function name; function: LIST_APPEND'],
  ['SET a = size(a)', 'The function is not allowed in an update expression; function: size'],
  [
    'SET a = list_append(list_append(:l, :l), :l)',
    'The function is not allowed to be used this way in an expression; function: list_append',
  ],
  ['SET a = :one REMOVE b SET c = :two', 'The "SET" section can only be used once in an update expression;'],
  [
    'SET #x = :one',
    'An expression attribute name used in the document path is not defined; attribute name: #x',
  ],
  ['SET a = :x', 'An expression attribute value used in expression is not defined; attribute value: :x'],
  [
    'SET a = if_not_exists(:x, :one)',
    'An expression attribute value used in expression is not defined; attribute value: :x',
  ],
  ['SET a = :one, #a = :two', `${OVERLAP}[a], path two: [a]`],
  ['SET a.b = :one REMOVE a', `${OVERLAP}[a, b], path two: [a]`],
  ['SET a = :one ADD a.b[0] :two', `${OVERLAP}[a], path two: [a, b, [0]]`],
  ['SET a.b = :one, a[1].c = :two', `${CONFLICT}[a, b], path two: [a, [1], c]`],
  [
    'SET a = list_append(:l)',
    'Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 1',
  ],
  [
    'SET a = if_not_exists(if_not_exists(a, :one), :one)',
    'Operator or function requires a document path; operator or function: if_not_exists',
  ],
  ['SET a = :s + :one', `${TYPE} or function: +, operand type: S`],
  ['SET a = :one - :ss', `${TYPE} or function: -, operand type: SS`],
  ['SET a = list_append(a, :s)', `${TYPE} or function: list_append, operand type: S`],
  ['ADD a :s', `${TYPE}: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND`],
  ['ADD a :l', `${TYPE}: ADD, operand type: LIST, typeSet: ALLOWED_FOR_ADD_OPERAND`],
  ['DELETE a :one', `${TYPE}: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND`],
  ['DELETE a :t', `${TYPE}: DELETE, operand type: BOOLEAN, typeSet: ALLOWED_FOR_DELETE_OPERAND`],
  // paritysuite/dynamodb-conformance, tests/tier3/validation-ordering/deepRequests.test.ts
  [`SET ${'a'.repeat(4093)}`, 'Expression size has exceeded the maximum allowed size;'],
])('%.60s is refused: %.80s', (update, message) => {
  expect(refusal(() => parseUpdate(update, placeholders()))).toBe(`Invalid UpdateExpression: ${message}`);
});

test('many paths are compared without comparing each with each', () => {
  const paths = Array.from({ length: 300 }, (_, index) => `l[${index}].x`);
  const { remove } = parseUpdate(`REMOVE ${paths.join()}`, placeholders());
  expect(remove).toHaveLength(300);
});

// test/alternator/test_projection_expression.py
test.each([
  ['a, a', `${OVERLAP}[a], path two: [a]`],
  ['a, a.b', `${OVERLAP}[a], path two: [a, b]`],
  ['a.b.c, a.b', `${OVERLAP}[a, b, c], path two: [a, b]`],
  ['a.b, a[0]', `${CONFLICT}[a, b], path two: [a, [0]]`],
  ['a,', 'Syntax error; token: "<EOF>", near: ","'],
  [':one', 'Syntax error; token: ":one", near: ":one"'],
  ['a b', 'Syntax error; token: "b", near: "a b"'],
])('the projection %s is refused: %s', (projection, message) => {
  expect(refusal(() => parseProjection(projection, placeholders()))).toBe(
    `Invalid ProjectionExpression: ${message}`,
  );
});
