import { describe, expect, test } from 'vitest';
import { matching } from './matching.ts';

// The lines and the examples of AWS's page "Filter pattern syntax", where no other source is named.
const ACCESS = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';
const LINES = [
  'INFO 09/25/2014 12:00:00 GET /service/resource/67 1200',
  'INFO 09/25/2014 12:00:01 POST /service/resource/67/part/111 1310',
  'WARNING 09/25/2014 12:00:02 Invalid user request',
  'ERROR 09/25/2014 12:00:02 Failed to process request',
];

describe('a space-delimited pattern', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html: space-delimited log events
  test.each([
    '[ip, user, username, timestamp, request, status_code, bytes]',
    '[ip=%127\\.0\\.0\\.[1-9]%, user, username, timestamp, request =*.html*, status_code = 4*, bytes]',
    '[..., request =*.html*, status_code = 4*, bytes]',
    '[ip, user, username, timestamp, request =*.html*, status_code = 404 || status_code = 410, bytes]',
    '[ip, user, ..., status_code = 4* && status_code != 403, bytes > 1000]',
    '[ip, user = "Prod", ...]',
    '[..., bytes >= 1534]',
    '[..., status_code=4*,]',
    '[ip, user, username, timestamp = "10/Oct/2000*", ...]',
    '[...]',
    '[..., (status_code = 404 || status_code = 500) && status_code < 410, bytes]',
  ])('%s matches', (pattern) => {
    expect(matching(pattern)(ACCESS)).toBe(true);
    expect(matching(pattern)(`${ACCESS}\n`)).toBe(true);
  });

  test.each([
    '[ip, user, username, timestamp, request, status_code, bytes, more]',
    '[..., status_code = 5*, bytes]',
    '[..., bytes > 1534]',
    '[ip != 127.0.0.1, ...]',
    '[user = Prod, ...]',
    '[ip > 1, ...]',
    '[a, b, c, d, e, f, g, h, ...]',
  ])('%s does not match', (pattern) => {
    expect(matching(pattern)(ACCESS)).toBe(false);
  });

  test.each([
    ['[w1=ERROR, w2]', [3]],
    ['[w1=ERROR || w1=WARNING, w2]', [2, 3]],
    ['[w1!=ERROR && w1!=WARNING, w2]', [0, 1]],
    ['[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]', [0]],
    [
      '[logLevel, date, time, method, url=%/service/resource/[0-9]+/part/[0-9]+$%, response_time > 1300]',
      [1],
    ],
  ])('%s matches lines %s', (pattern, wanted) => {
    const matches = matching(pattern);
    expect(LINES.flatMap((line, at) => (matches(line) ? [at] : []))).toEqual(wanted);
  });

  test('takes tabs for spaces, as in the lines of the platform', () => {
    const report = 'REPORT RequestId: abc\tDuration: 512.30 ms\tBilled Duration: 513 ms';
    expect(matching('[kind=REPORT, label, id, what="Duration:", duration>500, ...]')(report)).toBe(true);
  });

  test.each([
    ['[a, b', "If a filter pattern starts with '[' it must end with ']'"],
    ['[..., a, ...]', 'A filter pattern has at most one ellipsis'],
    ['[a b]', "Expected ',' or the end at character 3, found 'b'"],
    ['[a = ]', 'Expected a value at character 5, found the end'],
    ['[a > x]', 'The operator > needs a number'],
    ['[a=%x% && a=%y%, b=%z%]', 'A filter pattern has at most 2 regular expressions'],
  ])('%s is refused', (pattern, message) => {
    expect(() => matching(pattern)).toThrow(message);
  });
});
