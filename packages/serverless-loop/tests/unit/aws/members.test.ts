import { expect, test } from 'vitest';
import { frameworkDialect, queryDialect } from '../../../src/aws/dialect.ts';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import {
  blob,
  boolean,
  integer,
  list,
  map,
  oneOf,
  required,
  structure,
  text,
  timestamp,
} from '../../../src/aws/members.ts';
import { membersReader } from '../../../src/aws/read-members.ts';
import { readerApart } from '../../../src/aws/service.ts';

const BOX = {
  Name: required(text({ min: 1, max: 5, pattern: '[a-z]+' })),
  Size: integer({ min: 1, max: 9 }),
  Packed: timestamp(),
  Seal: blob(),
  Open: boolean(),
  Mode: oneOf(['FAST', 'SAFE']),
  Labels: map(structure({ Text: required(text()) })),
  Lids: list(structure({ Id: required(text()) }), { max: 2 }),
  Words: list(text({ max: 3 })),
};

const read = readerApart(BOX, frameworkDialect());

test('JSON that is as it should be is taken as it is, without a copy', () => {
  const given = { Name: 'box', Size: 3, Labels: { a: { Text: 'b' } }, Lids: [{ Id: '1' }] };
  expect(membersReader(structure(BOX))(given, [])).toBe(given);
});

test('times become milliseconds, base64 bytes; nulls and unknown members go', () => {
  expect(read({ Name: 'box', Packed: 1.5, Seal: 'AQI=', Size: null, Other: 1, Labels: { a: null } })).toEqual(
    { Name: 'box', Packed: 1_500, Seal: Buffer.of(1, 2), Labels: {} },
  );
  const dated = readerApart({ Packed: timestamp({ form: 'iso' }) }, frameworkDialect());
  expect(dated({ Packed: '1970-01-01T00:00:01Z' }).Packed).toBe(1_000);
});

test('what stands before a member that goes or changes is kept, and an own __proto__ is no member', () => {
  const given = JSON.parse('{"Size":2,"__proto__":{"Open":true},"Name":"box","Packed":2,"Open":false}');
  expect(read(given)).toEqual({ Size: 2, Name: 'box', Packed: 2_000, Open: false });
});

test('an item or a member of another kind is left out of what the rights are judged by', () => {
  const given = { Lids: [null, { Id: 7 }, 'x', { Id: '1' }], Words: [1, 'a'], Size: 'one' };
  expect(membersReader(structure(BOX))(given, [])).toEqual({ Lids: [{}, { Id: '1' }], Words: ['a'] });
});

test('problems are told in the order of the description, whatever the order of the input', () => {
  const message = expect.stringMatching(/^2 validation errors detected: .* at 'name' .*; .* at 'size'/);
  expect(() => read({ Size: 10, Name: 'ABC' })).toThrow(expect.objectContaining({ message }));
  expect(() => read({ Size: 'ten', Name: 7 })).toThrow('Name must be a string.');
});

// The words are those of localstack/localstack, tests/aws/services/events/test_events.snapshot.json, and of
// tests/aws/services/apigateway/test_apigateway_api.snapshot.json for texts in a list (recorded).
test.each<[JsonObject, string]>([
  [
    {},
    "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
  ],
  [
    { Name: 'TOO-LONG', Mode: 'SLOW' },
    "3 validation errors detected: Value 'TOO-LONG' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+; " +
      "Value 'TOO-LONG' at 'name' failed to satisfy constraint: Member must have length less than or equal to 5; " +
      "Value 'SLOW' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [FAST, SAFE]",
  ],
  [
    { Name: 'box', Size: 10 },
    "1 validation error detected: Value '10' at 'size' failed to satisfy constraint: Member must have value less than or equal to 9",
  ],
  [
    { Name: 'box', Lids: [{ Id: '1' }, {}] },
    "1 validation error detected: Value null at 'lids.2.member.id' failed to satisfy constraint: Member must not be null",
  ],
  [
    { Name: 'box', Labels: { Kind: {} } },
    "1 validation error detected: Value null at 'labels.Kind.member.text' failed to satisfy constraint: Member must not be null",
  ],
  [
    { Name: 'box', Words: ['abc', 'abcd'] },
    "1 validation error detected: Value '[abc, abcd]' at 'words' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 3]",
  ],
])('%j is refused in the words of the framework', (given, message) => {
  expect(() => read(given)).toThrow(expect.objectContaining({ code: 'ValidationException', message }));
});

test.each<[JsonObject, string]>([
  [{ Name: 7 }, 'Name must be a string.'],
  [{ Name: 'box', Size: 1.5 }, 'Size must be an integer.'],
  [{ Name: 'box', Lids: {} }, 'Lids must be a list.'],
  [{ Name: 'box', Lids: [{ Id: {} }] }, 'Lids.1.Id must be a string.'],
  [{ Name: 'box', Lids: [null] }, 'Lids.1 must be an object.'],
  [{ Name: 'box', Labels: [] }, 'Labels must be an object.'],
  [{ Name: 'box', Packed: '1970-01-01T00:00:01Z' }, 'Packed must be a time stamp.'],
  [{ Name: 'box', Packed: 1e300 }, 'Packed must be a time stamp.'],
])('%j is no such value, which is told before any limit', (given, message) => {
  expect(() => read(given)).toThrow(expect.objectContaining({ code: 'SerializationException', message }));
});

test('a text without characters is as good as absent where the service says so', () => {
  const given = { Name: '', Note: '' };
  const members = { Name: required(text()), Note: text() };
  expect(readerApart(members, frameworkDialect())(given)).toEqual(given);
  const missing = readerApart(members, queryDialect({ emptyText: 'missing' }));
  expect(() => missing(given)).toThrow("Value null at 'name'");
  expect(missing({ ...given, Name: 'a' })).toEqual({ Name: 'a', Note: '' });
  const absent = readerApart(members, queryDialect({ emptyText: 'absent' }));
  expect(absent({ ...given, Name: 'a' })).toEqual({ Name: 'a' });
});
