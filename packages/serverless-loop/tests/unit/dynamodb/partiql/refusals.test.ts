import { describe, expect, test } from 'vitest';
import { readPartiql } from '../../../../src/services/dynamodb/engine/partiql/read-partiql.ts';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';

// Recorded on AWS in paritysuite/dynamodb-conformance, tests/tier3/error-messages/partiqlGrammar.test.ts and
// partiqlFunctions.test.ts, and in hectorvent/floci, DynamoDbPartiQLEdgeCaseIntegrationTest.java.

function refusal(statement: string, ...parameters: AttributeValue[]): string {
  try {
    readPartiql(statement, parameters);
  } catch (error) {
    expect(error).toMatchObject({ name: 'ValidationException' });
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error(`Not refused: ${statement}`);
}

const NOT_WELL_FORMED = "Statement wasn't well formed, can't be processed: ";

describe('a statement that is not well formed', () => {
  test.each([
    ['SELECT * FROM T WHERE pk = 1 foo', 'Unexpected token after expression'],
    ['SELECT * FROM T WHERE pk = 1 e5', 'Unexpected token after expression'],
    ["INSERT INTO T VALUE {'pk': 1} foo", 'Unexpected token after expression'],
    ['UPDATE T SET a = 9 WHERE pk = 1 foo', 'Unexpected token after expression'],
    ['DELETE FROM T WHERE pk = 1 foo', 'Unexpected token after expression'],
    ['SELECT * FROM T WHERE pk = 1)', 'Unexpected token after expression'],
    ['DELETE FROM T WHERE pk = 1 ORDER BY pk', 'Unexpected token after expression'],
    ['SELECT * FROM T ORDER BY pk WHERE pk = 1', 'Unexpected token after expression'],
    ["INSERT INTO T t VALUE {'pk': 'x'}", 'Unexpected token after expression'],
    ['FROM T SET c = 1 WHERE pk = 1', 'Unexpected token after expression'],
    ['SELECT * FROM T WHERE pk = 1e2147483648', ''],
    ['SELECT * FROM T WHERE pk = 1e99999999999', ''],
    ['SELECT * FROM T WHERE pk = 1.5e-2147483647', ''],
    ['SELECT * FROM T WHERE pk = 1 # note', ''],
    ['SELECT * FROM T WHERE pk = 1 /* note', ''],
    ['SELECT * FROM T WHERE', 'Unexpected term'],
    ['SELECT * FROM T WHERE;', 'Unexpected term'],
    ['UPDATE T SET a = 1 WHERE', 'Unexpected term'],
    ['DELETE FROM T WHERE', 'Unexpected term'],
    ['SELECT * FROM T WHERE NOT', 'Unexpected term'],
    ['SELECT * FROM T WHERE (', 'Unexpected term'],
    ['SELECT * FROM', 'Unexpected term'],
    ["SELECT * FROM T WHERE pk = 'p1' AND", 'Missing right-hand side expression of infix operator'],
    ["SELECT * FROM T WHERE pk = 'p1' OR", 'Missing right-hand side expression of infix operator'],
    ['SELECT * FROM T WHERE ORDER BY pk', 'Unexpected keyword'],
    ['INSERT INTO urls (key, clicks) VALUES (?, ?)', 'Unexpected keyword'],
    ["SELECT * FROM T WHERE pk = 'a' AND x IS FOO", 'Expected type name'],
    ['SELECT * FROM T WHERE IS NULL', 'Unexpected operator'],
    ['SELECT * FROM T WHERE pk = LIKE', 'Unexpected operator'],
    ['DELETE FROM', 'Expected identifier for simple path'],
    ['DELETE FROM;', 'Expected identifier for simple path'],
    ["DELETE FROM WHERE pk = 'a'", 'Expected identifier for simple path'],
    ["SLECT * FROM T WHERE pk = 'p'", 'Expected data manipulation'],
    ['UPDATE Payment-T SET active=? WHERE subscriptionId=?', 'Expected data manipulation'],
    ['SELECT * FROM T WHERE attribute_exists(m.inner)', 'Invalid path dot component'],
    ["UPDATE T SET m.inner = set_add(m.inner, <<'y'>>) WHERE pk = 'p'", 'Invalid path dot component'],
    ['SELECT * FROM (SELECT * FROM T', 'Expected RIGHT_PAREN'],
  ])('%s', (statement, detail) => {
    expect(refusal(statement)).toBe(NOT_WELL_FORMED + detail);
  });
});

describe('what PartiQL has and DynamoDB does not', () => {
  test.each([
    ["SELECT * FROM T t WHERE pk = 'x'", 'Aliasing is not supported'],
    ["SELECT * FROM T AS t WHERE pk = 'x'", 'Aliasing is not supported'],
    ["UPDATE T t SET a = 3 WHERE pk = 'x'", 'Aliasing is not supported'],
    ["DELETE FROM T t WHERE pk = 'x'", 'Aliasing is not supported'],
    ['x IS INT4', 'Unsupported operation: IsType'],
    ['x IS DOUBLE PRECISION', 'Unsupported operation: IsType'],
    ['SELECT id FROM dbimp_page LIMIT 5', 'Unsupported clause: LIMIT at 1:33:1'],
    ['SELECT attribute_exists(ss) FROM T', 'Unexpected path component at 1:8:16'],
    ['SELECT l[-1] FROM T', 'List index is not within the allowable range; index: [-1] at 1:11:1'],
    ['SELECT * FROM T WHERE EXISTS(ss)', 'Unrecognized function: exists at 1:23:6'],
    ["SELECT * FROM T WHERE set_add(ss, <<'x'>>) = ss", 'Unrecognized function: set_add at 1:23:7'],
    [
      "INSERT INTO T VALUE {'pk': 'p', 'ss': set_add(<<'a'>>, <<'b'>>)}",
      'Unsupported data type: set_add under key root at 1:39:7',
    ],
    [
      'DELETE FROM T RETURNING MODIFIED OLD *',
      'Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.',
    ],
  ])('%s', (statement, message) => {
    expect(refusal(statement)).toBe(message);
  });
});

describe('operands', () => {
  const COUNT =
    'Incorrect number of operands for operator or function; operator or function: attribute_exists';
  const PATH = 'Operator or function requires a document path; operator or function: attribute_exists';
  const TYPE = 'Incorrect operand type for operator or function; operator or function: ';
  test.each([
    ["attribute_exists('ss')", PATH],
    ['attribute_exists()', `${COUNT}, number of operands: 0`],
    ['attribute_exists(ss, ns)', `${COUNT}, number of operands: 2`],
    ['attribute_type(l, 1)', `${TYPE}attribute_type, operand type: N`],
    ['attribute_type(l, true)', `${TYPE}attribute_type, operand type: BOOL`],
    ['val < true', `${TYPE}<, operand type: BOOL`],
    ['val >= [1]', `${TYPE}>=, operand type: L`],
    ['val BETWEEN true AND false', `${TYPE}BETWEEN, operand type: BOOL`],
    [
      "s = <<'a','a'>>",
      'One or more parameter values were invalid: Input collection [a, a] contains duplicates.',
    ],
  ])('%s', (condition, message) => {
    expect(refusal(`SELECT * FROM T WHERE ${condition}`)).toBe(message);
  });

  test('as many parameters as question marks', () => {
    const message = "Number of parameters in request and statement don't match.";
    expect(refusal('SELECT * FROM T WHERE a = ? AND b = ?', { S: 'a' })).toBe(message);
    expect(refusal('SELECT * FROM T', { S: 'a' })).toBe(message);
  });
});

describe('set_add and set_delete', () => {
  test.each([
    ["t = set_add(ss, <<'x'>>)", 'The first argument to SET_ADD must equal the assignment value at 1:18:7'],
    [
      "ss = set_add(<<'a'>>, <<'b'>>)",
      'The first argument to SET_ADD must equal the assignment value at 1:19:7',
    ],
    ["ss = set_add(ss, 'x')", 'The second argument to SET_ADD must be a value with type SET at 1:27:2'],
    ['ss = set_add(ss)', 'SET_ADD must have exactly two arguments at 1:19:7'],
    ["ss = set_delete(ss, 'a')", 'The second argument to SET_DELETE must be a value with type SET at 1:30:2'],
    [
      '"ss" = set_add("ss", [\'x\'])',
      'The second argument to SET_ADD must be a value with type SET at 1:29:4',
    ],
    [
      "ss = set_add(ss, <<'x', 'x'>>)",
      'One or more parameter values were invalid: Input collection [x, x] contains duplicates.',
    ],
    [
      'n = set_add(n, <<2, 2.0>>)',
      'One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root',
    ],
    ['ss = set_add(ss, <<>>)', 'Empty bags are not supported'],
  ])('%s', (set, message) => {
    expect(refusal(`UPDATE T SET ${set}`)).toBe(message);
  });

  test('a place is told by its line', () => {
    expect(refusal("UPDATE T\nSET BandMembers = set_add(BandMembers, 'x')")).toBe(
      'The second argument to SET_ADD must be a value with type SET at 2:27:11',
    );
  });
});

describe('numbers that DynamoDB has not', () => {
  const OVERFLOW = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
  test.each([
    ['SELECT * FROM T WHERE pk = 1e126', `${OVERFLOW} under root`],
    [
      'SELECT * FROM T WHERE pk = 123456789012345678901234567890123456789',
      'Attempting to store more than 38 significant digits in a Number under root',
    ],
    ["INSERT INTO T VALUE {'pk': 1, 'm': {'x': 1e126}}", `${OVERFLOW} under root.x`],
    ["INSERT INTO T VALUE {'pk': 1, 'l': [1, 1e126]}", `${OVERFLOW} under root[1]`],
  ])('%s', (statement, message) => {
    expect(refusal(statement)).toBe(message);
  });
});

test('an UPDATE of a path and of another inside it is refused', () => {
  for (const update of ['SET a = 1, a.b = 2', 'SET a = 1 REMOVE a', 'REMOVE l[0] SET l = 2'])
    expect(refusal(`UPDATE T ${update}`)).toContain('Two document paths overlap with each other');
});

test('brackets without end are refused', () => {
  for (const open of ['(', '[', '{', '<<', 'NOT ', '-', 'size('])
    expect(refusal(`SELECT * FROM T WHERE a = ${open.repeat(8000)}`)).toContain(NOT_WELL_FORMED);
});
