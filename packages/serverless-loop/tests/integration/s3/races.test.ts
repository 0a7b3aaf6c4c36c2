import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { signedFor } from '../gateway/gateway-under-test.ts';
import { elementIn, s3UnderTest } from './s3-under-test.ts';

/** A PUT whose body the test sends when it likes. */
async function slowPut(endpoint: string, target: string, headers: Record<string, string> = {}) {
  const request = http.request(endpoint + target, {
    method: 'PUT',
    headers: {
      Authorization: signedFor('s3'),
      'Content-Length': '5',
      Expect: '100-continue',
      Connection: 'close',
      ...headers,
    },
  });
  const answered = once(request, 'response');
  await once(request, 'continue');
  return async () => {
    request.end('hello');
    const [response] = await answered;
    return { status: response.statusCode, text: await text(response) };
  };
}

function blobsIn(cacheDir: string): number {
  return readdirSync(cacheDir, { recursive: true }).filter((name) =>
    /^\d+$/.test(path.basename(String(name))),
  ).length;
}

describe('while the bytes of an object come', () => {
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html: the first write to finish succeeds, and S3 then fails the others with 412 */
  test('another writes it: If-None-Match lets the first to finish alone in', async () => {
    const { gateway, send, cacheDir } = await s3UnderTest();
    const headers = { 'If-None-Match': '*' };
    const first = await slowPut(gateway.endpoint, '/box/once', headers);
    const second = await slowPut(gateway.endpoint, '/box/once', headers);
    expect(await second()).toMatchObject({ status: 200 });
    expect(await first()).toMatchObject({ status: 412 });
    expect((await send('GET', '/box/once')).text).toBe('hello');
    expect(blobsIn(cacheDir)).toBe(1);
  });

  test('the object that If-Match names changes: the write is refused', async () => {
    const { gateway, send } = await s3UnderTest();
    const { headers } = await send('PUT', '/box/kept', 'one');
    const finish = await slowPut(gateway.endpoint, '/box/kept', { 'If-Match': headers.get('etag') ?? '' });
    await send('PUT', '/box/kept', 'two');
    expect(await finish()).toMatchObject({ status: 412 });
    expect((await send('GET', '/box/kept')).text).toBe('two');
  });

  test('its bucket goes, though another one of its name comes: nothing says that it was written', async () => {
    const { gateway, send, cacheDir } = await s3UnderTest();
    const finish = await slowPut(gateway.endpoint, '/box/lost');
    expect(await send('DELETE', '/box')).toMatchObject({ status: 204 });
    await send('PUT', '/box');
    const answer = await finish();
    expect([answer.status, elementIn(answer, 'Code')]).toEqual([404, 'NoSuchBucket']);
    expect(blobsIn(cacheDir)).toBe(0);
  });

  test('the upload of which it is a part ends: nothing says that it was taken', async () => {
    const { gateway, send, cacheDir } = await s3UnderTest();
    const id = elementIn(await send('POST', '/box/parted?uploads'), 'UploadId');
    const finish = await slowPut(gateway.endpoint, `/box/parted?partNumber=1&uploadId=${id}`);
    await send('DELETE', `/box/parted?uploadId=${id}`);
    const answer = await finish();
    expect([answer.status, elementIn(answer, 'Code')]).toEqual([404, 'NoSuchUpload']);
    expect(blobsIn(cacheDir)).toBe(0);
  });
});

test('one of those that complete an upload at the same time does, and nobody aborts it meanwhile', async () => {
  const { send, cacheDir } = await s3UnderTest();
  const id = elementIn(await send('POST', '/box/parted?uploads'), 'UploadId');
  const target = `/box/parted?uploadId=${id}`;
  const part = await send('PUT', `${target}&partNumber=1`, Buffer.alloc(6 * 1024 * 1024, 'x'));
  const parts = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${part.headers.get('etag')}</ETag></Part></CompleteMultipartUpload>`;
  const refused = await send('POST', target, parts, { 'x-amz-mp-object-size': '1' });
  expect(elementIn(refused, 'Code')).toBe('InvalidRequest');
  const answers = await Promise.all([
    send('POST', target, parts),
    send('POST', target, parts),
    send('DELETE', target),
    send('POST', target, parts),
  ]);
  // Whoever comes first is answered; for the others it is gone.
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
  expect(answers.filter((answer) => elementIn(answer, 'Code') === 'NoSuchUpload')).toHaveLength(3);
  const { status, text: kept } = await send('GET', '/box/parted');
  const isAborted = answers[2]?.status === 204;
  expect([status, kept.length === 6 * 1024 * 1024]).toEqual(isAborted ? [404, false] : [200, true]);
  expect(blobsIn(cacheDir)).toBe(isAborted ? 0 : 1);
});

test('an object that is read comes whole, though others write it anew', async () => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box/busy', 'a'.repeat(100_000));
  const calls = Array.from({ length: 40 }, (_, at) =>
    at % 2 === 0 ? send('GET', '/box/busy') : send('PUT', '/box/busy', 'b'.repeat(100_000)),
  );
  const wrong = (await Promise.all(calls)).filter(
    ({ status, text: got }, at) => status !== 200 || (at % 2 === 0 && got.length !== 100_000),
  );
  expect(wrong).toEqual([]);
});
