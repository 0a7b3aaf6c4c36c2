import { describe, expect, test } from 'vitest';
import { meets } from './with-values.ts';

const ITEM = {
  a: { N: '1' },
  and: { N: '1' },
  'a.b': { S: 'dotted' },
  word: { S: 'héllo' },
  bytes: { B: Buffer.from([1, 127, 128]).toString('base64') },
  seq: { L: [{ N: '1' }, { SS: ['a', 'b'] }, { L: [{ N: '1' }] }] },
  doc: { M: { x: { N: '1' }, seq: { L: [{ N: '-1' }, { N: '2' }] }, ['__proto__']: { S: 'own' } } },
  strings: { SS: ['b', 'a'] },
  numbers: { NS: ['2', '1'] },
  flag: { BOOL: true },
  nothing: { NULL: true },
};

// test/alternator/test_condition_expression.py and test_filter_expression.py were validated on AWS.
describe('a condition is met', () => {
  test.each([
    'a = :one',
    '(a) = :one',
    'a = #and',
    'a <> :two',
    'a <> :s',
    'absent <> :one',
    'absent <> another',
    'a < :two AND a <= :one AND :two > a AND a >= :one',
    'strings = :ss',
    'numbers = :ns',
    'flag = :t',
    'nothing = :null',
    'a BETWEEN :zero AND :two',
    'a between and_not and :two OR a = :one',
    'doc.x < doc.seq[1]',
    'doc.#proto = seq[0] OR attribute_exists(doc.#proto)',
    '#dotted <> :s AND attribute_exists(#dotted)',
    'a IN (absent, :one)',
    'strings IN (:ss)',
    'attribute_exists (a) AND attribute_not_exists(absent.deeper)',
    'attribute_type(a, :type) AND attribute_type(:one, :type)',
    'size(word) = :six',
    'size(bytes) = :three AND size(seq) = :three AND size(strings) = :two AND size(doc) = :three',
    'size(word) > size(seq)',
    'size(:s) > a',
    'begins_with(word, :he)',
    'begins_with(:hello, word)',
    'contains(word, :he) AND contains(strings, :letter) AND contains(numbers, :one)',
    'contains(seq, :one) AND contains(seq, :ss) AND contains(seq, :l)',
    'NOT a = :two AND NOT NOT a = :one',
    'a = :two OR a = :two AND a = :one OR a = :one',
    '(a = :one OR a = :two) AND (NOT (a = :two))',
    'a=:one aNd nOt a=:two',
  ])('%s', (condition) => {
    expect(meets(ITEM, condition, VALUES)).toBe(true);
  });
});

describe('a condition is not met, and nothing is refused,', () => {
  test.each([
    'absent = :one',
    'absent = another',
    'absent < :one OR absent >= :one OR :one > absent',
    'a < :s OR a > :s',
    'seq < :one OR :one < seq OR flag > :one',
    'absent IN (:one, another)',
    'a IN (absent, seq)',
    'i IN (j, :one)',
    'a BETWEEN seq AND doc',
    'a BETWEEN :two AND absent',
    'a BETWEEN #and AND :zero',
    'size(a) = :one OR size(flag) = :one OR size(absent) = :one OR size(nothing) > :zero',
    'size(word) = :s',
    'begins_with(a, word) OR begins_with(word, bytes) OR begins_with(absent, :s)',
    'contains(word, :one) OR contains(a, :one) OR contains(doc, :one) OR contains(bytes, :ss)',
    'contains(strings, :one) OR contains(numbers, :s) OR contains(absent, :s)',
    'attribute_type(absent, :type) OR attribute_type(word, :type)',
    'doc.y < doc.seq[100] OR a.b = :one OR seq.x = :one OR doc[0] = :one',
    'NOT a = :one AND a = :one',
    'attribute_exists(valueOf) OR attribute_exists(doc.toString) OR attribute_exists(seq.indexOf)',
  ])('%s', (condition) => {
    expect(meets(ITEM, condition, VALUES)).toBe(false);
  });
});

const VALUES = {
  ':zero': { N: '0' },
  ':one': { N: '1.0' },
  ':two': { N: '2' },
  ':three': { N: '3' },
  ':six': { N: '6' },
  ':s': { S: 'text' },
  ':he': { S: 'hé' },
  ':hello': { S: 'héllo there' },
  ':letter': { S: 'a' },
  ':t': { BOOL: true },
  ':null': { NULL: true },
  ':l': { L: [{ N: '1' }] },
  ':ss': { SS: ['a', 'b'] },
  ':ns': { NS: ['1', '2'] },
  ':type': { S: 'N' },
};

test('100 values may stand in IN', () => {
  const values = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`:v${index}`, { N: `${index}` }]),
  );
  expect(meets(ITEM, `a IN (${Object.keys(values).join(',')})`, values)).toBe(true);
});

test('299 operators and 149 levels of parentheses are read', () => {
  expect(meets(ITEM, `a = :two ${'or (a = :two '.repeat(148)}or (a = :one${')'.repeat(149)}`)).toBe(true);
});
