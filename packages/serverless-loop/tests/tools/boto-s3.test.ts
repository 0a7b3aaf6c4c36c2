import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';
import { depotTemplate } from './depot.ts';

const python = await findBoto();

describe.runIf(python)('S3 as boto3 reads it', () => {
  const Bucket = 'artifacts-of-mine';
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  beforeAll(async () => {
    running = await runLoop(depotTemplate(afterAll));
    boto = botoCaller(python ?? '', running.loop.endpoint);
    await call('CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });
  const call = (operation: string, params?: Record<string, unknown>) => boto.output('s3', operation, params);
  const refuse = (operation: string, params: Record<string, unknown>) =>
    boto.refusal('s3', operation, params);

  test('buckets are made, found, told of and removed', async () => {
    await call('CreateBucket', {
      Bucket: 'other.one',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    });
    expect(await call('ListBuckets')).toMatchObject({ Buckets: [{ Name: Bucket }, { Name: 'other.one' }] });
    expect(await call('HeadBucket', { Bucket })).toMatchObject({ BucketRegion: 'eu-west-1' });
    expect(await call('GetBucketLocation', { Bucket })).toEqual({ LocationConstraint: 'eu-west-1' });
    await call('DeleteBucket', { Bucket: 'other.one' });
    expect(await refuse('HeadBucket', { Bucket: 'other.one' })).toMatchObject({ status: 404 });
    expect(
      await refuse('CreateBucket', {
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    ).toMatchObject({ status: 409, code: 'BucketAlreadyOwnedByYou' });
  });

  test('an object comes back as it was put, whole and in ranges', async () => {
    const Key = 'folder/ä & <b> "c"+d.txt';
    const put = await call('PutObject', {
      Bucket,
      Key,
      Body: 'hello world',
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      Metadata: { colour: 'green' },
      ServerSideEncryption: 'AES256',
    });
    expect(put).toMatchObject({
      ETag: `"${createHash('md5').update('hello world').digest('hex')}"`,
      ServerSideEncryption: 'AES256',
      ChecksumCRC32: 'DUoRhQ==',
    });
    expect(await call('HeadObject', { Bucket, Key })).toMatchObject({
      ContentLength: 11,
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      Metadata: { colour: 'green' },
      ETag: put.ETag,
    });
    expect(await call('GetObject', { Bucket, Key })).toMatchObject({
      Body: 'hello world',
      ContentLength: 11,
    });
    expect(await call('GetObject', { Bucket, Key, Range: 'bytes=6-' })).toMatchObject({
      Body: 'world',
      ContentRange: 'bytes 6-10/11',
    });
    expect(await call('GetObject', { Bucket, Key, Range: 'bytes=-3' })).toMatchObject({ Body: 'rld' });
    await call('CopyObject', { Bucket, Key: 'copy', CopySource: { Bucket, Key } });
    expect(await call('GetObject', { Bucket, Key: 'copy' })).toMatchObject({
      Body: 'hello world',
      Metadata: { colour: 'green' },
    });
    await call('PutObjectTagging', { Bucket, Key, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } });
    expect(await call('GetObjectTagging', { Bucket, Key })).toMatchObject({
      TagSet: [{ Key: 'a', Value: 'b' }],
    });
    await call('DeleteObject', { Bucket, Key });
    expect(await refuse('GetObject', { Bucket, Key })).toMatchObject({
      status: 404,
      code: 'NoSuchKey',
      message: 'The specified key does not exist.',
    });
    expect(await refuse('HeadObject', { Bucket, Key })).toMatchObject({ status: 404 });
    await call('DeleteObjects', { Bucket, Delete: { Objects: [{ Key: 'copy' }, { Key: 'never' }] } });
  });

  test.each(['../../escape', '..', './a', 'a//b', '%2e%2e/x', 'a?b=c#d', ' ', 'snäck/🥨', 'k'.repeat(1024)])(
    'the key %j is a key like any other',
    async (Key) => {
      await call('PutObject', { Bucket, Key, Body: Key.slice(0, 10) });
      expect(await call('GetObject', { Bucket, Key })).toMatchObject({ Body: Key.slice(0, 10) });
      expect(await call('ListObjectsV2', { Bucket, Prefix: Key })).toMatchObject({ Contents: [{ Key }] });
      await call('DeleteObject', { Bucket, Key });
    },
  );

  test('lists hold what a prefix and a delimiter leave, over pages', async () => {
    for (const Key of ['a', 'b/1', 'b/2', 'c/1', 'd']) await call('PutObject', { Bucket, Key, Body: Key });
    const first = await call('ListObjectsV2', { Bucket, Delimiter: '/', MaxKeys: 2 });
    expect(first).toMatchObject({
      IsTruncated: true,
      KeyCount: 2,
      Contents: [{ Key: 'a', Size: 1 }],
      CommonPrefixes: [{ Prefix: 'b/' }],
    });
    const next = await call('ListObjectsV2', {
      Bucket,
      Delimiter: '/',
      ContinuationToken: first.NextContinuationToken,
    });
    expect(next).toMatchObject({
      IsTruncated: false,
      Contents: [{ Key: 'd' }],
      CommonPrefixes: [{ Prefix: 'c/' }],
    });
    expect(await call('ListObjectsV2', { Bucket, Prefix: 'b/', StartAfter: 'b/1' })).toMatchObject({
      Contents: [{ Key: 'b/2' }],
    });
    expect(await call('ListObjects', { Bucket, Marker: 'c/1' })).toMatchObject({ Contents: [{ Key: 'd' }] });
    expect(await call('ListObjectVersions', { Bucket, Prefix: 'a' })).toMatchObject({
      Versions: [{ Key: 'a', VersionId: 'null', IsLatest: true }],
    });
    expect(await refuse('DeleteBucket', { Bucket })).toMatchObject({ status: 409, code: 'BucketNotEmpty' });
    expect(await refuse('ListObjectsV2', { Bucket, ContinuationToken: 'bm9uZQ==' })).toMatchObject({
      code: 'InvalidArgument',
    });
  });

  test('a large object comes in parts', async () => {
    const Key = 'large.zip';
    const { UploadId } = await call('CreateMultipartUpload', { Bucket, Key, ContentType: 'application/zip' });
    const part = 'x'.repeat(5 * 1024 * 1024);
    const one = await call('UploadPart', { Bucket, Key, UploadId, PartNumber: 1, Body: part });
    const two = await call('UploadPart', { Bucket, Key, UploadId, PartNumber: 2, Body: 'end' });
    expect(await call('ListParts', { Bucket, Key, UploadId })).toMatchObject({
      Parts: [{ PartNumber: 1 }, { PartNumber: 2, Size: 3 }],
    });
    expect(await call('ListMultipartUploads', { Bucket })).toMatchObject({ Uploads: [{ Key, UploadId }] });
    const Parts = [one, two].map(({ ETag }, at) => ({ ETag, PartNumber: at + 1 }));
    const complete = (of: unknown[]) => ({ Bucket, Key, UploadId, MultipartUpload: { Parts: of } });
    expect(await refuse('CompleteMultipartUpload', complete(Parts.toReversed()))).toMatchObject({
      code: 'InvalidPartOrder',
    });
    expect(await refuse('CompleteMultipartUpload', complete([{ ETag: '"0"', PartNumber: 1 }]))).toMatchObject(
      { code: 'InvalidPart' },
    );
    expect(await call('CompleteMultipartUpload', complete(Parts))).toMatchObject({
      ETag: expect.stringMatching(/^"[0-9a-f]{32}-2"$/),
    });
    expect(await call('HeadObject', { Bucket, Key })).toMatchObject({
      ContentLength: part.length + 3,
      ContentType: 'application/zip',
    });
    expect(
      await call('GetObjectAttributes', { Bucket, Key, ObjectAttributes: ['ObjectParts', 'ObjectSize'] }),
    ).toMatchObject({ ObjectParts: { TotalPartsCount: 2 }, ObjectSize: part.length + 3 });
    expect(await refuse('AbortMultipartUpload', { Bucket, Key, UploadId })).toMatchObject({
      status: 404,
      code: 'NoSuchUpload',
    });
    await call('DeleteObject', { Bucket, Key });
  });

  test('what a bucket is told is kept, and what it was not told is answered as by AWS', async () => {
    await call('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    expect(await call('GetBucketVersioning', { Bucket })).toMatchObject({ Status: 'Enabled' });
    expect(await call('GetBucketEncryption', { Bucket })).toHaveProperty('ServerSideEncryptionConfiguration');
    await call('PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
    expect(await call('GetPublicAccessBlock', { Bucket })).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    });
    expect(await refuse('GetBucketPolicy', { Bucket })).toMatchObject({
      status: 404,
      code: 'NoSuchBucketPolicy',
    });
    expect(await refuse('PutBucketPolicy', { Bucket, Policy: '[]' })).toMatchObject({
      code: 'MalformedPolicy',
    });
    const Policy = '{"Version":"2012-10-17","Statement":[]}';
    await call('PutBucketPolicy', { Bucket, Policy });
    expect(await call('GetBucketPolicy', { Bucket })).toEqual({ Policy });
    await call('DeleteBucketPolicy', { Bucket });
    await call('PutBucketTagging', { Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } });
    expect(await call('GetBucketTagging', { Bucket })).toMatchObject({ TagSet: [{ Key: 'a', Value: 'b' }] });
  });

  test.each([
    [
      'PutObject',
      { Bucket: 'nowhere', Key: 'k', Body: 'x' },
      404,
      'NoSuchBucket',
      'The specified bucket does not exist',
    ],
    ['ListObjectsV2', { Bucket: 'nowhere' }, 404, 'NoSuchBucket', 'The specified bucket does not exist'],
    ['CreateBucket', { Bucket: 'UPPER' }, 400, 'InvalidBucketName', 'The specified bucket is not valid.'],
    [
      'PutObject',
      { Bucket, Key: 'k'.repeat(1025), Body: 'x' },
      400,
      'KeyTooLongError',
      'Your key is too long',
    ],
    [
      'PutObject',
      { Bucket, Key: 'k', Body: 'x', ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' },
      400,
      'BadDigest',
      'Content-MD5',
    ],
    ['PutObject', { Bucket, Key: 'k', Body: 'x', ChecksumCRC32: 'AAAAAA==' }, 400, 'BadDigest', 'CRC32'],
    ['GetObject', { Bucket, Key: 'none', Range: 'bytes=0-1' }, 404, 'NoSuchKey', 'does not exist'],
    ['GetObjectTorrent', { Bucket, Key: 'none' }, 501, 'NotImplemented', "The loop doesn't emulate GET"],
  ])('%s is refused in the words of AWS (%#)', async (operation, params, status, code, words) => {
    const refusal = await refuse(operation, params);
    expect(refusal).toMatchObject({ status, code });
    expect(refusal.message).toContain(words);
  });
});
