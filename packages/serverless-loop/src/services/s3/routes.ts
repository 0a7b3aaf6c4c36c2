import type { RestXmlAnswer, RestXmlOperation, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import { bucketLocation, createBucket, deleteBucket, headBucket, listBuckets } from './bucket-operations.ts';
import { deleteSetting, getSetting, putSetting, SETTING_NAMES } from './bucket-settings.ts';
import { completeUpload } from './complete-upload.ts';
import type { Context } from './context.ts';
import { copyObject } from './copy-object.ts';
import { decodeKey } from './decode-key.ts';
import { deleteObjects } from './delete-objects.ts';
import { refuseOtherOwner } from './expected-owner.ts';
import { headerOf } from './header.ts';
import { listObjects } from './list-objects.ts';
import { listParts } from './list-parts.ts';
import { listUploads } from './list-uploads.ts';
import { listVersions } from './list-versions.ts';
import { abortUpload, createUpload, uploadPart } from './multipart.ts';
import { deleteObject, getObject, putObject } from './object-operations.ts';
import { deleteTags, getTags, putTags } from './object-tags.ts';
import { s3Error } from './s3-errors.ts';

/** In bytes (S3 User Guide, "Naming Amazon S3 objects"). */
const LONGEST_KEY = 1024;

/** Parameters that make another operation of a request, whether it is one of these here or not. */
const SUBRESOURCES = new Set([
  ...SETTING_NAMES,
  ...[
    'accelerate',
    'acl',
    'analytics',
    'attributes',
    'delete',
    'intelligent-tiering',
    'inventory',
    'legal-hold',
  ],
  ...['location', 'metadataTable', 'metrics', 'object-lock', 'partNumber', 'policyStatus', 'replication'],
  ...[
    'requestPayment',
    'restore',
    'retention',
    'select',
    'session',
    'torrent',
    'uploadId',
    'uploads',
    'versions',
  ],
  ...['website', 'renameObject'],
]);

type Handle = (context: Context) => RestXmlAnswer | Promise<RestXmlAnswer>;
type Found = [name: string, handle: Handle] | undefined;

/** What a request asks of S3, by its method, the bucket and key in its path, and its query (S3 API reference). */
export function operationOf(request: RestXmlRequest, context: Context): RestXmlOperation | undefined {
  const { bucket, key } = placeOf(request.path);
  const subresources = [...request.query.keys()].filter((name) => SUBRESOURCES.has(name));
  const what = `${request.method} ${subresources.sort().join('&')}`;
  const found =
    bucket === undefined
      ? ofService(what, request)
      : key === undefined
        ? ofBucket(what, request, bucket)
        : ofObject(what, request, bucket, key);
  if (!found) return undefined;
  const [name, handle] = found;
  const arn = `arn:${context.place.partition}:s3:::${[bucket, key].filter((part) => part !== undefined).join('/') || '*'}`;
  return {
    name,
    needs: [{ action: `s3:${actionOf(name)}`, resource: arn }],
    handle() {
      refuseOtherOwner(request, context.place);
      return handle(context);
    },
  };
}

/** Path style: `/bucket/key`, the key with whatever slashes it has. */
export function placeOf(path: string): { bucket?: string; key?: string } {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  if (bucket === '') return {};
  const decoded = decodeKey(key);
  if (Buffer.byteLength(decoded) > LONGEST_KEY) {
    throw s3Error('KeyTooLongError', 'Your key is too long', 400, {
      Size: Buffer.byteLength(decoded),
      MaxSizeAllowed: LONGEST_KEY,
    });
  }
  return { bucket: decodeKey(bucket), ...(key !== '' && { key: decoded }) };
}

function ofService(what: string, request: RestXmlRequest): Found {
  return what === 'GET ' ? ['ListBuckets', (context) => listBuckets(request, context)] : undefined;
}

function ofBucket(what: string, request: RestXmlRequest, bucket: string): Found {
  switch (what) {
    case 'PUT ':
      return ['CreateBucket', (context) => createBucket(request, bucket, context)];
    case 'HEAD ':
      return ['HeadBucket', (context) => headBucket(bucket, context)];
    case 'DELETE ':
      return ['DeleteBucket', (context) => deleteBucket(bucket, context)];
    case 'GET ':
      return ['ListObjects', (context) => listObjects(request, bucket, context)];
    case 'GET versions':
      return ['ListObjectVersions', (context) => listVersions(request, bucket, context)];
    case 'GET location':
      return ['GetBucketLocation', (context) => bucketLocation(bucket, context)];
    case 'GET uploads':
      return ['ListMultipartUploads', (context) => listUploads(request, bucket, context)];
    case 'POST delete':
      return ['DeleteObjects', (context) => deleteObjects(request, bucket, context)];
    default:
      return ofSetting(what, request, bucket);
  }
}

function ofSetting(what: string, request: RestXmlRequest, bucket: string): Found {
  const [method, name = ''] = what.split(' ');
  if (!SETTING_NAMES.includes(name)) return undefined;
  if (method === 'PUT') return ['PutBucketSetting', (context) => putSetting(request, bucket, name, context)];
  if (method === 'GET') return ['GetBucketSetting', (context) => getSetting(bucket, name, context)];
  if (method === 'DELETE') return ['PutBucketSetting', (context) => deleteSetting(bucket, name, context)];
  return undefined;
}

function ofObject(what: string, request: RestXmlRequest, bucket: string, key: string): Found {
  const source = headerOf(request, 'x-amz-copy-source');
  switch (what) {
    case 'PUT ':
      return source === undefined
        ? ['PutObject', (context) => putObject(request, bucket, key, context)]
        : ['CopyObject', (context) => copyObject(request, bucket, key, source, context)];
    case 'GET ':
      return ['GetObject', (context) => getObject(request, bucket, key, context)];
    case 'HEAD ':
      return ['HeadObject', (context) => getObject(request, bucket, key, context)];
    case 'DELETE ':
      return ['DeleteObject', (context) => deleteObject(bucket, key, context)];
    case 'PUT tagging':
      return ['PutObjectTagging', (context) => putTags(request, bucket, key, context)];
    case 'GET tagging':
      return ['GetObjectTagging', (context) => getTags(bucket, key, context)];
    case 'DELETE tagging':
      return ['DeleteObjectTagging', (context) => deleteTags(bucket, key, context)];
    case 'POST uploads':
      return ['CreateMultipartUpload', (context) => createUpload(request, bucket, key, context)];
    case 'PUT partNumber&uploadId':
      return source === undefined
        ? ['UploadPart', (context) => uploadPart(request, bucket, key, context)]
        : undefined;
    case 'POST uploadId':
      return ['CompleteMultipartUpload', (context) => completeUpload(request, bucket, key, context)];
    case 'DELETE uploadId':
      return ['AbortMultipartUpload', (context) => abortUpload(request, bucket, key, context)];
    case 'GET uploadId':
      return ['ListMultipartUploadParts', (context) => listParts(request, bucket, key, context)];
    default:
      return undefined;
  }
}

/** Of IAM, where it isn't the operation's name (Service Authorization Reference, "Amazon S3"). */
const ACTIONS: Record<string, string> = {
  CompleteMultipartUpload: 'PutObject',
  CopyObject: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  DeleteObjects: 'DeleteObject',
  GetBucketSetting: 'GetBucketAcl',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListBuckets: 'ListAllMyBuckets',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListObjects: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  PutBucketSetting: 'PutBucketAcl',
  UploadPart: 'PutObject',
};

function actionOf(name: string): string {
  return ACTIONS[name] ?? name;
}
