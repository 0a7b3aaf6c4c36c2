import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { s3UnderTest } from './s3-under-test.ts';

/*
 * Answers and words of AWS as LocalStack's tests recorded them: tests/aws/services/s3, test_s3.snapshot.json
 * (test_get_object_part…, test_get_object_attributes…, test_list_parts_via_object_attrs_pagination,
 * test_multipart_upload_part_copy_checksum) and test_s3_api.snapshot.json (test_upload_part_copy_…).
 */

type Send = Awaited<ReturnType<typeof s3UnderTest>>['send'];

const textOf = (xml: string, name: string) => new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1];

async function upload(send: Send, key: string, headers: Record<string, string> = {}) {
  const begun = await send('POST', `/box/${key}?uploads`, undefined, headers);
  const id = textOf(begun.text, 'UploadId') ?? expect.fail(begun.text);
  return (number: number) => `/box/${key}?partNumber=${number}&uploadId=${id}`;
}

async function complete(send: Send, of: (number: number) => string, parts: readonly string[]) {
  const target = of(1).replace('partNumber=1&', '');
  const listed = parts.map((part, at) => `<Part><PartNumber>${at + 1}</PartNumber>${part}</Part>`).join('');
  const done = await send('POST', target, `<CompleteMultipartUpload>${listed}</CompleteMultipartUpload>`);
  expect(done.status, done.text).toBe(200);
}

async function put(send: Send, of: (number: number) => string, parts: readonly Buffer[]) {
  for (const [at, part] of parts.entries()) await send('PUT', of(at + 1), part);
  await complete(
    send,
    of,
    parts.map((part) => `<ETag>${createHash('md5').update(part).digest('hex')}</ETag>`),
  );
}

const attributes = (names: string, more: Record<string, string> = {}) => ({
  'x-amz-object-attributes': names,
  ...more,
});

const LARGE = Buffer.alloc(5 * 1024 * 1024, 'z');

test('a part of an object is read by its number', async () => {
  const { send } = await s3UnderTest();
  await put(send, await upload(send, 'test.file'), [LARGE, Buffer.from('test content 123')]);
  for (const method of ['GET', 'HEAD']) {
    const answer = await send(method, '/box/test.file?partNumber=2', undefined, {
      'x-amz-checksum-mode': 'ENABLED',
    });
    expect(answer).toMatchObject({ status: 206, text: method === 'GET' ? 'test content 123' : '' });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-length': '16',
      'content-range': 'bytes 5242880-5242895/5242896',
      'x-amz-mp-parts-count': '2',
    });
    expect([...answer.headers.keys()].filter((name) => name.includes('checksum'))).toEqual([]);
  }
  await send('PUT', '/box/whole', 'test-123', { 'x-amz-checksum-crc32': 'MAPXAg==' });
  const whole = await send('GET', '/box/whole?partNumber=1', undefined, { 'x-amz-checksum-mode': 'ENABLED' });
  expect(whole).toMatchObject({ status: 206, text: 'test-123' });
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-range': 'bytes 0-7/8',
    'x-amz-checksum-crc32': 'MAPXAg==',
  });
  expect(whole.headers.get('x-amz-mp-parts-count')).toBeNull();
});

test.each([
  ['test.file?partNumber=10', {}, 416, 'InvalidPartNumber', 'The requested partnumber is not satisfiable'],
  [
    'test.file?partNumber=1',
    { Range: 'bytes=0-8' },
    400,
    'InvalidRequest',
    'Cannot specify both Range header and partNumber query parameter',
  ],
  [
    'test.file?partNumber=0',
    {},
    400,
    'InvalidArgument',
    'Part number must be an integer between 1 and 10000, inclusive',
  ],
])(
  'a read of %s with %o is refused',
  async (target, headers: Record<string, string>, status, code, words) => {
    const { send } = await s3UnderTest();
    await send('PUT', '/box/test.file', 'test-123');
    const { text, ...answer } = await send('GET', `/box/${target}`, undefined, headers);
    expect([answer.status, textOf(text, 'Code'), textOf(text, 'Message')]).toEqual([status, code, words]);
    if (status === 416)
      expect([textOf(text, 'ActualPartCount'), textOf(text, 'PartNumberRequested')]).toEqual(['1', '10']);
  },
);

test('the attributes of an object that came in one piece', async () => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box/data.txt', '69\n420\n', { 'x-amz-checksum-crc32': 'WC+ANw==' });
  const all = attributes('StorageClass, ETag,ObjectSize,ObjectParts,Checksum');
  const { text, headers } = await send('GET', '/box/data.txt?attributes', undefined, all);
  expect(headers.get('last-modified')).toMatch(/GMT$/);
  expect(text).toContain(
    '<GetObjectAttributesResponse xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><ETag>e92499db864217242396e8ef766079a9</ETag><Checksum><ChecksumCRC32>WC+ANw==</ChecksumCRC32><ChecksumType>FULL_OBJECT</ChecksumType></Checksum><StorageClass>STANDARD</StorageClass><ObjectSize>7</ObjectSize></GetObjectAttributesResponse>',
  );
  const some = await send('GET', '/box/data.txt?attributes', undefined, attributes('ObjectSize'));
  expect(some.text).toMatch(/><ObjectSize>7<\/ObjectSize><\/GetObjectAttributesResponse>$/);
  const other = await send('GET', '/box/data.txt?attributes', undefined, attributes('Size'));
  expect(other.status).toBe(400);
  // As S3 answered (versity/versitygw, issues 917 and 915).
  expect(other.text).toContain(
    '<Code>InvalidArgument</Code><Message>Invalid attribute name specified.</Message><ArgumentName>x-amz-object-attributes</ArgumentName><ArgumentValue>Size</ArgumentValue>',
  );
  const unnamed = await send('GET', '/box/data.txt?attributes');
  expect(unnamed.status).toBe(400);
  expect(unnamed.text).toContain(
    '<Code>InvalidRequest</Code><Message>The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty</Message>',
  );
  const none = await send('GET', '/box/none?attributes', undefined, all);
  expect([none.status, textOf(none.text, 'Code')]).toEqual([404, 'NoSuchKey']);
});

test('the parts of an object are told one by one where its checksum is made of theirs, in pages', async () => {
  const { send } = await s3UnderTest();
  await put(send, await upload(send, 'plain'), [LARGE, Buffer.from('end')]);
  const plain = await send('GET', '/box/plain?attributes', undefined, attributes('ObjectParts'));
  // S3 API reference, "GetObjectAttributes", response syntax; SDKs call it TotalPartsCount.
  expect(textOf(plain.text, 'ObjectParts')).toBe('<PartsCount>2</PartsCount>');

  const of = await upload(send, 'composite', { 'x-amz-checksum-algorithm': 'SHA256' });
  const sums: string[] = [];
  for (const [at, part] of [LARGE, Buffer.from('end')].entries()) {
    const { headers } = await send('PUT', of(at + 1), part);
    const sum = `<ChecksumSHA256>${headers.get('x-amz-checksum-sha256')}</ChecksumSHA256>`;
    sums.push(`<ETag>${headers.get('etag')}</ETag>${sum}`);
  }
  await complete(send, of, sums);
  const page = async (more: Record<string, string>) => {
    const asked = attributes('ObjectParts', more);
    const { text } = await send('GET', '/box/composite?attributes', undefined, asked);
    return textOf(text, 'ObjectParts') ?? text;
  };
  const part = (number: number, size: number) =>
    `<Part><PartNumber>${number}</PartNumber><Size>${size}</Size>${sums[number - 1]?.replace(/<ETag>.*<\/ETag>/, '')}</Part>`;
  const first = part(1, LARGE.length);
  const second = part(2, 3);
  const head = (marker: number, next: number, most: number, isTruncated: boolean) =>
    `<PartsCount>2</PartsCount><PartNumberMarker>${marker}</PartNumberMarker><NextPartNumberMarker>${next}</NextPartNumberMarker><MaxParts>${most}</MaxParts><IsTruncated>${isTruncated}</IsTruncated>`;
  expect(await page({})).toBe(head(0, 2, 1000, false) + first + second);
  expect(await page({ 'x-amz-max-parts': '1' })).toBe(head(0, 1, 1, true) + first);
  expect(await page({ 'x-amz-max-parts': '1', 'x-amz-part-number-marker': '1' })).toBe(
    head(1, 2, 1, false) + second,
  );
});

test.each([
  ['COMPOSITE', 'F9bAnw==', '-1'],
  ['FULL_OBJECT', 'iqJrOQ==', ''],
])('a part is copied from an object, and checked as its upload says: %s', async (type, sum, count) => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box/source', 'this is a part');
  const of = await upload(send, 'copied', {
    'x-amz-checksum-algorithm': 'CRC32C',
    'x-amz-checksum-type': type,
  });
  const { status, text } = await send('PUT', of(1), undefined, { 'x-amz-copy-source': 'box/source' });
  expect(status, text).toBe(200);
  const etag = textOf(text, 'ETag')?.replaceAll('&quot;', '"');
  expect(text).toMatch(/<CopyPartResult xmlns[^>]*><LastModified>[^<]*Z<\/LastModified><ETag>/);
  expect([etag, textOf(text, 'ChecksumCRC32C')]).toEqual(['"11df95d595559285eb2b042124e74f09"', 'iqJrOQ==']);
  await complete(send, of, [`<ETag>${etag}</ETag><ChecksumCRC32C>iqJrOQ==</ChecksumCRC32C>`]);
  const read = await send('GET', '/box/copied', undefined, { 'x-amz-checksum-mode': 'ENABLED' });
  expect(read.text).toBe('this is a part');
  expect(read.headers.get('x-amz-checksum-crc32c')).toBe(sum + count);
  const told = await send('GET', '/box/copied?attributes', undefined, attributes('Checksum'));
  expect([textOf(told.text, 'ChecksumCRC32C'), textOf(told.text, 'ChecksumType')]).toEqual([sum, type]);
  const first = await send('GET', '/box/copied?partNumber=1', undefined, {
    'x-amz-checksum-mode': 'ENABLED',
  });
  expect(first.headers.get('x-amz-checksum-crc32c')).toBe('iqJrOQ==');
});

const FORM =
  'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy';

test('a range of an object is copied; one without both ends, or beyond the end, is refused', async () => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box/source', '0123456789');
  const of = await upload(send, 'copied');
  const copy = (range: string, more: Record<string, string> = {}) =>
    send('PUT', of(1), undefined, {
      'x-amz-copy-source': 'box/source',
      'x-amz-copy-source-range': range,
      ...more,
    });
  for (const [range, etag] of [
    ['bytes=0-8', '22975d8a5ed1b91445f6c55ac121505b'],
    ['bytes=1-1', 'c4ca4238a0b923820dcc509a6f75849b'],
    ['bytes=0-0', 'cfcd208495d565ef66e7dff9f98764da'],
  ] as const) {
    const { text } = await copy(range);
    expect(text).toContain(etag);
    expect(text).not.toContain('Checksum');
  }
  for (const range of [
    '0-8',
    ...['1-0', '-1-', '0--1', '0-1,3-4,7-9', '-', '-0', '1-', '-2'].map((one) => `bytes=${one}`),
  ]) {
    const { text, status } = await copy(range);
    expect([status, textOf(text, 'Code'), textOf(text, 'Message')], range).toEqual([
      400,
      'InvalidArgument',
      FORM,
    ]);
    expect(textOf(text, 'ArgumentValue')).toBe(range);
  }
  expect(textOf((await copy('bytes=0-100')).text, 'Message')).toBe(
    'Range specified is not valid for source object of size: 10',
  );
  expect((await copy('bytes=100-200')).text).toContain(
    '<Code>InvalidRequest</Code><Message>The specified copy range is invalid for the source object size</Message>',
  );
  const unmet = await copy('bytes=0-8', { 'x-amz-copy-source-if-match': '"other"' });
  expect([unmet.status, textOf(unmet.text, 'Condition')]).toEqual([412, 'x-amz-copy-source-If-Match']);
});
