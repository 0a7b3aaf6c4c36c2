import { expect, test } from 'vitest';
import { elementIn, s3UnderTest } from './s3-under-test.ts';

// AWS's answers stand in localstack/localstack, tests/aws/services/s3/*.snapshot.json, the tests named below.

// test_crud_website_configuration, test_replication_config, test_get_object_lock_configuration_exc,
// test_bucket_acceleration_configuration_crud; S3 API reference, "GetBucketRequestPayment".
test('a bucket says what it has not been told', async () => {
  const { send } = await s3UnderTest();
  for (const [setting, code] of [
    ['website', 'NoSuchWebsiteConfiguration'],
    ['replication', 'ReplicationConfigurationNotFoundError'],
    ['object-lock', 'ObjectLockConfigurationNotFoundError'],
  ]) {
    const answer = await send('GET', `/box?${setting}`);
    expect([answer.status, elementIn(answer, 'Code'), elementIn(answer, 'BucketName')]).toEqual([
      404,
      code,
      'box',
    ]);
  }
  expect(await send('GET', '/box?accelerate')).toMatchObject({
    status: 200,
    text: expect.stringContaining('<AccelerateConfiguration'),
  });
  expect(elementIn(await send('GET', '/box?requestPayment'), 'Payer')).toBe('BucketOwner');
});

// test_validate_website_configuration, test_bucket_acceleration_configuration_exc, test_replication_config.
test.each([
  ['website', '<WebsiteConfiguration/>', 'InvalidArgument'],
  [
    'website',
    '<WebsiteConfiguration><IndexDocument><Suffix>/index.html</Suffix></IndexDocument></WebsiteConfiguration>',
    'InvalidArgument',
  ],
  [
    'website',
    '<WebsiteConfiguration><IndexDocument><Suffix>a</Suffix></IndexDocument><RedirectAllRequestsTo/></WebsiteConfiguration>',
    'InvalidArgument',
  ],
  [
    'accelerate',
    '<AccelerateConfiguration><Status>enabled</Status></AccelerateConfiguration>',
    'MalformedXML',
  ],
  ['requestPayment', '<RequestPaymentConfiguration/>', 'MalformedXML'],
  ['replication', '<ReplicationConfiguration/>', 'InvalidRequest'],
])('the setting %s is not put as %s', async (setting, document, code) => {
  const { send } = await s3UnderTest();
  const answer = await send('PUT', `/box?${setting}`, document);
  expect([answer.status, elementIn(answer, 'Code')]).toEqual([400, code]);
});

test('a bucket with a period in its name is not accelerated', async () => {
  const { send } = await s3UnderTest();
  await send('PUT', '/box.one');
  const document = '<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>';
  expect(elementIn(await send('PUT', '/box.one?accelerate', document), 'Code')).toBe('InvalidRequest');
});

// S3 API reference, "CreateBucket", Tags.
test('a bucket is made with its tags', async () => {
  const { send } = await s3UnderTest();
  const tags = '<Tags><Tag><Key>team</Key><Value>one</Value></Tag></Tags>';
  await send('PUT', '/tagged', `<CreateBucketConfiguration>${tags}</CreateBucketConfiguration>`);
  const answer = await send('GET', '/tagged?tagging');
  expect([elementIn(answer, 'Key'), elementIn(answer, 'Value')]).toEqual(['team', 'one']);
});
