import type { Dialect } from '../../aws/dialect.ts';
import type { AwsError } from '../../aws/errors.ts';
import type { Problem } from '../../aws/member-problem.ts';
import type { ServiceDescription } from '../../aws/service.ts';
import { malformedXml } from '../../aws/xml-reader.ts';
import { ACL_OPERATIONS } from './acl-operations.ts';
import { BUCKET_OPERATIONS } from './bucket-operations.ts';
import { SETTING_NAMES, SETTING_OPERATIONS } from './bucket-settings.ts';
import { COMPLETE_UPLOAD } from './complete-upload.ts';
import { NAMESPACE, type S3Context } from './context.ts';
import { COPY_OBJECT } from './copy-object.ts';
import { COPY_PART } from './copy-part.ts';
import { DELETE_OBJECTS } from './delete-objects.ts';
import { LIST_OBJECTS } from './list-objects.ts';
import { LIST_PARTS } from './list-parts.ts';
import { LIST_UPLOADS } from './list-uploads.ts';
import { LIST_VERSIONS } from './list-versions.ts';
import { MULTIPART_OPERATIONS } from './multipart.ts';
import { NOTIFICATION_OPERATIONS } from './notifications/operations.ts';
import { OBJECT_ATTRIBUTES } from './object-attributes.ts';
import { OBJECT_OPERATIONS } from './object-operations.ts';
import { TAG_OPERATIONS } from './object-tags.ts';
import { invalidArgument } from './s3-errors.ts';

/** Parameters that make another operation of a request, whether it is one of these here or not. */
const SUBRESOURCES = new Set([
  ...SETTING_NAMES,
  ...['accelerate', 'acl', 'analytics', 'attributes', 'delete', 'intelligent-tiering', 'inventory'],
  ...[
    'legal-hold',
    'location',
    'metadataTable',
    'metrics',
    'notification',
    'object-lock',
    'partNumber',
    'policyStatus',
  ],
  ...['renameObject', 'replication', 'requestPayment', 'restore', 'retention', 'select', 'session'],
  ...['torrent', 'uploadId', 'uploads', 'versions'],
]);

/** A body that isn't as it should be is none; of what stands elsewhere S3 tells the name and the value. */
const DIALECT: Dialect = {
  wrongType: refusalOf,
  refusal: ([first]) => (first ? refusalOf(first) : malformedXml()),
};

function refusalOf({ path: [step], kind, value }: Problem): AwsError {
  if (kind.at === undefined || kind.at === 'payload' || !step || !('member' in step)) return malformedXml();
  const name = kind.name ?? step.member;
  const reason = kind.reason ?? `Provided ${name} not an integer or within integer range`;
  return invalidArgument(name, String(value ?? ''), reason);
}

/** Amazon S3 (S3 API reference). */
export const S3_SERVICE: ServiceDescription<S3Context> = {
  title: 'S3',
  signingName: 's3',
  dialect: DIALECT,
  rest: { namespace: NAMESPACE, subresources: SUBRESOURCES },
  operations: {
    ...BUCKET_OPERATIONS,
    ...SETTING_OPERATIONS,
    ...NOTIFICATION_OPERATIONS,
    ...ACL_OPERATIONS,
    ...LIST_OBJECTS,
    ...LIST_VERSIONS,
    ...OBJECT_OPERATIONS,
    ...COPY_OBJECT,
    ...DELETE_OBJECTS,
    ...OBJECT_ATTRIBUTES,
    ...TAG_OPERATIONS,
    ...MULTIPART_OPERATIONS,
    ...COPY_PART,
    ...COMPLETE_UPLOAD,
    ...LIST_PARTS,
    ...LIST_UPLOADS,
  },
};
