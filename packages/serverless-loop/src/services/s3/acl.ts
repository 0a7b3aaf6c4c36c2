import type { Place } from '../../aws/arn.ts';
import { canonicalId } from './owner.ts';

export type Permission = (typeof PERMISSIONS)[number];
export const PERMISSIONS = ['FULL_CONTROL', 'READ', 'WRITE', 'READ_ACP', 'WRITE_ACP'] as const;

/** An account by its canonical id, or one of S3's groups by its URI. */
export type Grantee = { type: 'CanonicalUser'; id: string } | { type: 'Group'; uri: string };

export interface Grant {
  grantee: Grantee;
  permission: Permission;
}

const GROUPS = 'http://acs.amazonaws.com/groups';
const EVERYBODY = `${GROUPS}/global/AllUsers`;
const ANY_ACCOUNT = `${GROUPS}/global/AuthenticatedUsers`;
const LOG_DELIVERY = `${GROUPS}/s3/LogDelivery`;
export const GROUP_URIS: readonly string[] = [EVERYBODY, ANY_ACCOUNT, LOG_DELIVERY];

const toGroup = (uri: string, ...permissions: Permission[]): Grant[] =>
  permissions.map((permission) => ({ grantee: { type: 'Group', uri }, permission }));

/** The grants of each name beside the owner's (S3 User Guide, "Access control list (ACL) overview", "Canned ACL"). The bucket's owner is the object's here. */
export const CANNED: ReadonlyMap<string, readonly Grant[]> = new Map([
  ['private', []],
  ['public-read', toGroup(EVERYBODY, 'READ')],
  ['public-read-write', toGroup(EVERYBODY, 'READ', 'WRITE')],
  ['authenticated-read', toGroup(ANY_ACCOUNT, 'READ')],
  ['bucket-owner-read', []],
  ['bucket-owner-full-control', []],
  ['log-delivery-write', toGroup(LOG_DELIVERY, 'WRITE', 'READ_ACP')],
]);

/** The list of an object until another is put. */
export function ownersAcl({ accountId }: Place): Grant[] {
  return [{ grantee: { type: 'CanonicalUser', id: canonicalId(accountId) }, permission: 'FULL_CONTROL' }];
}

/** True when it grants nobody but the owner anything. */
export function isOwnersAlone(acl: readonly Grant[], { accountId }: Place): boolean {
  const [first, ...others] = acl;
  if (first?.permission !== 'FULL_CONTROL' || others.length > 0) return false;
  return first.grantee.type === 'CanonicalUser' && first.grantee.id === canonicalId(accountId);
}

export function isPublic(acl: readonly Grant[]): boolean {
  return acl.some(({ grantee }) => grantee.type === 'Group' && grantee.uri !== LOG_DELIVERY);
}
