import { type Go, type ServiceContract, TextBytes, textIn } from '../contract.ts';

const Key = 'a/one';

export const S3_CONTRACT: ServiceContract = {
  title: 'S3',
  service: 's3',
  async good(go) {
    const Bucket = 'contract';
    const Tags = [{ Key: 'a', Value: 'b' }];
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1', Tags };
    await go('CreateBucket', { Bucket, CreateBucketConfiguration, ObjectOwnership: 'ObjectWriter' });
    await go('CreateBucket', { Bucket: 'contract-other' });
    await go('ListBuckets', { Prefix: 'contract' });
    await go('HeadBucket', { Bucket });
    await go('GetBucketLocation', { Bucket });
    await callSettings(go, { Bucket });
    await callObjects(go, { Bucket });
    await callParts(go, { Bucket });
    await go('DeleteBucket', { Bucket: 'contract-other' });
  },
  nowhere: { Bucket: 'nowhere' },
  missing: 'NoSuchBucket',
  onlyRefused: ['GetObjectLockConfiguration'],
  refused: [
    ['CreateBucket', { Bucket: 'UPPER' }, 'InvalidBucketName'],
    ['ListBuckets', { ContinuationToken: 'foreign' }, 'InvalidArgument'],
    ['HeadBucket', { Bucket: 'nowhere' }, '404'],
    ['HeadObject', { Bucket: 'contract', Key: 'nowhere' }, '404'],
    ['GetObjectLockConfiguration', { Bucket: 'contract' }, 'ObjectLockConfigurationNotFoundError'],
  ],
};

async function callSettings(go: Go, of: { Bucket: string }): Promise<void> {
  const settings: [noun: string, member: string, value: unknown, deletion?: string][] = [
    ['BucketAccelerateConfiguration', 'AccelerateConfiguration', { Status: 'Suspended' }],
    [
      'BucketCors',
      'CORSConfiguration',
      { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] },
      'DeleteBucketCors',
    ],
    [
      'BucketEncryption',
      'ServerSideEncryptionConfiguration',
      { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      'DeleteBucketEncryption',
    ],
    [
      'BucketLifecycleConfiguration',
      'LifecycleConfiguration',
      { Rules: [{ ID: 'a', Status: 'Enabled', Filter: { Prefix: 'a' }, Expiration: { Days: 1 } }] },
      'DeleteBucketLifecycle',
    ],
    ['BucketLogging', 'BucketLoggingStatus', {}],
    ['BucketNotificationConfiguration', 'NotificationConfiguration', { EventBridgeConfiguration: {} }],
    [
      'PublicAccessBlock',
      'PublicAccessBlockConfiguration',
      { BlockPublicPolicy: false },
      'DeletePublicAccessBlock',
    ],
    ['BucketPolicy', 'Policy', '{"Version":"2012-10-17","Statement":[]}', 'DeleteBucketPolicy'],
    ['BucketRequestPayment', 'RequestPaymentConfiguration', { Payer: 'BucketOwner' }],
    ['BucketTagging', 'Tagging', { TagSet: [{ Key: 'a', Value: 'b' }] }, 'DeleteBucketTagging'],
    ['BucketVersioning', 'VersioningConfiguration', { Status: 'Enabled' }],
    [
      'BucketWebsite',
      'WebsiteConfiguration',
      { IndexDocument: { Suffix: 'index.html' } },
      'DeleteBucketWebsite',
    ],
    [
      'BucketReplication',
      'ReplicationConfiguration',
      {
        Role: 'arn:aws:iam::000000000000:role/x',
        Rules: [
          {
            ...{ ID: 'a', Priority: 1, Status: 'Enabled', Filter: { Prefix: 'a' } },
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: { Bucket: 'arn:aws:s3:::contract-other' },
          },
        ],
      },
      'DeleteBucketReplication',
    ],
    [
      'BucketOwnershipControls',
      'OwnershipControls',
      { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
      'DeleteBucketOwnershipControls',
    ],
  ];
  for (const [noun, member, value, deletion] of settings) {
    await go(`Put${noun}`, { ...of, [member]: value });
    await go(`Get${noun}`, of);
    if (deletion) await go(deletion, of);
  }
  await go('PutBucketAcl', { ...of, ACL: 'private' });
  await go('GetBucketAcl', of);
}

async function callObjects(go: Go, of: { Bucket: string }): Promise<void> {
  const object = { ...of, Key };
  const Body = new TextBytes('one');
  await go('PutObject', { ...object, Body });
  await go('PutObject', { ...of, Key: 'b/two', Body });
  await go('HeadObject', object);
  await go('GetObject', object);
  await go('GetObjectAttributes', { ...object, ObjectAttributes: ['ObjectSize'] });
  await go('CopyObject', { ...of, Key: 'copy', CopySource: `${of.Bucket}/${Key}` });
  await go('ListObjects', of);
  await go('ListObjectsV2', of);
  await go('ListObjectVersions', of);
  await go('PutObjectTagging', { ...object, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } });
  await go('GetObjectTagging', object);
  await go('DeleteObjectTagging', object);
  await go('PutObjectAcl', { ...object, ACL: 'private' });
  await go('GetObjectAcl', object);
  await go('DeleteObject', { ...of, Key: 'copy' });
  await go('DeleteObjects', { ...of, Delete: { Objects: [{ Key: 'b/two' }, { Key: 'never' }] } });
}

async function callParts(go: Go, of: { Bucket: string }): Promise<void> {
  const object = { ...of, Key: 'parted' };
  const begun = { ...object, UploadId: textIn(await go('CreateMultipartUpload', object), 'UploadId') };
  const other = await go('CreateMultipartUpload', { ...of, Key: 'other' });
  const part = await go('UploadPart', {
    ...{ ...begun, PartNumber: 1 },
    Body: new TextBytes('x'.repeat(5 * 1024 * 1024)),
  });
  const copied = await go('UploadPartCopy', {
    ...{ ...begun, PartNumber: 2 },
    CopySource: `${of.Bucket}/${Key}`,
  });
  await go('ListParts', begun);
  await go('ListMultipartUploads', of);
  await go('AbortMultipartUpload', { ...of, Key: 'other', UploadId: other.UploadId });
  const Parts = [
    { PartNumber: 1, ETag: part.ETag },
    { PartNumber: 2, ETag: textIn(copied, 'CopyPartResult', 'ETag') },
  ];
  await go('CompleteMultipartUpload', { ...begun, MultipartUpload: { Parts } });
}
