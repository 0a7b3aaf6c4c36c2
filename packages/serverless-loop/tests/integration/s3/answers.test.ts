import { expect, test } from 'vitest';
import { type S3Answer, s3UnderTest } from './s3-under-test.ts';

// AWS's answers stand in localstack/localstack, tests/aws/services/s3/*.snapshot.json, the tests named below.

function elementIn({ text }: S3Answer, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)`).exec(text)?.[1];
}

const has = ({ text }: S3Answer, name: string) => text.includes(`<${name}>`) || text.includes(`<${name}/>`);

test('a policy has 20 KB, and an end to its nesting', async () => {
  const { send } = await s3UnderTest();
  const put = (more: string) => send('PUT', '/box?policy', `{"Statement":[],"Id":${more}}`);
  expect((await put(`"${'x'.repeat(20_000)}"`)).status).toBe(204);
  expect(elementIn(await put(`"${'x'.repeat(20_480)}"`), 'Code')).toBe('MalformedPolicy');
  expect(elementIn(await put('['.repeat(300) + ']'.repeat(300)), 'Code')).toBe('MalformedPolicy');
});

// S3 API reference, "ListObjects", "ListObjectsV2", "ListObjectVersions" and "ListMultipartUploads", examples.
test.each([
  ['', ['Name', 'Prefix', 'Marker', 'NextMarker', 'MaxKeys']],
  ['&list-type=2', ['Name', 'Prefix', 'NextContinuationToken', 'KeyCount', 'MaxKeys']],
  // Behind a common prefix there is no next version (LocalStack's record, test_s3_list_operations.snapshot.json,
  // test_list_object_versions_pagination_common_prefixes).
  ['&versions', ['Name', 'Prefix', 'KeyMarker', 'VersionIdMarker', 'NextKeyMarker', 'MaxKeys']],
  [
    '&uploads',
    ['Bucket', 'KeyMarker', 'UploadIdMarker', 'NextKeyMarker', 'NextUploadIdMarker', 'Prefix', 'MaxUploads'],
  ],
])('a list of /box?%s tells of itself in the order that AWS has', async (more, members) => {
  const { send } = await s3UnderTest();
  for (const key of ['p/a/1', 'p/b/1']) {
    await send('PUT', `/box/${key}`, 'x');
    await send('POST', `/box/${key}?uploads`);
  }
  const most = more === '&uploads' ? 'max-uploads' : 'max-keys';
  const { text } = await send('GET', `/box?prefix=p/&delimiter=/&encoding-type=url&${most}=1${more}`);
  const names = [...text.matchAll(/<(\w+)(?:\/>|>[^<]*<\/\1>)/g)].map(([, name]) => name);
  // The common prefix has one of its own at the end.
  expect(names).toEqual([...members, 'Delimiter', 'EncodingType', 'IsTruncated', 'Prefix']);
});

// TestS3ListObjects, TestS3ListObjectsV2, TestS3ListObjectVersions.
test('lists tell the owner, where they began, and go on from where they end', async () => {
  const { send } = await s3UnderTest();
  for (const key of ['a/1', 'a/2', 'b', 'c']) await send('PUT', `/box/${key}`, 'x');
  const first = await send('GET', '/box?max-keys=1');
  expect(elementIn(first, 'ID')).toMatch(/^[0-9a-f]{64}$/);
  expect([has(first, 'Marker'), has(first, 'NextMarker'), has(first, 'Delimiter')]).toEqual([
    true,
    false,
    false,
  ]);
  const cut = await send('GET', '/box?max-keys=1&delimiter=/');
  expect([elementIn(cut, 'Delimiter'), elementIn(cut, 'NextMarker')]).toEqual(['/', 'a/']);
  expect(elementIn(await send('GET', '/box?marker=a/&delimiter=/&max-keys=1'), 'Key')).toBe('b');

  const second = await send('GET', '/box?list-type=2&max-keys=2&start-after=a/1');
  expect([has(second, 'Owner'), elementIn(second, 'StartAfter')]).toEqual([false, 'a/1']);
  const token = encodeURIComponent(elementIn(second, 'NextContinuationToken') ?? '');
  const next = await send(
    'GET',
    `/box?list-type=2&start-after=a/1&fetch-owner=true&continuation-token=${token}`,
  );
  expect([elementIn(next, 'Key'), has(next, 'Owner'), has(next, 'StartAfter')]).toEqual(['c', true, false]);
  const deep = Buffer.from(`{"after":${'['.repeat(5_000)}${']'.repeat(5_000)}}`).toString('base64url');
  expect((await send('GET', `/box?list-type=2&continuation-token=${deep}`)).status).toBe(400);
  const foreign = await send('GET', '/box?list-type=2&continuation-token=');
  expect([foreign.status, has(foreign, 'ArgumentValue')]).toEqual([400, false]);

  const versions = await send('GET', '/box?versions&max-keys=1&delimiter=-&encoding-type=url');
  expect(versions.text).toContain('<VersionIdMarker/>');
  expect(elementIn(versions, 'NextVersionIdMarker')).toBe('null');
  expect([elementIn(versions, 'EncodingType'), elementIn(versions, 'Delimiter')]).toEqual(['url', '-']);
});

// TestS3ListMultipartUploads, TestS3ListParts, test_multipart_and_list_parts.
test('uploads and their parts are listed in pages', async () => {
  const { send } = await s3UnderTest();
  const begin = async (key: string) =>
    elementIn(await send('POST', `/box/${key}?uploads`, ''), 'UploadId') ?? '';
  const ids = [
    await begin('folder/sub/1'),
    await begin('folder/2'),
    await begin('folder/2'),
    await begin('z'),
  ];
  const all = await send('GET', '/box?uploads');
  expect([
    elementIn(all, 'NextKeyMarker'),
    elementIn(all, 'NextUploadIdMarker'),
    elementIn(all, 'MaxUploads'),
  ]).toEqual(['z', ids[3], '1000']);
  expect([has(all, 'Initiator'), has(all, 'Owner'), elementIn(all, 'StorageClass')]).toEqual([
    true,
    true,
    'STANDARD',
  ]);
  const prefixed = await send('GET', '/box?uploads&prefix=folder/&delimiter=/&max-uploads=1');
  expect([elementIn(prefixed, 'IsTruncated'), elementIn(prefixed, 'UploadId')]).toEqual(['true', ids[1]]);
  const following = await send('GET', `/box?uploads&key-marker=folder/2&upload-id-marker=${ids[1]}`);
  expect(elementIn(following, 'UploadId')).toBe(ids[2]);
  expect(elementIn(await send('GET', '/box?uploads&key-marker=folder/2'), 'UploadId')).toBe(ids[0]);

  const none = await send('GET', `/box/z?uploadId=${ids[3]}`);
  expect([elementIn(none, 'NextPartNumberMarker'), elementIn(none, 'PartNumberMarker')]).toEqual(['0', '0']);
  for (const number of [1, 2, 3]) await send('PUT', `/box/z?partNumber=${number}&uploadId=${ids[3]}`, 'x');
  const parts = await send('GET', `/box/z?uploadId=${ids[3]}&max-parts=1&part-number-marker=1`);
  expect([elementIn(parts, 'PartNumber'), elementIn(parts, 'NextPartNumberMarker')]).toEqual(['2', '2']);
  expect([elementIn(parts, 'IsTruncated'), elementIn(parts, 'MaxParts')]).toEqual(['true', '1']);
});

// TestS3BucketObjectTagging.
test('an object has the tags that it is put or copied with, and their number is told', async () => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box/k', 'x', { 'x-amz-tagging': 'tag1=tag1&tag2=tag2&tag' });
  expect((await send('HEAD', '/box/k')).headers.get('x-amz-tagging-count')).toBe('3');
  expect((await send('GET', '/box/k?tagging')).text).toContain('<Tag><Key>tag</Key><Value/></Tag>');
  await send('PUT', '/box/copy', undefined, { 'x-amz-copy-source': '/box/k' });
  expect((await send('HEAD', '/box/copy')).headers.get('x-amz-tagging-count')).toBe('3');
  await send('PUT', '/box/copy', undefined, {
    'x-amz-copy-source': '/box/k',
    'x-amz-tagging-directive': 'REPLACE',
    'x-amz-tagging': 'key2=value2',
  });
  expect((await send('GET', '/box/copy?tagging')).text).toContain('<Key>key2</Key><Value>value2</Value>');
  for (const header of ['key1=val1&key1=val2', 'key1=val1,key2=val2']) {
    const refused = await send('PUT', '/box/k', 'x', { 'x-amz-tagging': header });
    expect([elementIn(refused, 'Code'), elementIn(refused, 'ArgumentName')]).toEqual([
      'InvalidArgument',
      'x-amz-tagging',
    ]);
  }
  const tagging = (key: string, value: string) =>
    `<Tagging><TagSet><Tag><Key>${key}</Key><Value>${value}</Value></Tag></TagSet></Tagging>`;
  for (const [key, value, message] of [
    ['Key1,Key2', 'x', 'The TagKey you have provided is invalid'],
    ['Key1', 'Val1,Val2', 'The TagValue you have provided is invalid'],
    ['aws:prefixed', 'x', 'Your TagKey cannot be prefixed with aws:'],
  ] as const) {
    const refused = await send('PUT', '/box/k?tagging', tagging(key, value));
    expect([elementIn(refused, 'Code'), elementIn(refused, 'Message')]).toEqual(['InvalidTag', message]);
  }
});

// TestS3ObjectWritePrecondition, TestS3CopySourcePreconditions, test_s3_copy_object_in_place, test_s3_copy_object_wrong_format.
test('what can’t be written or copied on a condition is told', async () => {
  const { send } = await s3UnderTest();
  const { headers } = await send('PUT', '/box/k', 'x');
  const etag = headers.get('etag') ?? '';
  for (const [condition, header] of [
    [{ 'if-none-match': etag }, 'If-None-Match'],
    [{ 'if-match': '*' }, 'If-Match'],
    [{ 'if-match': etag, 'if-none-match': '*' }, 'If-Match,If-None-Match'],
  ] as const) {
    const refused = await send('PUT', '/box/k', 'y', condition);
    expect([refused.status, elementIn(refused, 'Header')]).toEqual([501, header]);
  }
  expect(elementIn(await send('PUT', '/box/none', 'y', { 'if-match': etag }), 'Key')).toBe('none');
  const copy = (key: string, more: Record<string, string>) =>
    send('PUT', `/box/${key}`, undefined, { 'x-amz-copy-source': '/box/k', ...more });
  for (const [condition, name] of [
    [{ 'x-amz-copy-source-if-match': '"other"' }, 'x-amz-copy-source-If-Match'],
    [{ 'x-amz-copy-source-if-none-match': etag }, 'x-amz-copy-source-If-None-Match'],
    [
      { 'x-amz-copy-source-if-unmodified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' },
      'x-amz-copy-source-If-Unmodified-Since',
    ],
    [
      { 'x-amz-copy-source-if-modified-since': new Date().toUTCString() },
      'x-amz-copy-source-If-Modified-Since',
    ],
  ] as const) {
    const refused = await copy('copy', condition);
    expect([refused.status, elementIn(refused, 'Condition')]).toEqual([412, name]);
  }
  const future = new Date(Date.now() + 3_600_000).toUTCString();
  expect((await copy('copy', { 'x-amz-copy-source-if-modified-since': future })).status).toBe(200);
  expect((await copy('copy', { 'if-none-match': '*' })).status).toBe(412);
  expect(elementIn(await copy('k', {}), 'Message')).toContain(
    'trying to copy an object to itself without changing',
  );
  expect((await copy('k', { 'x-amz-storage-class': 'STANDARD' })).status).toBe(200);
  expect(elementIn(await copy('copy', { 'x-amz-copy-source': 'box' }), 'Message')).toBe(
    'Invalid copy source object key',
  );
});

// test_get_bucket_policy_invalid_account_id, TestS3ListBuckets, TestS3BucketOwnershipControls, TestS3PublicAccessBlock.
test('buckets are the account’s own, and begin without access for others', async () => {
  const { send } = await s3UnderTest();
  const asked = (owner: string) => send('GET', '/box', undefined, { 'x-amz-expected-bucket-owner': owner });
  expect((await asked('000000000000')).status).toBe(200);
  expect(elementIn(await asked('111111111111'), 'Code')).toBe('AccessDenied');
  expect(elementIn(await asked('abcd'), 'Message')).toBe(
    'The value of the expected bucket owner parameter must be an AWS Account ID... [abcd]',
  );
  await send('PUT', '/crate');
  const listed = await send('GET', '/');
  expect([elementIn(listed, 'BucketArn'), has(listed, 'BucketRegion')]).toEqual(['arn:aws:s3:::box', false]);
  const page = await send('GET', '/?max-buckets=1');
  const token = encodeURIComponent(elementIn(page, 'ContinuationToken') ?? '');
  expect(elementIn(await send('GET', `/?continuation-token=${token}`), 'Name')).toBe('crate');
  expect(elementIn(await send('GET', '/box?ownershipControls'), 'ObjectOwnership')).toBe(
    'BucketOwnerEnforced',
  );
  expect(elementIn(await send('GET', '/box?publicAccessBlock'), 'BlockPublicAcls')).toBe('true');
  await send('DELETE', '/box?publicAccessBlock');
  expect(elementIn(await send('GET', '/box?publicAccessBlock'), 'Code')).toBe(
    'NoSuchPublicAccessBlockConfiguration',
  );
});

// test_different_location_constraint, test_bucket_constraint_aws_global, test_storage_class_deep_archive.
test('an error names the host that it comes from; a storage class is told where it is not the usual', async () => {
  const { send } = await s3UnderTest();
  const missing = await send('GET', '/box/none');
  expect(elementIn(missing, 'HostId')).toBe(missing.headers.get('x-amz-id-2'));
  expect(has(missing, 'Resource')).toBe(false);
  await send('PUT', '/box/cold', 'x', { 'x-amz-storage-class': 'DEEP_ARCHIVE' });
  await send('PUT', '/box/warm', 'x', { 'x-amz-storage-class': 'STANDARD' });
  expect((await send('HEAD', '/box/cold')).headers.get('x-amz-storage-class')).toBe('DEEP_ARCHIVE');
  expect((await send('HEAD', '/box/warm')).headers.has('x-amz-storage-class')).toBe(false);
  expect(elementIn(await send('GET', '/box?prefix=cold'), 'StorageClass')).toBe('DEEP_ARCHIVE');
});
