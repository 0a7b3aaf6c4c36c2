import { required, structure, text } from '../../aws/members.ts';

/** Members of the operations on a bucket. */
export const BUCKET = {
  Bucket: required(text({ at: 'path' })),
  ExpectedBucketOwner: text({ at: 'header', name: 'x-amz-expected-bucket-owner' }),
} as const;

/** Members of the operations on an object. */
export const OBJECT = { ...BUCKET, Key: required(text({ at: 'path' })) } as const;

/** The version of an object that a request is for. */
export const VERSION_ID = text({ at: 'query', name: 'versionId' });

/** The version that an answer is about. */
export const VERSION_HEADER = text({ at: 'header', name: 'x-amz-version-id' });

export const OWNER = structure({ ID: text() });
export const INITIATOR = structure({ ID: text(), DisplayName: text() });

/** S3 encrypts whatever it keeps, and says so with each write and read (S3 User Guide, "Setting default server-side encryption"). */
export const ENCRYPTION = {
  ServerSideEncryption: text({ at: 'header', name: 'x-amz-server-side-encryption' }),
} as const;
export const ENCRYPTED = { ServerSideEncryption: 'AES256' } as const;
