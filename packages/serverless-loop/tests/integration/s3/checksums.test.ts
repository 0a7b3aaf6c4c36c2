import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type S3Answer, s3UnderTest } from './s3-under-test.ts';

// The values are AWS's own: localstack/localstack, tests/aws/services/s3/test_s3.snapshot.json, the tests named below.

type Send = Awaited<ReturnType<typeof s3UnderTest>>['send'];

const CRC64_OF_AAA = 'Rnr2/5P7Gsk=';
const MD5_OF_AAA = '47bce5c74f589f4867dbd57e9ca9f808';

function elementIn({ text }: S3Answer, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)`).exec(text)?.[1];
}

async function beginUpload(send: Send, key: string, headers: Record<string, string> = {}) {
  const answer = await send('POST', `/box/${key}?uploads`, '', headers);
  return { answer, id: elementIn(answer, 'UploadId') ?? '' };
}

function complete(
  send: Send,
  key: string,
  id: string,
  parts: string[],
  headers: Record<string, string> = {},
) {
  const body = `<CompleteMultipartUpload>${parts.map((part) => `<Part>${part}</Part>`).join('')}</CompleteMultipartUpload>`;
  return send('POST', `/box/${key}?uploadId=${id}`, body, headers);
}

function part(number: number, content: string | Buffer, more = ''): string {
  const etag = createHash('md5').update(content).digest('hex');
  return `<PartNumber>${number}</PartNumber><ETag>"${etag}"</ETag>${more}`;
}

// test_s3_checksum_no_automatic_sdk_calculation and test_complete_multipart_parts_checksum_default (copy-obj-checksum).
test('an object that came without a checksum has one of CRC64NVME, which reads and lists tell', async () => {
  const { send } = await s3UnderTest();
  const put = await send('PUT', '/box/k', 'aaa');
  const checked = {
    'x-amz-checksum-crc64nvme': CRC64_OF_AAA,
    'x-amz-checksum-type': 'FULL_OBJECT',
    'x-amz-server-side-encryption': 'AES256',
  };
  expect(Object.fromEntries(put.headers)).toMatchObject(checked);
  const read = await send('GET', '/box/k', undefined, { 'x-amz-checksum-mode': 'ENABLED' });
  expect(Object.fromEntries(read.headers)).toMatchObject(checked);
  expect((await send('GET', '/box/k')).headers.has('x-amz-checksum-crc64nvme')).toBe(false);
  for (const list of ['?list-type=2', '', '?versions']) {
    const answer = await send('GET', `/box${list}`);
    expect(elementIn(answer, 'ChecksumAlgorithm')).toBe('CRC64NVME');
    expect(elementIn(answer, 'ChecksumType')).toBe('FULL_OBJECT');
  }
});

// test_put_object_checksum, test_s3_checksum_no_algorithm.
test.each([
  [{ 'x-amz-checksum-sha256': 'not base64' }, 'Value for x-amz-checksum-sha256 header is invalid.'],
  [{ 'x-amz-checksum-crc32': 'abc=' }, 'Value for x-amz-checksum-crc32 header is invalid.'],
  [
    { 'x-amz-checksum-crc32': 'rZjlRQ==', 'x-amz-checksum-crc32c': '45fn2Q==' },
    'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
  ],
])('the checksum %j is no checksum', async (headers, message) => {
  const { send } = await s3UnderTest();
  const refused = await send('PUT', '/box/k', 'aaa', headers);
  expect(refused.status).toBe(400);
  expect(elementIn(refused, 'Code')).toBe('InvalidRequest');
  expect(elementIn(refused, 'Message')).toBe(message);
  expect((await send('HEAD', '/box/k')).status).toBe(404);
});

// test_s3_invalid_content_md5.
test('another MD5 is refused with both', async () => {
  const { send } = await s3UnderTest();
  const given = createHash('md5').update('bbb').digest();
  const refused = await send('PUT', '/box/k', 'aaa', { 'content-md5': given.toString('base64') });
  expect(elementIn(refused, 'Code')).toBe('BadDigest');
  expect(elementIn(refused, 'ExpectedDigest')).toBe(given.toString('hex'));
  expect(elementIn(refused, 'CalculatedDigest')).toBe(Buffer.from(MD5_OF_AAA, 'hex').toString('base64'));
  const malformed = await send('PUT', '/box/k', 'aaa', { 'content-md5': 'MTIz' });
  expect(elementIn(malformed, 'Content-MD5')).toBe('MTIz');
});

// test_complete_multipart_parts_checksum_default.
test('an upload in parts that began without a checksum is checked as a whole, and a copy of it is one object', async () => {
  const { send } = await s3UnderTest();
  const { answer, id } = await beginUpload(send, 'k');
  expect(answer.headers.get('x-amz-server-side-encryption')).toBe('AES256');
  expect(answer.headers.has('x-amz-checksum-algorithm')).toBe(false);
  const uploaded = await send('PUT', `/box/k?partNumber=1&uploadId=${id}`, 'aaa', {
    'x-amz-checksum-crc32c': '45fn2Q==',
  });
  expect(uploaded.headers.get('x-amz-checksum-crc32c')).toBe('45fn2Q==');
  expect((await send('GET', `/box/k?uploadId=${id}`)).text).not.toContain('Checksum');
  const named = await complete(send, 'k', id, [part(1, 'aaa', '<ChecksumCRC32C>45fn2Q==</ChecksumCRC32C>')]);
  expect(elementIn(named, 'Code')).toBe('InvalidPart');
  expect(elementIn(named, 'PartNumber')).toBe('1');
  const mode = await complete(send, 'k', id, [part(1, 'aaa')], { 'x-amz-checksum-type': 'COMPOSITE' });
  expect(elementIn(mode, 'Message')).toBe(
    'The upload was created using the null checksum mode. The complete request must use the same checksum mode.',
  );
  const completed = await complete(send, 'k', id, [part(1, 'aaa')]);
  expect(elementIn(completed, 'ETag')).toBe('&quot;e2c3da976e66ec9e7dc128fbc782fc91-1&quot;');
  expect(elementIn(completed, 'ChecksumCRC64NVME')).toBe(CRC64_OF_AAA);
  expect(elementIn(completed, 'ChecksumType')).toBe('FULL_OBJECT');
  expect(elementIn(completed, 'Location')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/box\/k$/);
  const copied = await send('PUT', '/box/copy', undefined, { 'x-amz-copy-source': '/box/k' });
  expect(copied.headers.get('x-amz-server-side-encryption')).toBe('AES256');
  expect(elementIn(copied, 'ETag')).toBe(`&quot;${MD5_OF_AAA}&quot;`);
  expect(elementIn(copied, 'ChecksumCRC64NVME')).toBe(CRC64_OF_AAA);
});

// test_complete_multipart_parts_checksum_composite[SHA256].
test('a composite checksum is of the parts’ own, and of their number', async () => {
  const { send } = await s3UnderTest();
  const large = Buffer.alloc(5 * 1024 * 1024 + 1, 'a');
  const small = 'a'.repeat(10);
  const { answer, id } = await beginUpload(send, 'k', { 'x-amz-checksum-algorithm': 'SHA256' });
  expect(answer.headers.get('x-amz-checksum-algorithm')).toBe('SHA256');
  expect(answer.headers.get('x-amz-checksum-type')).toBe('COMPOSITE');
  for (const [at, content] of [large, large, small].entries())
    await send('PUT', `/box/k?partNumber=${at + 1}&uploadId=${id}`, content);
  const listed = await send('GET', `/box/k?uploadId=${id}`);
  expect(listed.text).toContain(
    '<ChecksumSHA256>vyy1imj2hNlaO3jvj2Ycmk5bCegsyPnMiMzpBSjK6yc=</ChecksumSHA256>',
  );
  expect(elementIn(await send('GET', '/box?uploads'), 'ChecksumType')).toBe('COMPOSITE');
  const unchecked = await complete(send, 'k', id, [part(1, large), part(2, large), part(3, small)]);
  expect(elementIn(unchecked, 'Message')).toBe(
    'The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.',
  );
  const checked = (number: number, content: string | Buffer) =>
    part(
      number,
      content,
      `<ChecksumSHA256>${createHash('sha256').update(content).digest('base64')}</ChecksumSHA256>`,
    );
  const completed = await complete(send, 'k', id, [checked(1, large), checked(2, large), checked(3, small)]);
  expect(elementIn(completed, 'ChecksumSHA256')).toBe('9o++y6AejqboiJ7MZCx0fahK2Vu5YC/qnNhhYsCLciI=-3');
  expect(elementIn(completed, 'ETag')).toBe('&quot;4d45984fc3feb2ac9b22683c49674b56-3&quot;');
  const copied = await send('PUT', '/box/copy', undefined, { 'x-amz-copy-source': '/box/k' });
  expect(elementIn(copied, 'ChecksumSHA256')).toBe('0+991zqhqOQ5J2EdwChmHIeC1dXXuJzaCritTzqVGDw=');
  expect(elementIn(copied, 'ChecksumType')).toBe('FULL_OBJECT');
});

// test_multipart_parts_checksum_exceptions_composite and _full_object, test_multipart_checksum_type_compatibility.
test.each([
  [
    { 'x-amz-checksum-algorithm': 'TEST' },
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  ],
  [
    { 'x-amz-checksum-type': 'COMPOSITE' },
    'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
  ],
  [
    { 'x-amz-checksum-algorithm': 'SHA1', 'x-amz-checksum-type': 'FULL_OBJECT' },
    'The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.',
  ],
  [
    { 'x-amz-checksum-algorithm': 'CRC64NVME', 'x-amz-checksum-type': 'COMPOSITE' },
    'The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.',
  ],
])('an upload can’t begin with %j', async (headers, message) => {
  const { send } = await s3UnderTest();
  const { answer } = await beginUpload(send, 'k', headers);
  expect(answer.status).toBe(400);
  expect(elementIn(answer, 'Message')).toBe(message);
});

test('a part has the algorithm of its upload, and the whole what its client says', async () => {
  const { send } = await s3UnderTest();
  const full = { 'x-amz-checksum-algorithm': 'CRC32C', 'x-amz-checksum-type': 'FULL_OBJECT' };
  const { id } = await beginUpload(send, 'k', full);
  const other = await send('PUT', `/box/k?partNumber=1&uploadId=${id}`, 'abc', {
    'x-amz-checksum-crc32': 'NSRBwg==',
  });
  expect(elementIn(other, 'Message')).toBe(
    'Checksum Type mismatch occurred, expected checksum Type: crc32c, actual checksum Type: crc32',
  );
  const uploaded = await send('PUT', `/box/k?partNumber=1&uploadId=${id}`, 'abc');
  expect(uploaded.headers.get('x-amz-checksum-crc32c')).toBe('Nks/tw==');
  const wrong = await complete(send, 'k', id, [part(1, 'abc')], { 'x-amz-checksum-crc32c': '45fn2Q==' });
  expect(elementIn(wrong, 'Message')).toBe('The crc32c you specified did not match the calculated checksum.');
  const size = await complete(send, 'k', id, [part(1, 'abc')], { 'x-amz-mp-object-size': '5' });
  expect(elementIn(size, 'Message')).toBe(
    "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 3",
  );
  const completed = await complete(send, 'k', id, [part(1, 'abc')], { 'x-amz-checksum-crc32c': 'Nks/tw==' });
  expect(elementIn(completed, 'ETag')).toBe('&quot;af5da9f45af7a300e3aded972f8ff687-1&quot;');
  expect(elementIn(completed, 'ChecksumCRC32C')).toBe('Nks/tw==');
});

// test_multipart_complete_multipart_too_small, test_multipart_complete_multipart_wrong_part, test_complete_multipart_parts_order.
test('what is wrong with the parts is told by number', async () => {
  const { send } = await s3UnderTest();
  const { id } = await beginUpload(send, 'k');
  for (const number of [1, 2]) await send('PUT', `/box/k?partNumber=${number}&uploadId=${id}`, 'test');
  const none = await send('POST', `/box/k?uploadId=${id}`, '');
  expect(elementIn(none, 'Message')).toBe('You must specify at least one part');
  const small = await complete(send, 'k', id, [part(1, 'test'), part(2, 'test')]);
  expect(small.text).toContain(
    '<ProposedSize>4</ProposedSize><MinSizeAllowed>5242880</MinSizeAllowed><PartNumber>1</PartNumber><ETag>098f6bcd4621d373cade4e832627b4f6</ETag>',
  );
  const order = await complete(send, 'k', id, [part(2, 'test'), part(1, 'test')]);
  expect(elementIn(order, 'Code')).toBe('InvalidPartOrder');
  expect(elementIn(order, 'UploadId')).toBe(id);
});
