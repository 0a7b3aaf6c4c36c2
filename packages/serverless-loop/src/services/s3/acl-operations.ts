import type { Place } from '../../aws/arn.ts';
import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import { type Grant, isOwnersAlone, isPublic, ownersAcl } from './acl.ts';
import { bodyAcl, headerAcl } from './acl-reading.ts';
import type { Bucket } from './buckets.ts';
import { type Context, NAMESPACE } from './context.ts';
import { objectOf } from './object-operations.ts';
import { canonicalId } from './owner.ts';
import { ownershipOf } from './ownership.ts';
import { s3Error } from './s3-errors.ts';
import { readText } from './small-body.ts';

/** GetBucketAcl, and GetObjectAcl where a key is given: they are told though nothing asks for them here. */
export function getAcl(bucketName: string, key: string | undefined, context: Context): RestXmlAnswer {
  const { buckets, place } = context;
  const bucket = buckets.get(bucketName);
  const acl = (key === undefined ? bucket : objectOf(bucket, key)).acl ?? ownersAcl(place);
  return { status: 200, body: render(acl, place) };
}

/** PutBucketAcl and PutObjectAcl: no list is taken where the bucket's ownership has switched them off. */
export async function putAcl(
  request: RestXmlRequest,
  bucketName: string,
  key: string | undefined,
  context: Context,
): Promise<RestXmlAnswer> {
  const bucket = context.buckets.get(bucketName);
  const holder = key === undefined ? bucket : objectOf(bucket, key);
  const acl = await readAcl(request, context.place);
  if (ownershipOf(bucket) === 'BucketOwnerEnforced') throw notSupported();
  refuseBlocked(acl, bucket);
  holder.acl = acl;
  return { status: 200 };
}

async function readAcl(request: RestXmlRequest, place: Place): Promise<Grant[]> {
  const given = headerAcl(request, place);
  const text = await readText(request);
  if (given && text !== '') throw s3Error('UnexpectedContent', 'This request does not support content');
  if (given) return given;
  if (text !== '') return bodyAcl(text);
  throw s3Error('MissingSecurityHeader', 'Your request was missing a required header', 400, {
    MissingHeaderName: 'x-amz-acl',
  });
}

/**
 * The list that comes with an object. Where lists are switched off, only one that gives its owner all is taken
 * (S3 API reference, "PutObject"), which is no other than none.
 */
export function objectAcl(request: RestXmlRequest, bucket: Bucket, place: Place): { acl?: Grant[] } {
  const acl = headerAcl(request, place);
  if (!acl) return {};
  if (ownershipOf(bucket) === 'BucketOwnerEnforced') {
    if (isOwnersAlone(acl, place)) return {};
    throw notSupported();
  }
  refuseBlocked(acl, bucket);
  return { acl };
}

/** "PUT calls fail if the specified ACL is public" (S3 User Guide, "Blocking public access", BlockPublicAcls). */
function refuseBlocked(acl: readonly Grant[], { settings }: Bucket): void {
  const isBlocked = /<BlockPublicAcls>\s*true\s*</i.test(settings.get('publicAccessBlock') ?? '');
  if (isBlocked && isPublic(acl)) throw s3Error('AccessDenied', 'Access Denied', 403);
}

/** S3 API reference, "Error Responses"; ansible-collections/amazon.aws, issue 863, has it of PutObjectAcl with `private`. */
function notSupported() {
  return s3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
}

/** Ids and URIs are known ones, without a character that XML escapes. */
function render(acl: readonly Grant[], { accountId }: Place): string {
  const grants = acl.map(({ grantee, permission }) => {
    const inner = grantee.type === 'Group' ? `<URI>${grantee.uri}</URI>` : `<ID>${grantee.id}</ID>`;
    return `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${grantee.type}">${inner}</Grantee><Permission>${permission}</Permission></Grant>`;
  });
  return `<?xml version="1.0"?><AccessControlPolicy xmlns="${NAMESPACE}"><Owner><ID>${canonicalId(accountId)}</ID></Owner><AccessControlList>${grants.join('')}</AccessControlList></AccessControlPolicy>`;
}
