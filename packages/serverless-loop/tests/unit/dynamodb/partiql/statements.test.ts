import { expect, test } from 'vitest';
import { readPartiql } from '../../../../src/services/dynamodb/engine/partiql/read-partiql.ts';

// The grammar: "PartiQL statements for DynamoDB", ql-reference.statements of the developer guide; what AWS did with
// each form is recorded in paritysuite/dynamodb-conformance, tests/tier2/partiql, and in getmoto/moto,
// tests/test_dynamodb/test_dynamodb_statements.py (aws_verified).

test('a SELECT names a table or an index, and paths or everything', () => {
  expect(readPartiql('select * from Orders')).toEqual({ kind: 'select', table: 'Orders', orderBy: [] });
  expect(
    readPartiql('SELECT a, m.sub, "l"[1], m[\'x\'] FROM "Or-ders"."by date" ORDER BY a DESC, b;'),
  ).toEqual({
    kind: 'select',
    table: 'Or-ders',
    index: 'by date',
    selected: [
      { path: ['a'], name: 'a' },
      { path: ['m', 'sub'], name: 'sub' },
      { path: ['l', 1], name: 'l[1]' },
      { path: ['m', 'x'], name: 'x' },
    ],
    orderBy: [
      { path: ['a'], descending: true },
      { path: ['b'], descending: false },
    ],
  });
});

test('an index of minus zero is that of zero', () => {
  expect(readPartiql('SELECT l[-0] FROM T')).toMatchObject({ selected: [{ path: ['l', 0], name: 'l[0]' }] });
});

test('an INSERT has values of every type that PartiQL can write', () => {
  const statement = `INSERT INTO "T" VALUE {'s': 'it''s', 'n': -1.50e1, 'half': .5, 't': TRUE, 'f': false, 'z': null,
    'l': [1, 'a', []], 'm': {'x': {}}, 'ss': <<'a', 'b'>>, 'ns': <<1, 10>>, 'p': ?, 'bs': <<?>>}`;
  expect(readPartiql(statement, [{ B: 'AQ==' }, { B: 'Ag==' }])).toEqual({
    kind: 'insert',
    table: 'T',
    item: {
      s: { S: "it's" },
      n: { N: '-15' },
      half: { N: '0.5' },
      t: { BOOL: true },
      f: { BOOL: false },
      z: { NULL: true },
      l: { L: [{ N: '1' }, { S: 'a' }, { L: [] }] },
      m: { M: { x: { M: {} } } },
      ss: { SS: ['a', 'b'] },
      ns: { NS: ['1', '10'] },
      p: { B: 'AQ==' },
      bs: { BS: ['Ag=='] },
    },
  });
});

test('an UPDATE sets, removes, adds to sets and returns', () => {
  const statement = `UPDATE T SET a = 1, m.b = list_append(m.b, ?) SET n=n-1 REMOVE l[0] REMOVE "key"
    SET ss = SET_ADD(ss, <<'x'>>) SET ns = set_delete(ns, <<2>>) WHERE pk = 'p' RETURNING MODIFIED NEW *`;
  expect(readPartiql(statement, [{ L: [] }])).toEqual({
    kind: 'update',
    table: 'T',
    update: {
      set: [
        { path: ['a'], value: { kind: 'value', value: { N: '1' } } },
        {
          path: ['m', 'b'],
          value: {
            kind: 'list_append',
            left: { kind: 'path', path: ['m', 'b'] },
            right: { kind: 'value', value: { L: [] } },
          },
        },
        {
          path: ['n'],
          value: {
            kind: 'minus',
            left: { kind: 'path', path: ['n'] },
            right: { kind: 'value', value: { N: '1' } },
          },
        },
      ],
      remove: [['l', 0], ['key']],
      add: [{ path: ['ss'], value: { SS: ['x'] } }],
      delete: [{ path: ['ns'], value: { NS: ['2'] } }],
    },
    where: {
      kind: 'compare',
      operator: '=',
      left: { kind: 'path', path: ['pk'] },
      right: { kind: 'value', value: { S: 'p' } },
    },
    returning: 'MODIFIED_NEW',
  });
});

test('an UPDATE may begin with FROM and its WHERE', () => {
  const usual = readPartiql("UPDATE T SET c = 2 REMOVE a WHERE pk = 'p' RETURNING ALL OLD *");
  expect(readPartiql("from T where pk = 'p' set c = 2 remove a returning all old *")).toEqual(usual);
});

test('a DELETE returns at most what was there', () => {
  expect(readPartiql("DELETE FROM T WHERE pk = 'p' RETURNING ALL OLD *")).toMatchObject({
    kind: 'delete',
    table: 'T',
    returning: 'ALL_OLD',
  });
  expect(readPartiql('DELETE FROM T')).toEqual({ kind: 'delete', table: 'T' });
});

test('EXISTS holds a SELECT', () => {
  expect(readPartiql('EXISTS(SELECT * FROM T WHERE pk = ? AND x IS MISSING)', [{ S: 'p' }])).toMatchObject({
    kind: 'exists',
    select: { kind: 'select', table: 'T' },
  });
});

test('comments are space', () => {
  const plain = readPartiql("SELECT * FROM T WHERE pk = 'a--b /*c*/'");
  expect(
    readPartiql("-- a\nSELECT/**/* FROM T --the table\nWHERE pk/* key */= 'a--b /*c*/' -- done"),
  ).toEqual(plain);
});
