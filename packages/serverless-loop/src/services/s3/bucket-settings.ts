import { text } from '../../aws/members.ts';
import type { Operation } from '../../aws/service.ts';
import { renderDocument } from '../../aws/xml.ts';
import { malformedXml, readXml } from '../../aws/xml-reader.ts';
import { readBucketPolicy } from './bucket-policy.ts';
import type { Bucket } from './buckets.ts';
import { bucketOf, NAMESPACE, operation, type S3Context, s3Arn } from './context.ts';
import { readCorsDocument } from './cors/document.ts';
import { KEPT_SETTINGS, type Setting } from './kept-settings.ts';
import { readOwnership } from './ownership.ts';
import { s3Error } from './s3-errors.ts';
import { BUCKET } from './shapes.ts';
import { readVersioning } from './versioning.ts';

const ENCRYPTED =
  '<?xml version="1.0"?><ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>';

/**
 * All is kept and given back as it was put; but for the policy, CORS and versioning none has an effect.
 */
const SETTINGS: readonly Setting[] = [
  {
    name: 'cors',
    noun: 'BucketCors',
    actionNoun: 'BucketCORS',
    deletion: 'DeleteBucketCors',
    root: 'CORSConfiguration',
    unset: { code: 'NoSuchCORSConfiguration', message: 'The CORS configuration does not exist' },
  },
  {
    name: 'encryption',
    noun: 'BucketEncryption',
    actionNoun: 'EncryptionConfiguration',
    deletion: 'DeleteBucketEncryption',
    root: 'ServerSideEncryptionConfiguration',
    unset: { document: ENCRYPTED },
  },
  {
    name: 'lifecycle',
    noun: 'BucketLifecycleConfiguration',
    actionNoun: 'LifecycleConfiguration',
    deletion: 'DeleteBucketLifecycle',
    root: 'LifecycleConfiguration',
    unset: { code: 'NoSuchLifecycleConfiguration', message: 'The lifecycle configuration does not exist' },
  },
  { name: 'logging', noun: 'BucketLogging', root: 'BucketLoggingStatus', unset: 'empty' },
  {
    name: 'ownershipControls',
    noun: 'BucketOwnershipControls',
    deletion: 'DeleteBucketOwnershipControls',
    root: 'OwnershipControls',
    unset: {
      code: 'OwnershipControlsNotFoundError',
      message: 'The bucket ownership controls were not found',
    },
  },
  {
    name: 'policy',
    noun: 'BucketPolicy',
    deletion: 'DeleteBucketPolicy',
    deletionAction: 'DeleteBucketPolicy',
    unset: { code: 'NoSuchBucketPolicy', message: 'The bucket policy does not exist' },
  },
  {
    name: 'publicAccessBlock',
    noun: 'PublicAccessBlock',
    actionNoun: 'BucketPublicAccessBlock',
    deletion: 'DeletePublicAccessBlock',
    root: 'PublicAccessBlockConfiguration',
    unset: {
      code: 'NoSuchPublicAccessBlockConfiguration',
      message: 'The public access block configuration was not found',
    },
  },
  {
    name: 'tagging',
    noun: 'BucketTagging',
    deletion: 'DeleteBucketTagging',
    root: 'Tagging',
    unset: { code: 'NoSuchTagSet', message: 'The TagSet does not exist' },
  },
  { name: 'versioning', noun: 'BucketVersioning', root: 'VersioningConfiguration', unset: 'empty' },
  ...KEPT_SETTINGS,
];

export const SETTING_NAMES: readonly string[] = SETTINGS.map(({ name }) => name);

/** To put, get and delete each. */
export const SETTING_OPERATIONS: Readonly<Record<string, Operation<S3Context>>> = Object.fromEntries(
  SETTINGS.flatMap(operationsOn),
);

function operationsOn(setting: Setting): [string, Operation<S3Context>][] {
  const { name, noun, actionNoun = noun, deletion, deletionAction = `Put${actionNoun}` } = setting;
  const put = operation({
    route: `PUT /{Bucket}?${name}`,
    status: name === 'policy' || name === 'tagging' ? 204 : 200,
    action: `Put${actionNoun}`,
    input: { ...BUCKET, Document: text({ at: 'payload' }) },
    needs: s3Arn,
    handle({ Document = '', ...input }, context) {
      const bucket = bucketOf(input, context);
      refuseOther(setting, Document, bucket);
      if (name === 'policy')
        bucket.policy = readBucketPolicy(Document, s3Arn({ Bucket: bucket.name }, context)[0] ?? '');
      if (name === 'versioning') bucket.versioning = readVersioning(Document);
      if (name === 'cors') bucket.cors = readCorsDocument(Document);
      bucket.settings.set(name, Document);
      return {};
    },
  });
  const get = operation({
    route: `GET /{Bucket}?${name}`,
    action: `Get${actionNoun}`,
    input: BUCKET,
    output: {
      ContentType: text({ at: 'header', name: 'Content-Type' }),
      Document: text({ at: 'payload' }),
    },
    needs: s3Arn,
    handle: (input, context) => ({
      ContentType: setting.root === undefined ? 'application/json' : 'application/xml',
      Document: bucketOf(input, context).settings.get(name) ?? unsetDocument(setting, input.Bucket),
    }),
  });
  const remove = operation({
    route: `DELETE /{Bucket}?${name}`,
    status: 204,
    action: deletionAction,
    input: BUCKET,
    needs: s3Arn,
    handle(input, context) {
      const bucket = bucketOf(input, context);
      bucket.settings.delete(name);
      if (name === 'policy') delete bucket.policy;
      if (name === 'cors') delete bucket.cors;
      return {};
    },
  });
  const both: [string, Operation<S3Context>][] = [
    [`Put${noun}`, put],
    [`Get${noun}`, get],
  ];
  return deletion === undefined ? both : [...both, [deletion, remove]];
}

function refuseOther({ name, root, refuse }: Setting, document: string, bucket: Bucket): void {
  // A policy is read by itself.
  if (root !== undefined) {
    const element = readXml(document);
    if (element.name !== root) throw malformedXml();
    refuse?.(element, bucket);
  }
  if (name === 'ownershipControls') readOwnership(document);
}

function unsetDocument({ root = '', unset }: Setting, bucketName: string): string {
  if (unset === 'empty') return renderDocument(root, NAMESPACE, []);
  if ('document' in unset) return unset.document;
  throw s3Error(unset.code, unset.message, 404, { BucketName: bucketName });
}
