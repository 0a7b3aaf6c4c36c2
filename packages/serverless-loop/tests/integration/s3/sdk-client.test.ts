import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions, type LoopUnderTest, projectFolder, runLoop } from '../../loop-in-process.ts';

let running: LoopUnderTest & { stop(): Promise<void> };
let s3: S3Client;
let removeFolder = () => {};
beforeAll(async () => {
  const template = 'Resources: {Crate: {Type: AWS::S3::Bucket, Properties: {BucketName: crate}}}';
  const folder = projectFolder({ 'template.yaml': template }, (remove) => {
    removeFolder = remove;
  });
  running = await runLoop(`${folder}/template.yaml`);
  s3 = new S3Client({ ...clientOptions(running.loop), forcePathStyle: true });
});
afterAll(async () => {
  s3.destroy();
  await running.stop();
  removeFolder();
});

const Bucket = 'crate';

// SDK for JavaScript guide, "Data integrity protection with checksums": a CRC32 with each upload, and checked at each download.
test('an object comes back with its metadata, tags and checksum, whole or in part', async () => {
  const put = { Bucket, Key: 'a b/ü.txt', Body: '0123456789', ContentType: 'text/plain' };
  const { ChecksumCRC32 } = await s3.send(
    new PutObjectCommand({ ...put, Metadata: { colour: 'red' }, Tagging: 'kind=box' }),
  );
  const whole = await s3.send(new GetObjectCommand({ Bucket, Key: put.Key }));
  expect(await whole.Body?.transformToString()).toBe('0123456789');
  expect(whole).toMatchObject({
    ContentType: 'text/plain',
    Metadata: { colour: 'red' },
    TagCount: 1,
    ChecksumCRC32,
    ChecksumType: 'FULL_OBJECT',
  });
  const part = await s3.send(new GetObjectCommand({ Bucket, Key: put.Key, Range: 'bytes=-3' }));
  expect(part).toMatchObject({ ContentRange: 'bytes 7-9/10', $metadata: { httpStatusCode: 206 } });
  expect(await part.Body?.transformToString()).toBe('789');
  await s3.send(
    new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${encodeURIComponent(put.Key)}` }),
  );
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).toMatchObject({
    Metadata: { colour: 'red' },
    ContentLength: 10,
  });
  const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'copy' }));
  expect(TagSet).toEqual([{ Key: 'kind', Value: 'box' }]);
});

// SDK for JavaScript: a body of unknown kind goes in chunks with its checksum behind it.
test('a stream goes up in chunks with its checksum behind them', async () => {
  const Body = Readable.from(['streamed ', 'body']);
  await s3.send(new PutObjectCommand({ Bucket, Key: 'streamed', Body, ContentLength: 13 }));
  const { Body: read } = await s3.send(new GetObjectCommand({ Bucket, Key: 'streamed' }));
  expect(await read?.transformToString()).toBe('streamed body');
});

// S3 API reference, "Error responses", and S3 User Guide, "How to prevent object overwrites with conditional writes".
test('errors are of the classes and codes of S3', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body: '1' }));
  const again = new PutObjectCommand({ Bucket, Key: 'once', Body: '2', IfNoneMatch: '*' });
  await expect(s3.send(again)).rejects.toMatchObject({
    name: 'PreconditionFailed',
    Condition: 'If-None-Match',
    $metadata: { httpStatusCode: 412 },
  });
  const other = new PutObjectCommand({ Bucket, Key: 'once', Body: '2', IfMatch: '"0"' });
  await expect(s3.send(other)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
    Key: 'none',
  });
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
  await expect(s3.send(new GetObjectCommand({ Bucket: 'no-such-crate', Key: 'k' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
  await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
    name: 'BucketAlreadyOwnedByYou',
  });
});

// S3 API reference, "ListObjectsV2" and "DeleteObjects".
test('a list comes in pages by prefix and delimiter, and many objects go at once', async () => {
  const Keys = ['list/a/1', 'list/a/2', 'list/b', 'list/c', 'list/d/1'];
  for (const Key of Keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  const told: (string | undefined)[] = [];
  for (let ContinuationToken: string | undefined; ; ) {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'list/', Delimiter: '/', MaxKeys: 2, ContinuationToken }),
    );
    expect(page.KeyCount).toBe(2);
    told.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
    told.push(...(page.Contents ?? []).map(({ Key }) => Key));
    if (!page.IsTruncated) break;
    ContinuationToken = page.NextContinuationToken;
  }
  expect(told.sort()).toEqual(['list/a/', 'list/b', 'list/c', 'list/d/']);
  const Objects = [...Keys, 'list/never'].map((Key) => ({ Key }));
  const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(Deleted).toEqual(Objects);
  expect(await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/' }))).toMatchObject({ KeyCount: 0 });
});
