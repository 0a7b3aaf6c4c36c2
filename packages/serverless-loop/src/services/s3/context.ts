import type { Place } from '../../aws/arn.ts';
import type { ReceiverOf } from '../../aws/delivery.ts';
import type { Need } from '../../aws/operation.ts';
import { operationsOf } from '../../aws/service.ts';
import type { BlobFolder } from './blob-folder.ts';
import type { Bucket, Buckets } from './buckets.ts';
import type { ObjectEvent } from './notifications/object-event.ts';
import { s3Error } from './s3-errors.ts';

/** The context of S3's operations. */
export interface S3Context {
  place: Place;
  buckets: Buckets;
  /** Finds what buckets notify. */
  receiverOf: ReceiverOf;
  /** Tells whom the bucket is to tell of what happened to one of its objects. */
  tell(bucket: Bucket, event: Omit<ObjectEvent, 'bucketName'>): void;
  /** Made when the first byte is to be kept. */
  blobs(): BlobFolder;
  /** Epoch milliseconds. */
  now(): number;
}

export const operation = operationsOf<S3Context>();

export const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** In bytes (S3 User Guide, "Naming Amazon S3 objects"). */
const MAX_KEY_LENGTH = 1024;

/** The members by which a request names a bucket or an object. */
interface Named {
  Bucket: string;
  Key?: string;
  ExpectedBucketOwner?: string;
}

/** The bucket that a request names. Throws S3's error where there is none, it is another's, or its object's key is too long. */
export function bucketOf({ Bucket, Key = '', ExpectedBucketOwner }: Named, context: S3Context): Bucket {
  refuseOtherOwner(ExpectedBucketOwner, context.place);
  const sizeBytes = Buffer.byteLength(Key);
  if (sizeBytes > MAX_KEY_LENGTH) {
    throw s3Error('KeyTooLongError', 'Your key is too long', 400, {
      Size: sizeBytes,
      MaxSizeAllowed: MAX_KEY_LENGTH,
    });
  }
  return context.buckets.get(Bucket);
}

/** The ARN of the bucket or the object that a request names, whether it is there or not. */
export function s3Arn({ Bucket = '*', Key }: Partial<Named>, { place }: S3Context): string[] {
  return [`arn:${place.partition}:s3:::${Key === undefined ? Bucket : `${Bucket}/${Key}`}`];
}

/** For operations on an object, or on one of its versions, which is a right of its own (Service Authorization Reference, "Amazon S3"). */
export function versionNeeds(action: string) {
  return (input: Partial<Named> & { VersionId?: string }, context: S3Context): (string | Need)[] => {
    const resources = s3Arn(input, context);
    return input.VersionId === undefined ? resources : resources.map((resource) => ({ action, resource }));
  };
}

/** Refuses a caller that expects another owner of the bucket: all here are the account's own (S3 User Guide, "Verifying bucket ownership with bucket owner condition"). */
export function refuseOtherOwner(expected: string | undefined, { accountId }: Place): void {
  if (expected === undefined || expected === accountId) return;
  if (/^\d{12}$/.test(expected)) throw s3Error('AccessDenied', 'Access Denied', 403);
  throw s3Error(
    'InvalidBucketOwnerAWSAccountID',
    `The value of the expected bucket owner parameter must be an AWS Account ID... [${expected}]`,
  );
}
