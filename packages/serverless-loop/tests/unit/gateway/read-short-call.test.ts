import { expect, test } from 'vitest';
import { readShortCall } from '../../../src/gateway/short-calls/read-short-call.ts';

const TARGET = 'X-Amz-Target: Depot_20260101.GetBox';
const HOST = 'Host: 127.0.0.1:4580';

function bytesOf(fields: string[], body = '{"BoxName":"ü"}', beginning = 'POST / HTTP/1.1'): Buffer {
  const length = fields.some((field) => /^(content-length|transfer-encoding)/i.test(field))
    ? []
    : [`Content-Length: ${Buffer.byteLength(body)}`];
  return Buffer.from(`${[beginning, HOST, ...fields, ...length].join('\r\n')}\r\n\r\n${body}`);
}

test('a call is its headers by names in lower case, and its body', () => {
  const call = readShortCall(bytesOf([TARGET, 'Accept:  */* ', 'Connection: keep-alive', 'X-Empty:']));
  expect(call?.headers).toEqual({
    host: '127.0.0.1:4580',
    'x-amz-target': 'Depot_20260101.GetBox',
    accept: '*/*',
    connection: 'keep-alive',
    'x-empty': '',
    'content-length': '16',
  });
  expect(String(call?.body)).toBe('{"BoxName":"ü"}');
});

test('a call may have no body', () => {
  expect(readShortCall(bytesOf([TARGET], ''))?.body).toHaveLength(0);
});

/** HTTP allows some of them and refuses the others: a whole parser says which (RFC 9112). */
test.each([
  ['another method', [TARGET], '{}', 'PUT / HTTP/1.1'],
  ['another path', [TARGET], '{}', 'POST /box HTTP/1.1'],
  ['a query', [TARGET], '{}', 'POST /?X-Amz-Credential=AKID HTTP/1.1'],
  ['another version', [TARGET], '{}', 'POST / HTTP/1.0'],
  ['no target', [], '{}'],
  ['two fields of one name', [TARGET, 'x-amz-target: Depot_20260101.PutBox'], '{}'],
  ['two hosts', [TARGET, 'host: evil.example'], '{}'],
  ['a field named as what every object has', [TARGET, 'constructor: 1'], '{}'],
  ['a folded field', [TARGET, 'X-Long: a\r\n b'], '{}'],
  ['a blank before the colon', [TARGET, 'X-Blank : a'], '{}'],
  ['a field without a name', [TARGET, ': a'], '{}'],
  ['a field without a colon', [TARGET, 'X-Field'], '{}'],
  ['a bare line feed', [TARGET, 'X-Line: a\nX-Next: b'], '{}'],
  ['a control character', [TARGET, 'X-Control: \0'], '{}'],
  ['a value that is not ASCII', [TARGET, 'X-Name: Käse'], '{}'],
  ['chunks', [TARGET, 'Transfer-Encoding: chunked'], '2\r\n{}\r\n0\r\n\r\n'],
  ['chunks beside a length', [TARGET, 'Transfer-Encoding: chunked', 'Content-Length: 2'], '{}'],
  ['a wish to be told to go on', [TARGET, 'Expect: 100-continue'], '{}'],
  ['a connection that is to end', [TARGET, 'Connection: close'], '{}'],
  ['another protocol', [TARGET, 'Connection: upgrade', 'Upgrade: h2c'], '{}'],
  ['two lengths', [TARGET, 'Content-Length: 2', 'content-length: 2'], '{}'],
  ['a length with a sign', [TARGET, 'Content-Length: +2'], '{}'],
  ['a list of lengths', [TARGET, 'Content-Length: 2, 2'], '{}'],
  ['no length', [TARGET, 'Content-Length:'], '{}'],
  ['less than its length', [TARGET, 'Content-Length: 3'], '{}'],
  ['more than its length', [TARGET, 'Content-Length: 1'], '{}'],
  ['a head that is too long', [TARGET, `X-Long: ${'a'.repeat(20_000)}`], '{}'],
])('%s is not for it', (_what: string, fields: string[], body: string, beginning?: string) => {
  expect(readShortCall(bytesOf(fields, body, beginning))).toBeUndefined();
});

test.each([
  '',
  'POST / HTTP/1.1\r\n',
  `POST / HTTP/1.1\r\n${TARGET}\r\n`,
  'POST / HTTP/1.1\r\n\r\n',
  '\r\n\r\n',
])('a head without end or fields is not for it: %j', (text) => {
  expect(readShortCall(Buffer.from(text))).toBeUndefined();
});
