import { describe, expect, test } from 'vitest';
import { elementIn, s3UnderTest } from './s3-under-test.ts';

const MINUTE_MS = 60_000;

/** The query of a URL that was presigned so long ago, as the SDKs' presigners write it, with other parameters. */
function presigned(more: Record<string, string | undefined> = {}, agoMs = 0): string {
  const signedAt = new Date(Date.now() - agoMs).toISOString();
  const given = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKID/20261123/eu-west-1/s3/aws4_request',
    'X-Amz-Date': `${signedAt.replace(/[-:]/g, '').slice(0, 15)}Z`,
    'X-Amz-Expires': '60',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '0'.repeat(64),
    ...more,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, value);
  return query.toString();
}

/** S3 with an object `k`, and what answers requests by URL alone. */
async function withObject() {
  const { send, gateway } = await s3UnderTest();
  await send('PUT', '/box/k', 'hello');
  return async (query: string, init: RequestInit = {}) => {
    const response = await fetch(`${gateway.endpoint}/box/k?${query}`, init);
    const text = await response.text();
    const { status, headers } = response;
    return {
      status,
      text,
      headers,
      code: elementIn({ text }, 'Code'),
      message: elementIn({ text }, 'Message'),
    };
  };
}

/** S3 User Guide, "Download and upload objects with presigned URLs". */
describe('a presigned URL', () => {
  test('reads and writes without a header, until its time is over', async () => {
    const by = await withObject();
    const read = await by(presigned({ 'response-content-type': 'text/plain' }));
    expect(read.text).toBe('hello');
    expect(read.headers.get('content-type')).toBe('text/plain');
    expect((await by(presigned(), { method: 'PUT', body: 'new' })).status).toBe(200);
    expect((await by(presigned({}, MINUTE_MS / 2))).text).toBe('new');

    // LocalStack's record, test_s3.snapshot.json, test_s3_presigned_url_expired.
    const late = await by(presigned({}, 2 * MINUTE_MS));
    expect(late).toMatchObject({ status: 403, code: 'AccessDenied', message: 'Request has expired' });
    expect(elementIn(late, 'X-Amz-Expires')).toBe('60');
    expect(elementIn(late, 'Expires')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect((await by(presigned({}, 2 * MINUTE_MS), { method: 'PUT', body: 'late' })).status).toBe(403);
    expect((await by(presigned())).text).toBe('new');
  });

  test('of the older kind has its end in itself', async () => {
    const by = await withObject();
    const until = (seconds: number) =>
      `AWSAccessKeyId=AKID&Signature=x&Expires=${Math.floor(Date.now() / 1000) + seconds}`;
    expect((await by(until(60))).text).toBe('hello');
    expect(await by(until(-60))).toMatchObject({ status: 403, message: 'Request has expired' });
  });

  // The same record's test_put_url_metadata_with_sig_s3v4.
  test('takes the headers that it names as signed, and no other of S3’s', async () => {
    const by = await withObject();
    const put = (signed: string, headers: Record<string, string>) =>
      by(presigned({ 'X-Amz-SignedHeaders': signed }), { method: 'PUT', body: 'new', headers });
    expect((await put('host;x-amz-meta-foo', { 'x-amz-meta-foo': 'bar' })).status).toBe(200);
    expect((await by(presigned())).headers.get('x-amz-meta-foo')).toBe('bar');
    const refused = await put('host', { 'x-amz-meta-foo': 'bar', 'Content-Type': 'text/plain' });
    expect(refused).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: 'There were headers present in the request which were not signed',
    });
    expect(elementIn(refused, 'HeadersNotSigned')).toBe('x-amz-meta-foo');
  });

  // The same record's test_s3_put_presigned_url_missing_sig_param; S3 API reference, "Authenticating Requests: Using Query
  // Parameters (AWS Signature Version 4)".
  test.each([
    [
      { 'X-Amz-Signature': undefined },
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    ],
    [{ 'X-Amz-Expires': '604801' }, 'X-Amz-Expires must be less than a week (in seconds); that is 604800'],
    [{ 'X-Amz-Expires': '-1' }, 'X-Amz-Expires must be non-negative'],
    [{ 'X-Amz-Expires': 'soon' }, 'X-Amz-Expires should be a number'],
  ])('with %j is refused', async (more, message) => {
    const by = await withObject();
    expect(await by(presigned(more))).toMatchObject({
      status: 400,
      code: 'AuthorizationQueryParametersError',
      message,
    });
  });
});
