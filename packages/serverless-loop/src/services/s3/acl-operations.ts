import type { Place } from '../../aws/arn.ts';
import { text } from '../../aws/members.ts';
import { type Grant, isOwnersAlone, isPublic, ownersAcl } from './acl.ts';
import { ACL_HEADERS, type AclHeaders, bodyAcl, headerAcl } from './acl-reading.ts';
import type { Bucket } from './buckets.ts';
import { bucketOf, NAMESPACE, operation, type S3Context, s3Arn, versionNeeds } from './context.ts';
import { canonicalId } from './owner.ts';
import { ownershipOf } from './ownership.ts';
import { s3Error } from './s3-errors.ts';
import { BUCKET, OBJECT, VERSION_ID } from './shapes.ts';
import { objectOf } from './versions.ts';

/** As text: the kind of a grantee is an attribute of its element. */
const DOCUMENT = text({ at: 'payload' });
const GIVEN_ACL = { ...ACL_HEADERS, AccessControlPolicy: DOCUMENT } as const;

interface Named {
  Bucket: string;
  Key?: string;
  VersionId?: string;
}

/** Lists are told though nothing asks for them here. None is taken where the bucket's ownership has switched them off. */
export const ACL_OPERATIONS = {
  GetBucketAcl: operation({
    route: 'GET /{Bucket}?acl',
    input: BUCKET,
    output: { AccessControlPolicy: DOCUMENT },
    needs: s3Arn,
    handle: (input, context) => describe(holderOf(input, context), context),
  }),

  GetObjectAcl: operation({
    route: 'GET /{Bucket}/{Key+}?acl',
    input: { ...OBJECT, VersionId: VERSION_ID },
    output: { AccessControlPolicy: DOCUMENT },
    needs: versionNeeds('s3:GetObjectVersionAcl'),
    handle: (input, context) => describe(holderOf(input, context), context),
  }),

  PutBucketAcl: operation({
    route: 'PUT /{Bucket}?acl',
    input: { ...BUCKET, ...GIVEN_ACL },
    needs: s3Arn,
    handle: (input, context) => replace(holderOf(input, context), input, context),
  }),

  PutObjectAcl: operation({
    route: 'PUT /{Bucket}/{Key+}?acl',
    input: { ...OBJECT, ...GIVEN_ACL, VersionId: VERSION_ID },
    output: {},
    needs: versionNeeds('s3:PutObjectVersionAcl'),
    handle(input, context, call) {
      const bucket = bucketOf(input, context);
      const object = objectOf(bucket, input.Key, { versionId: input.VersionId, method: 'PUT' });
      const answer = replace({ bucket, of: object }, input, context);
      context.tell(bucket, { key: object.key, name: 'ObjectAcl:Put', object, call });
      return answer;
    },
  }),
};

interface Holder {
  bucket: Bucket;
  /** The bucket itself, or an object in it. */
  of: { acl?: Grant[] };
}

function holderOf(input: Named, context: S3Context): Holder {
  const bucket = bucketOf(input, context);
  const { Key, VersionId: versionId } = input;
  return { bucket, of: Key === undefined ? bucket : objectOf(bucket, Key, { versionId }) };
}

function describe({ of: { acl } }: Holder, { place }: S3Context): { AccessControlPolicy: string } {
  return { AccessControlPolicy: render(acl ?? ownersAcl(place), place) };
}

function replace(
  { bucket, of }: Holder,
  input: AclHeaders & { AccessControlPolicy?: string },
  { place }: S3Context,
): Record<never, never> {
  const acl = readAcl(input, place);
  if (ownershipOf(bucket) === 'BucketOwnerEnforced') throw notSupported();
  refuseBlocked(acl, bucket);
  of.acl = acl;
  return {};
}

function readAcl(input: AclHeaders & { AccessControlPolicy?: string }, place: Place): Grant[] {
  const given = headerAcl(input, place);
  const { AccessControlPolicy: document = '' } = input;
  if (given && document !== '') throw s3Error('UnexpectedContent', 'This request does not support content');
  if (given) return given;
  if (document !== '') return bodyAcl(document);
  throw s3Error('MissingSecurityHeader', 'Your request was missing a required header', 400, {
    MissingHeaderName: 'x-amz-acl',
  });
}

/**
 * The list that comes with an object. Where lists are switched off, only one that gives its owner all is taken
 * (S3 API reference, "PutObject"), which is no other than none.
 */
export function objectAcl(headers: AclHeaders, bucket: Bucket, place: Place): { acl?: Grant[] } {
  const acl = headerAcl(headers, place);
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
