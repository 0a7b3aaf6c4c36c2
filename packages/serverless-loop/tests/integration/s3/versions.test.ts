import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  clientOptions,
  type LoopUnderTest,
  MET_ONCE,
  projectFolder,
  runLoop,
} from '../../loop-in-process.ts';

const TEMPLATE = `
Resources:
  Told: { Type: AWS::SQS::Queue, Properties: { QueueName: told } }
  MayTell:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Told]
      PolicyDocument:
        Statement:
          - { Effect: Allow, Principal: { Service: s3.amazonaws.com }, Action: sqs:SendMessage, Resource: "*" }
  Crate:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: crate
      VersioningConfiguration: { Status: Enabled }
      NotificationConfiguration:
        QueueConfigurations:
          - { Event: "s3:ObjectRemoved:*", Queue: !GetAtt Told.Arn }
`;

let running: LoopUnderTest & { stop(): Promise<void> };
let s3: S3Client;
let sqs: SQSClient;
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, afterAll);
  running = await runLoop(`${folder}/template.yaml`);
  s3 = new S3Client({ ...clientOptions(running.loop), forcePathStyle: true });
  sqs = new SQSClient(clientOptions(running.loop));
  return async () => {
    s3.destroy();
    sqs.destroy();
    await running.stop();
  };
});

const Bucket = 'crate';
const put = async (Key: string, Body: string, bucket = Bucket) =>
  (await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))).VersionId;
const textOf = async (Key: string, VersionId?: string, bucket = Bucket) =>
  (await s3.send(new GetObjectCommand({ Bucket: bucket, Key, VersionId }))).Body?.transformToString();

async function versionsIn(Prefix: string, bucket = Bucket) {
  const listed = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix }));
  const idsOf = (list: { VersionId?: string | undefined; IsLatest?: boolean | undefined }[] = []) =>
    list.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]);
  return { versions: idsOf(listed.Versions), markers: idsOf(listed.DeleteMarkers) };
}

async function refusalOf(call: Promise<unknown>) {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  const { name, message, $metadata, $response } = Object(error);
  const header = (of: string): unknown => $response?.headers[of];
  return { name, message, status: $metadata?.httpStatusCode, header };
}

// LocalStack's record, test_s3_api.snapshot.json, test_delete_object_versioned.
test('each version of an object can be read, and a deletion only marks it', async () => {
  const Key = 'order';
  const first = await put(Key, 'one');
  const second = await put(Key, 'two');
  expect(first).toMatch(/^[\w.-]{32}$/);
  expect(await textOf(Key)).toBe('two');
  expect(await textOf(Key, first)).toBe('one');
  const deleted = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  expect(deleted.DeleteMarker).toBe(true);

  const gone = await refusalOf(s3.send(new GetObjectCommand({ Bucket, Key })));
  expect(gone).toMatchObject({ name: 'NoSuchKey', status: 404 });
  expect(gone.header('x-amz-delete-marker')).toBe('true');
  expect(gone.header('x-amz-version-id')).toBe(deleted.VersionId);
  const marker = await refusalOf(textOf(Key, deleted.VersionId));
  expect(marker).toMatchObject({
    name: 'MethodNotAllowed',
    message: 'The specified method is not allowed against this resource.',
    status: 405,
  });
  expect(marker.header('allow')).toBe('DELETE');
  expect(await textOf(Key, second)).toBe('two');
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
  expect(Contents).toEqual([]);
  expect(await versionsIn(Key)).toEqual({
    versions: [
      [second, false],
      [first, false],
    ],
    markers: [[deleted.VersionId, true]],
  });

  // Without its marker the object is there again; what is deleted by its version is gone.
  expect(await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: deleted.VersionId }))).toMatchObject(
    { DeleteMarker: true, VersionId: deleted.VersionId },
  );
  expect(await textOf(Key)).toBe('two');
  const removed = await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: second }));
  expect(removed).toMatchObject({ VersionId: second });
  expect(removed.DeleteMarker).toBeUndefined();
  expect(await textOf(Key)).toBe('one');
  expect(await refusalOf(textOf(Key, second))).toMatchObject({
    name: 'NoSuchVersion',
    message: 'The specified version does not exist.',
    status: 404,
  });
  expect(
    await refusalOf(
      s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: `${second?.slice(0, -4)}ABCD` })),
    ),
  ).toMatchObject({ name: 'InvalidArgument', message: 'Invalid version id specified' });
});

test('an older version is restored by a copy of it', async () => {
  const Key = 'restored';
  const first = await put(Key, 'one');
  await put(Key, 'two');
  const copy = await s3.send(
    new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${Key}?versionId=${first}` }),
  );
  expect(copy).toMatchObject({ CopySourceVersionId: first, VersionId: expect.stringMatching(/^.{32}$/) });
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
    VersionId: copy.VersionId,
    ContentLength: 3,
  });
  expect(await textOf(Key)).toBe('one');
});

// The same record's test_object_tagging_versioned.
test('each version has tags of its own, a delete marker none', async () => {
  const Key = 'tagged';
  const first = await put(Key, 'one');
  const second = await put(Key, 'two');
  const tags = (Value: string) => ({ TagSet: [{ Key: 'k', Value }] });
  await s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: tags('new') }));
  expect(
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key, VersionId: first, Tagging: tags('old') })),
  ).toMatchObject({ VersionId: first });
  const tagsOf = (VersionId?: string) => s3.send(new GetObjectTaggingCommand({ Bucket, Key, VersionId }));
  expect(await tagsOf()).toMatchObject({ VersionId: second, ...tags('new') });
  expect(await tagsOf(first)).toMatchObject({ VersionId: first, ...tags('old') });
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  expect(await refusalOf(tagsOf())).toMatchObject({ name: 'MethodNotAllowed', status: 405 });
});

// The same record's test_delete_objects_versioned.
test('several versions are deleted at once, and those that are not there told', async () => {
  const Key = 'many';
  const first = await put(Key, 'one');
  const remove = async (...Objects: { Key: string; VersionId?: string }[]) => {
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    return { Deleted, Errors };
  };
  const marked = await remove({ Key }, { Key: 'never-there' });
  expect(marked.Deleted).toMatchObject([
    { Key, DeleteMarker: true },
    { Key: 'never-there', DeleteMarker: true },
  ]);
  const VersionId = marked.Deleted?.[0]?.DeleteMarkerVersionId ?? '';
  expect((await remove({ Key, VersionId })).Deleted).toEqual([
    { Key, VersionId, DeleteMarker: true, DeleteMarkerVersionId: VersionId },
  ]);
  expect((await remove({ Key, VersionId: first ?? '' })).Deleted).toEqual([{ Key, VersionId: first }]);
  expect((await remove({ Key, VersionId })).Errors).toEqual([
    { Key, VersionId, Code: 'NoSuchVersion', Message: 'The specified version does not exist.' },
  ]);
});

// LocalStack's record, test_s3_list_operations.snapshot.json, test_list_objects_versions_with_prefix_only_and_pagination.
test('versions are listed in pages that go on within a key', async () => {
  const ids: (string | undefined)[] = [];
  for (const body of ['1', '2', '3', '4', '5']) ids.unshift(await put('paged', body));
  const list = (more: object) => s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'paged', ...more }));
  const one = await list({ MaxKeys: 3 });
  expect(one).toMatchObject({ IsTruncated: true, NextKeyMarker: 'paged', NextVersionIdMarker: ids[2] });
  expect(one.Versions?.map(({ VersionId }) => VersionId)).toEqual(ids.slice(0, 3));
  const next = { KeyMarker: 'paged', VersionIdMarker: ids[2] };
  expect((await list(next)).Versions?.map(({ VersionId }) => VersionId)).toEqual(ids.slice(3));
  for (const VersionId of ids.slice(0, 3))
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'paged', VersionId }));
  expect((await list(next)).Versions?.map(({ VersionId }) => VersionId)).toEqual(ids.slice(3));
  expect((await list({ KeyMarker: 'paged' })).Versions).toBeUndefined();
  expect(await refusalOf(list({ VersionIdMarker: ids[2] }))).toMatchObject({
    name: 'InvalidArgument',
    message: 'A version-id marker cannot be specified without a key marker.',
  });
});

// LocalStack's record, test_s3_api.snapshot.json, test_put_object_on_suspended_bucket and test_delete_object_on_suspended_bucket.
test('a bucket that keeps versions no more has one without an id beside them', async () => {
  const bucket = 'suspended';
  const Key = 'k';
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const set = (Status: 'Enabled' | 'Suspended') =>
    s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status } }));
  const before = await put(Key, 'before', bucket);
  expect(before).toBeUndefined();
  await set('Enabled');
  expect(await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }))).toMatchObject({
    Status: 'Enabled',
  });
  const kept = await put(Key, 'kept', bucket);
  expect(await textOf(Key, 'null', bucket)).toBe('before');
  await set('Suspended');
  for (const body of ['one', 'two']) expect(await put(Key, body, bucket)).toBeUndefined();
  expect(await versionsIn(Key, bucket)).toEqual({
    versions: [
      ['null', true],
      [kept, false],
    ],
    markers: [],
  });
  expect(await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }))).toMatchObject({
    DeleteMarker: true,
    VersionId: 'null',
  });
  expect(await versionsIn(Key, bucket)).toEqual({ versions: [[kept, false]], markers: [['null', true]] });

  // The same record's test_delete_versioned_bucket_with_objects.
  expect(await refusalOf(s3.send(new DeleteBucketCommand({ Bucket: bucket })))).toMatchObject({
    name: 'BucketNotEmpty',
    message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
  });
  for (const VersionId of [kept, 'null'])
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }));
  await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
});

// The same record's test_bucket_versioning_crud and test_get_object_with_version_unversioned_bucket.
test('a bucket refuses other states, and one without versions their ids', async () => {
  const bucket = 'plain';
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const set = (VersioningConfiguration: object) =>
    refusalOf(s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration })));
  expect(await set({ Status: 'enabled' })).toMatchObject({ name: 'MalformedXML' });
  expect(await set({})).toMatchObject({
    name: 'IllegalVersioningConfigurationException',
    message: 'The Versioning element must be specified',
  });
  await put('k', 'text', bucket);
  expect(await refusalOf(textOf('k', 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD', bucket))).toMatchObject({
    name: 'InvalidArgument',
    message: 'Invalid version id specified',
  });
  expect(await textOf('k', 'null', bucket)).toBe('text');
});

// S3 User Guide, "Event message structure"; "Supported event types": s3:ObjectRemoved:DeleteMarkerCreated.
test('a bucket tells of delete markers and of versions that are deleted, each by its id', async () => {
  const Key = 'told';
  const version = await put(Key, 'one');
  const { VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: version }));
  const QueueUrl = `${running.loop.endpoint}/000000000000/told`;
  const told = new Map<string, string>();
  await expect
    .poll(async () => {
      const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...MET_ONCE });
      const { Messages = [] } = await sqs.send(receive);
      for (const { Body = '' } of Messages)
        for (const { eventName, s3: content } of JSON.parse(Body).Records ?? [])
          if (content.object.key === Key) told.set(content.object.versionId, eventName);
      return [...told];
    })
    .toEqual(
      expect.arrayContaining([
        [marker, 'ObjectRemoved:DeleteMarkerCreated'],
        [version, 'ObjectRemoved:Delete'],
      ]),
    );
});
