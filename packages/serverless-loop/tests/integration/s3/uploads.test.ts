import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { blobFolder } from '../../../src/services/s3/blob-folder.ts';
import { signedFor } from '../gateway/gateway-under-test.ts';
import { s3UnderTest } from './s3-under-test.ts';

describe('an upload', () => {
  test('may be larger than any other call', async () => {
    const { send, s3 } = await s3UnderTest();
    const body = Buffer.alloc(17 * 1024 * 1024, 'z');
    expect(await send('PUT', '/box/large', body)).toMatchObject({ status: 200 });
    expect((await s3.objectAt({ bucket: 'box', key: 'large' }))?.equals(body)).toBe(true);
  });

  test('waits for 100-continue, which it gets', async () => {
    const { gateway } = await s3UnderTest();
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write(
      `PUT /box/late HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nAuthorization: ${signedFor('s3')}\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
    );
    const [first] = await once(socket, 'data');
    expect(String(first)).toMatch(/^HTTP\/1.1 100 Continue/);
    socket.write('hello');
    expect(await text(socket)).toContain(`ETag: "${createHash('md5').update('hello').digest('hex')}"`);
  });

  test.each([
    [
      'unsigned with a trailing checksum',
      '5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n',
    ],
    [
      'signed chunk by chunk',
      '5;chunk-signature=ab\r\nhello\r\n6;chunk-signature=cd\r\n world\r\n0;chunk-signature=ef\r\n\r\n',
    ],
  ])('in aws-chunked, %s, is what its chunks hold', async (_what, body) => {
    const { send } = await s3UnderTest();
    const isTrailed = body.includes('crc32');
    const headers = {
      'Content-Encoding': 'aws-chunked',
      'X-Amz-Content-Sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'X-Amz-Decoded-Content-Length': '11',
      ...(isTrailed && { 'X-Amz-Trailer': 'x-amz-checksum-crc32' }),
    };
    const put = await send('PUT', '/box/chunked', body, headers);
    expect(put.status, put.text).toBe(200);
    const got = await send('GET', '/box/chunked', undefined, { 'x-amz-checksum-mode': 'ENABLED' });
    expect(got.text).toBe('hello world');
    expect(got.headers.get('content-encoding')).toBeNull();
    expect(got.headers.get('x-amz-checksum-crc32')).toBe(isTrailed ? 'DUoRhQ==' : null);
  });

  test.each([
    ['that breaks off', '5\r\nhel', 'IncompleteBody'],
    ['without its last chunk', '5\r\nhello\r\n', 'IncompleteBody'],
    ['of another length than it said', '2\r\nhe\r\n0\r\n\r\n', 'IncompleteBody'],
    ['with a size that is none', 'zz\r\nhello\r\n0\r\n\r\n', 'IncompleteBody'],
    ['with a wrong checksum', '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', 'BadDigest'],
    ['without the checksum that it promised', '5\r\nhello\r\n0\r\n\r\n', 'BadDigest'],
  ])('in aws-chunked %s is refused, and nothing is kept', async (_what, body, code) => {
    const { send, cacheDir } = await s3UnderTest();
    const answer = await send('PUT', '/box/broken', body, {
      'X-Amz-Content-Sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'X-Amz-Decoded-Content-Length': '5',
      'X-Amz-Trailer': 'x-amz-checksum-crc32',
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(`<Code>${code}</Code>`);
    expect((await send('GET', '/box/broken')).status).toBe(404);
    expect(readdirSync(cacheDir).flatMap((folder) => readdirSync(path.join(cacheDir, folder)))).toEqual([]);
  });

  test('whose hash in the signature is another is refused', async () => {
    const { send } = await s3UnderTest();
    const answer = await send('PUT', '/box/k', 'x', { 'X-Amz-Content-Sha256': '0'.repeat(64) });
    expect(answer.text).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  });

  test('that replaces an object leaves no file of it behind', async () => {
    const { send, cacheDir } = await s3UnderTest();
    for (const body of ['one', 'two', 'three']) await send('PUT', '/box/k', body);
    const [folder = ''] = readdirSync(cacheDir);
    expect(readdirSync(path.join(cacheDir, folder))).toHaveLength(1);
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
  test('may be kept from overwriting', async () => {
    const { send } = await s3UnderTest();
    expect((await send('PUT', '/box/k', 'one', { 'If-None-Match': '*' })).status).toBe(200);
    expect((await send('PUT', '/box/k', 'two', { 'If-None-Match': '*' })).status).toBe(412);
    const etag = (await send('HEAD', '/box/k')).headers.get('etag') ?? '';
    expect((await send('GET', '/box/k', undefined, { 'If-None-Match': etag })).status).toBe(304);
    expect((await send('GET', '/box/k', undefined, { 'If-Match': '"0"' })).status).toBe(412);
  });
});

describe('a request', () => {
  // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  test('that nobody signed, or for what is not there, is refused in XML', async () => {
    const { send } = await s3UnderTest();
    const unknown = await send('GET', '/box/k?torrent');
    expect(unknown.status).toBe(501);
    expect(unknown.text).toMatch(
      /^<\?xml version="1.0"\?><Error><Code>NotImplemented<\/Code><Message>The loop doesn't emulate GET \/box\/k\?torrent of s3.<\/Message><RequestId>[\w-]+<\/RequestId><HostId>/,
    );
    expect((await send('POST', '/')).status).toBe(501);
    expect((await send('GET', '/box/%ff')).text).toContain('<Code>InvalidURI</Code>');
    expect((await send('PUT', '/box?versioning', '<a')).text).toContain('<Code>MalformedXML</Code>');
    expect((await send('POST', '/box?delete', '<Delete></Delete>')).text).toContain(
      '<Code>MalformedXML</Code>',
    );
    expect((await send('POST', '/box?delete', 'x'.repeat(5_000_000))).text).toContain(
      '<Code>MaxMessageLengthExceeded</Code>',
    );
  });

  test('of a role needs its right on the very object', async () => {
    const asked: unknown[] = [];
    const { send } = await s3UnderTest({ authorize: (_call, needs) => void asked.push(...needs) });
    await send('GET', '/box/a%20b');
    expect(asked.at(-1)).toEqual({ action: 's3:GetObject', resource: 'arn:aws:s3:::box/a b' });
  });
});

describe('the folder of objects', () => {
  test('goes when S3 stops, and with it what a killed loop left', async () => {
    const { send, s3, cacheDir } = await s3UnderTest();
    // No process has this number: Linux has fewer.
    mkdirSync(path.join(cacheDir, 's3-4194999-abc'));
    await send('PUT', '/box/k', 'hello');
    expect(readdirSync(cacheDir)).toEqual([expect.stringMatching(`^s3-${process.pid}-`)]);
    s3.stop();
    expect(readdirSync(cacheDir)).toEqual([]);
  });

  test('takes no more than there is room for, and has room again for what is removed', async () => {
    const { cacheDir } = await s3UnderTest();
    const folder = blobFolder(cacheDir, 10);
    async function* bytes(count: number) {
      yield Buffer.alloc(count);
    }
    const eight = await folder.write(bytes(8));
    await expect(folder.write(bytes(3))).rejects.toMatchObject({ code: 'EntityTooLarge' });
    await folder.write(bytes(2));
    await folder.remove(eight);
    await folder.write(bytes(8));
    folder.stop();
  });
});

test('templates are read by their URL, at any host that is a bucket of S3', async () => {
  const { send, s3 } = await s3UnderTest();
  await send('PUT', '/box/folder/a.template', 'Resources: {}');
  for (const url of [
    'http://127.0.0.1:4580/box/folder/a.template',
    'https://s3.eu-west-1.amazonaws.com/box/folder/a.template',
    'https://box.s3.eu-west-1.amazonaws.com/folder/a.template',
  ])
    expect(await s3.textAt(url)).toBe('Resources: {}');
  for (const url of ['no url', 'http://127.0.0.1/', 'http://127.0.0.1/box', 'http://127.0.0.1/box/none'])
    expect(await s3.textAt(url)).toBeUndefined();
});

test.each(['a%0D%0AX-Injected:%201', '%F0%9F%92%A5', '%00'])(
  "response-content-type=%s, which no header may hold, is the caller's fault",
  async (value) => {
    const { send } = await s3UnderTest();
    await send('PUT', '/box/k', 'hello');
    const answer = await send('GET', `/box/k?response-content-type=${value}`);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('<Code>InvalidArgument</Code>');
  },
);
