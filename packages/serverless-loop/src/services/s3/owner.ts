import { createHash } from 'node:crypto';
import type { Place } from '../../aws/arn.ts';

/**
 * The account as S3 calls an owner: its canonical user id, 64 hexadecimal digits that S3 makes of the account's own
 * (S3 User Guide, "Access control list (ACL) overview").
 */
export function ownerOf({ accountId }: Place): { ID: string } {
  return { ID: canonicalId(accountId) };
}

/** The initiator of an upload: the account itself. */
export function initiatorOf({ accountId }: Place): { ID: string; DisplayName: string } {
  return { ID: canonicalId(accountId), DisplayName: 'root' };
}

export function canonicalId(accountId: string): string {
  return createHash('sha256').update(accountId).digest('hex');
}
