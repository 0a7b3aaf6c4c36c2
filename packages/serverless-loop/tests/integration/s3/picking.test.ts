import { expect, test } from 'vitest';
import { s3UnderTest } from './s3-under-test.ts';

const BOX = 'arn:aws:s3:::box';
const OBJECT = 'arn:aws:s3:::box/a/b';
const COPY = { 'x-amz-copy-source': '/box/c' };

// Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
test.each<
  [method: string, target: string, action: string, resource: string, headers?: Record<string, string>]
>([
  ['GET', '/', 'ListAllMyBuckets', '*'],
  ['PUT', '/box', 'CreateBucket', BOX],
  ['HEAD', '/box/', 'ListBucket', BOX],
  ['GET', '/box?list-type=2', 'ListBucket', BOX],
  ['GET', '/box?versions', 'ListBucketVersions', BOX],
  ['GET', '/box?cors', 'GetBucketCORS', BOX],
  ['DELETE', '/box?cors', 'PutBucketCORS', BOX],
  ['PUT', '/box?encryption', 'PutEncryptionConfiguration', BOX],
  ['GET', '/box?lifecycle', 'GetLifecycleConfiguration', BOX],
  ['PUT', '/box?notification', 'PutBucketNotification', BOX],
  ['PUT', '/box?policy', 'PutBucketPolicy', BOX],
  ['DELETE', '/box?policy', 'DeleteBucketPolicy', BOX],
  ['GET', '/box?publicAccessBlock', 'GetBucketPublicAccessBlock', BOX],
  ['DELETE', '/box?tagging', 'PutBucketTagging', BOX],
  ['PUT', '/box/a/b', 'PutObject', OBJECT],
  ['PUT', '/box/a/b', 'PutObject', OBJECT, COPY],
  ['PUT', '/box/a/b?tagging', 'PutObjectTagging', OBJECT, COPY],
  ['GET', '/box/a/b?partNumber=1', 'GetObject', OBJECT],
  ['GET', '/box/a/b?uploadId=1', 'ListMultipartUploadParts', OBJECT],
  ['DELETE', '/box/a/b?uploadId=1', 'AbortMultipartUpload', OBJECT],
])('%s %s needs the right to %s', async (method, target, action, resource, headers) => {
  const asked: unknown[] = [];
  const { send } = await s3UnderTest({ authorize: (_call, needs) => void asked.push(...needs) });
  asked.length = 0;
  await send(method, target, undefined, headers);
  expect(asked).toEqual([{ action: `s3:${action}`, resource }]);
});

// Each of these parameters makes another operation of the request, which would otherwise make a bucket or write an object.
test.each([
  ['PUT', '/box?inventory'],
  ['PUT', '/box?object-lock'],
  ['GET', '/box?uploadId=1'],
  ['PUT', '/box/a?legal-hold'],
  ['PUT', '/box/a?uploadId=1'],
  ['PUT', '/box/a?partNumber=1'],
  ['GET', '/box/a?partNumber=1&uploadId=1'],
  ['GET', '/box/a?tagging&acl'],
  ['DELETE', '/box/a?retention'],
  ['DELETE', '/box?versioning'],
  ['POST', '/box/a'],
])('%s %s is not emulated', async (method, target) => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box/a', 'kept');
  const answer = await send(method, target);
  expect(answer.status).toBe(501);
  expect(answer.text).toContain('<Code>NotImplemented</Code>');
  expect((await send('GET', '/box/a')).text).toBe('kept');
});

test.each([
  ['/box?max-keys=many', 'max-keys', 'many', 'Provided max-keys not an integer or within integer range'],
  ['/box?max-keys=-1', 'max-keys', '-1', 'Provided max-keys not an integer or within integer range'],
  ['/box?encoding-type=xml', 'encoding-type', 'xml', 'Invalid Encoding Method specified in Request'],
  ['/?max-buckets=0', 'max-buckets', '0', 'max-buckets must be between 1 and 10000'],
  ['/?continuation-token=x', 'continuation-token', 'x', 'The continuation token provided is incorrect'],
  ['/box/a?partNumber=0', 'partNumber', '0', 'Part number must be an integer between 1 and 10000, inclusive'],
])('%s is refused with the argument and its value', async (target, name, value, words) => {
  const { send } = await s3UnderTest();
  const { status, text } = await send('GET', target);
  expect(status).toBe(400);
  expect(text).toContain(
    `<Code>InvalidArgument</Code><Message>${words}</Message><ArgumentName>${name}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`,
  );
});

test.each([
  ['POST', '/box?delete', '<Delete></Delete>'],
  ['POST', '/box?delete', '<Remove><Object><Key>a</Key></Object></Remove>'],
  ['POST', '/box?delete', '<Delete><Object><Key></Key></Object></Delete>'],
  ['PUT', '/box/a?tagging', ''],
  ['PUT', '/box/a?tagging', '<Tagging/>'],
  ['PUT', '/box/a?tagging', '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>'],
  ['PUT', '/other', '<Configuration/>'],
  ['PUT', '/box?cors', '<Cors/>'],
])('%s %s with the body %j is refused as malformed', async (method, target, body) => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box/a', 'kept');
  const answer = await send(method, target, body);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('<Code>MalformedXML</Code>');
  expect((await send('GET', '/box/a')).text).toBe('kept');
});

test('buckets are listed in pages', async () => {
  const { send } = await s3UnderTest();
  for (const name of ['crate', 'barrel']) await send('PUT', `/${name}`);
  const names = (text: string) => [...text.matchAll(/<Name>([^<]*)/g)].map(([, name]) => name);
  const first = await send('GET', '/?max-buckets=2');
  expect(names(first.text)).toEqual(['barrel', 'box']);
  const token = /<ContinuationToken>([^<]*)/.exec(first.text)?.[1] ?? '';
  const second = await send('GET', `/?max-buckets=2&continuation-token=${encodeURIComponent(token)}`);
  expect(names(second.text)).toEqual(['crate']);
  expect(second.text).not.toContain('<ContinuationToken>');
});
