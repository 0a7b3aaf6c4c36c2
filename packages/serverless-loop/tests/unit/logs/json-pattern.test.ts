import { describe, expect, test } from 'vitest';
import { matching } from './matching.ts';

// The event and the examples of AWS's page "Filter pattern syntax".
const EVENT = JSON.stringify({
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  'cluster.name': 'c',
  user: { id: 1, email: 'John.Stiles@example.com' },
  users: [
    { id: 2, email: 'John.Doe@example.com' },
    { id: 3, email: 'Jane.Doe@example.com' },
  ],
  actions: ['GET', 'PUT', 'DELETE'],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
  ],
  thisFlag: true,
  thatFlag: false,
  latency: 404.5,
  big: 1000,
  text: '17',
  'detail-type': 'Tried',
});

describe('a JSON pattern', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html: JSON log events
  test.each([
    '{ $.eventType = "UpdateTrail" }',
    '{$.eventType=UpdateTrail}',
    '{ $.eventType = "Update*" }',
    '{ $.eventType = *Trail }',
    '{ $.eventType = "*dateT*" }',
    '{ $.eventType = * }',
    '{ $.sourceIPAddress != 123.123.* }',
    '{ $.arrayKey[0] = "value" }',
    '{ $.arrayKey[1] = "another value" }',
    '{ $.objectList[1].id = 2 }',
    '{ $.eventType = %Trail% }',
    '{ $.arrayKey[*] = %val.{2}% }',
    '{ $.arrayKey[*] != "value" }',
    '{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }',
    '{ $.objectList[*].name = "b" }',
    '{ $.[\'cluster.name\'] = "c" }',
    "{ $['cluster.name'] = c }",
    '{ $.detail-type = "Tried" }',
    '{ $.SomeObject IS NULL }',
    '{ $.SomeOtherObject NOT EXISTS }',
    '{ $.thisFlag IS TRUE }',
    '{ $.thatFlag IS FALSE }',
    '{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }',
    '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }',
    '{ $.latency > 75 }',
    '{ $.latency >= 404.5 && $.latency <= 404.5 }',
    '{ $.latency < +1000 }',
    '{ $.latency != 500 }',
    '{ $.latency = 404* }',
    '{ $.big = 1e+3 }',
    '{ $.coordinates[0][0] > -1 }',
    '{ $.text = 17 }',
  ])('%s matches', (pattern) => {
    expect(matching(pattern)(EVENT)).toBe(true);
    expect(matching(pattern)(`${EVENT}\n`)).toBe(true);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html: JSON log events
  test.each([
    '{ $.eventType = "updatetrail" }',
    '{ $.eventType = "Up*Trail" }',
    '{ $.eventType != UpdateTrail }',
    '{ $.arrayKey = "value" }',
    '{ $.arrayKey != "other" }',
    '{ $.user != "x" }',
    '{ $.missing = * }',
    '{ $.missing != "x" }',
    '{ $.missing IS NULL }',
    '{ $.eventType IS NULL }',
    '{ $.SomeObject NOT EXISTS }',
    '{ $.thisFlag IS FALSE }',
    '{ $.thisFlag = true }',
    '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }',
    '{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }',
    '{ $.latency > 404.5 }',
    '{ $.eventType > 1 }',
    '{ $.text > 1 }',
    '{ $.arrayKey[2] = * }',
    '{ $.toString = * }',
    '{ $.objectList[*].id = 3 }',
  ])('%s does not match', (pattern) => {
    expect(matching(pattern)(EVENT)).toBe(false);
  });

  test.each(['plain text', '{"half":', '["a"]', '17', ''])(
    'matches no line that is no JSON object: %s',
    (line) => {
      expect(matching('{ $.a NOT EXISTS }')(line)).toBe(false);
    },
  );

  test.each([
    ['{ $.a = 1', "If a filter pattern starts with '{' it must end with '}'"],
    ['{', "If a filter pattern starts with '{' it must end with '}'"],
    ['{}', "Expected a property selector, which begins with '$' at character 1, found the end"],
    ['{ $ = 1 }', "Expected a property after '$' at character 4, found '= 1 '"],
    ['{ $.a }', "Expected an operator, 'IS' or 'NOT EXISTS' at character 6, found the end"],
    ['{ $.a = }', 'Expected a value at character 8, found the end'],
    ['{ $.a = "open }', "Expected a value at character 8, found '\"open '"],
    ['{ $.a = a@b }', "Expected '&&', '||' or the end at character 9, found '@b '"],
    ['{ $.a > "1" }', 'The operator > needs a number'],
    ['{ $.a > x }', 'The operator > needs a number'],
    [
      '{ $.a IS NOT NULL }',
      "Expected an operator, 'IS' or 'NOT EXISTS' at character 6, found 'IS NOT NULL '",
    ],
    ['{ $.a EXISTS }', "Expected an operator, 'IS' or 'NOT EXISTS' at character 6, found 'EXISTS '"],
    ['{ ($.a = 1 }', "Expected ')' at character 11, found the end"],
    ['{ $.a = 1 & $.b = 2 }', "Expected '&&', '||' or the end at character 10, found '& $.b = 2 '"],
    ['{ $.a = 1 && }', "Expected a property selector, which begins with '$' at character 13, found the end"],
    ['{ $.*.* = 1 }', 'A property selector has at most one wildcard'],
    ['{ $.*=1 || $.*=2 || $.*=3 || $.*=4 }', 'A filter pattern has at most 3 wildcard selectors'],
    ['{ $.a=%x% || $.a=%y% || $.a=%z% }', 'A filter pattern has at most 2 regular expressions'],
  ])('%s is refused', (pattern, message) => {
    expect(() => matching(pattern)).toThrow(message);
  });
});
