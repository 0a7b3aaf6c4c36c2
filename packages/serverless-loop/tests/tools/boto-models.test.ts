import { beforeAll, describe, expect, test } from 'vitest';
import { CLOUD_CONTROL } from '../../src/services/cloudcontrol/service.ts';
import { DYNAMODB_STREAMS } from '../../src/services/dynamodb/api/service.ts';
import { S3_SERVICE } from '../../src/services/s3/service.ts';
import { SCHEDULER } from '../../src/services/scheduler/service.ts';
import { SCHEMAS } from '../../src/services/schemas/service.ts';
import { SNS } from '../../src/services/sns/service.ts';
import { type DescribedService, departures, notRead } from '../unit/aws/model-departures.ts';
import { findPython } from './boto-caller.ts';
import { type BotoModel, botoModels } from './boto-model.ts';

/** The tables of services of which the tests have no SDK, their names in botocore, and the members that nothing here reads. */
const SERVICES: [name: string, service: DescribedService, inBotocore: string, notRead: string[]][] = [
  ['Cloud Control', CLOUD_CONTROL, 'cloudcontrol', ['GetResource.RoleArn', 'GetResource.TypeVersionId']],
  ['DynamoDB streams', DYNAMODB_STREAMS, 'dynamodbstreams', []],
  ['Scheduler', SCHEDULER, 'scheduler', []],
  ['Schemas', SCHEMAS, 'schemas', ['ListRegistries.Scope']],
  ['SNS', SNS, 'sns', []],
];

/** S3 keeps bodies as they come: settings, access control lists and objects; and the times of headers as their texts. */
const S3_KEPT =
  /\.(?:Document|ContentType) is not in the model$| is no text: 4$|\.Body is (?:no stream: 21|not required)$|\.AccessControlPolicy is /;

/** S3's answers as AWS sends them, and headers of S3's own protocol, which its model leaves to the clients. */
const S3_DEPARTURES = [
  "GetBucketLocation's answer.LocationConstraint stands at undefined, not payload",
  'PutBucketLifecycleConfiguration answers: true',
  'PutBucketPolicy is at PUT /{Bucket}?policy with 200',
  'PutBucketTagging is at PUT /{Bucket}?tagging with 200',
  'PutObject.DecodedContentLength is not in the model',
  'PutObject.ContentSHA256 is not in the model',
  'PutObject.Trailer is not in the model',
  "GetObject's answer.StatusCode is not in the model",
  "HeadObject's answer.StatusCode is not in the model",
  'UploadPart.ContentEncoding is not in the model',
  'UploadPart.DecodedContentLength is not in the model',
  'UploadPart.ContentSHA256 is not in the model',
  'UploadPart.Trailer is not in the model',
  'CompleteMultipartUpload.Host is not in the model',
];

/** Of its inputs, whichever operation has them. */
const S3_NOT_READ =
  'AccelerateConfiguration AnnotationDirective BucketKeyEnabled BucketLoggingStatus BucketNamespace BypassGovernanceRetention CORSConfiguration ChecksumAlgorithm ChecksumMD5 ChecksumSHA512 ChecksumXXHASH128 ChecksumXXHASH3 ChecksumXXHASH64 ConfirmRemoveSelfBucketAccess ContentMD5 CopySourceSSECustomerAlgorithm CopySourceSSECustomerKey CopySourceSSECustomerKeyMD5 IfMatch IfMatchInitiatedTime IfMatchLastModifiedTime IfMatchSize LifecycleConfiguration MFA ObjectLockEnabledForBucket ObjectLockEventHold ObjectLockEventHoldDurationDays ObjectLockEventHoldDurationYears ObjectLockLegalHoldStatus ObjectLockMode ObjectLockRetainUntilDate OptionalObjectAttributes OwnershipControls Policy PublicAccessBlockConfiguration ReplicationConfiguration RequestPayer RequestPaymentConfiguration SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 SSEKMSEncryptionContext SSEKMSKeyId ServerSideEncryption ServerSideEncryptionConfiguration Tagging Token TransitionDefaultMinimumObjectSize VersioningConfiguration WebsiteConfiguration WriteOffsetBytes'.split(
    ' ',
  );

const python = await findPython('botocore');

describe.runIf(python)('the tables of operations, held against the models that botocore has', () => {
  let models: Map<string, BotoModel>;
  beforeAll(async () => {
    models = await botoModels(python ?? '', [...SERVICES.map(([, , inBotocore]) => inBotocore), 's3']);
  });
  const modelOf = (name: string): BotoModel => models.get(name) ?? expect.fail(`no model of ${name}`);

  test.each(SERVICES)(
    'what %s reads and answers is of the kinds, and by the names, of its API',
    (_name, service, inBotocore) => {
      expect(departures(service, modelOf(inBotocore))).toEqual([]);
    },
  );

  test.each(SERVICES)(
    'the members of %s’s API that nothing here reads are known',
    (_name, service, inBotocore, known) => {
      expect(notRead(service, modelOf(inBotocore))).toEqual(known.toSorted());
    },
  );

  test('what S3 reads and answers departs from its API in what is known', () => {
    const model = modelOf('s3');
    expect(departures(S3_SERVICE, model).filter((departure) => !S3_KEPT.test(departure))).toEqual(
      S3_DEPARTURES,
    );
    const members = notRead(S3_SERVICE, model).map((member) => member.slice(member.indexOf('.') + 1));
    expect([...new Set(members)].sort()).toEqual(S3_NOT_READ);
  });
});
