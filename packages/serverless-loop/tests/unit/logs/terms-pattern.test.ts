import { describe, expect, test } from 'vitest';
import { InvalidPatternError } from '../../../src/services/logs/filter/pattern.ts';
import { matching } from './matching.ts';

// The examples of AWS's page "Filter pattern syntax", where no other source is named.
const ERRORS = [
  '[ERROR 400] BAD REQUEST',
  '[ERROR 401] UNAUTHORIZED REQUEST',
  '[ERROR 419] MISSING ARGUMENTS',
  '[ERROR 420] INVALID ARGUMENTS',
];

describe('a pattern of terms', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html: unstructured log events
  test.each([
    ['', [0, 1, 2, 3]],
    ['" "', [0, 1, 2, 3]],
    ['ERROR', [0, 1, 2, 3]],
    ['error', []],
    ['ERROR ARGUMENTS', [2, 3]],
    ['?REQUEST ?MISSING', [0, 1, 2]],
    ['?BAD ?UNAUTHORIZED ARGUMENTS', [2, 3]],
    ['ERROR -ARGUMENTS', [0, 1]],
    ['-ARGUMENTS -BAD', [1]],
    ['"INVALID ARGUMENTS"', [3]],
    ['"ARGUMENTS INVALID"', []],
    ['"ERROR 4" -"419]"', [0, 1, 3]],
    ['%AUTHORIZED%', [1]],
    ['%4[01][019]% -%BAD|MISSING%', [1]],
    ['%^\\[ERROR 4.0\\]%', [0, 3]],
    ['%\\x5BERROR%', [0, 1, 2, 3]],
  ])('%s matches lines %s', (pattern, wanted) => {
    const matches = matching(pattern);
    expect(ERRORS.flatMap((line, at) => (matches(line) ? [at] : []))).toEqual(wanted);
  });

  test('finds a term within a word', () => {
    // The page of 2022, "Matching Terms in Log Events".
    expect(matching('ERROR')('Exiting with ERRORCODE: -1')).toBe(true);
  });

  test.each([
    ['a "quoted \\" mark"', 'a quoted " mark', true],
    ['"back\\\\slash"', 'back\\slash', true],
    ['%a{3,5}%', 'aaaa', true],
    ['%^a{,2}$%', 'aaa', false],
    ['%^a{,2}$%', 'aa', true],
    ['%colou?r%', 'color', true],
    ['%\\d+\\s\\w%', '12 x', true],
    ['%10\\.10\\.0\\.1%', '10010,051', false],
  ])('%s on %s: %s', (pattern, message, wanted) => {
    expect(matching(pattern)(message)).toBe(wanted);
  });

  test.each([
    ['user@example', "Invalid character(s) in term 'user@example'"],
    ['ERROR:', "Invalid character(s) in term 'ERROR:'"],
    ['a-b', "Invalid character(s) in term 'a-b'"],
    ['""', 'Invalid character(s) in term \'""\''],
    ['-', "Invalid character(s) in term '-'"],
    ['é', "Invalid character(s) in term 'é'"],
    ['"never closed', "Unclosed quotes or regex in '\"never closed'"],
    ['%never closed', "Unclosed quotes or regex in '%never closed'"],
    ['glued"phrase"', 'Invalid character(s) in term \'glued"phrase"\''],
    ['%something!%', "Invalid character(s) in regex '%something!%'"],
    ['%(a)%', "Invalid character(s) in regex '%(a)%'"],
    ['%\\(a%', "Invalid character(s) in regex '%\\(a%'"],
    ['%\\bword%', "Invalid character(s) in regex '%\\bword%'"],
    ['%é%', "Invalid character(s) in regex '%é%'"],
    ['%[%', "Invalid regex '%[%'"],
    ['%%', "Invalid character(s) in regex '%%'"],
    ['%a% -%b% ?%c%', 'A filter pattern has at most 2 regular expressions'],
  ])('%s is refused', (pattern, message) => {
    expect(() => matching(pattern)).toThrow(new InvalidPatternError(message));
  });
});
