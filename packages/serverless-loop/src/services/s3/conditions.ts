import { type Read, text } from '../../aws/members.ts';
import type { StoredObject } from './buckets.ts';
import { noSuchKey, notImplementedHeader, s3Error } from './s3-errors.ts';

/** Conditions of what is put. */
export const WRITE_CONDITIONS = {
  IfMatch: text({ at: 'header', name: 'If-Match' }),
  IfNoneMatch: text({ at: 'header', name: 'If-None-Match' }),
} as const;

/** Of what is read. A time that is none asks for nothing (RFC 9110, 13.1.3), so that it is no kind of its own. */
export const READ_CONDITIONS = {
  ...WRITE_CONDITIONS,
  IfModifiedSince: text({ at: 'header', name: 'If-Modified-Since' }),
  IfUnmodifiedSince: text({ at: 'header', name: 'If-Unmodified-Since' }),
} as const;

/** Of what is copied. */
export const SOURCE_CONDITIONS = {
  CopySourceIfMatch: text({ at: 'header', name: 'x-amz-copy-source-if-match' }),
  CopySourceIfNoneMatch: text({ at: 'header', name: 'x-amz-copy-source-if-none-match' }),
  CopySourceIfModifiedSince: text({ at: 'header', name: 'x-amz-copy-source-if-modified-since' }),
  CopySourceIfUnmodifiedSince: text({ at: 'header', name: 'x-amz-copy-source-if-unmodified-since' }),
} as const;

/** `If-Match` and `If-None-Match: *` of what is put under a key (S3 User Guide, "Conditional requests"). */
export function refuseUnmetWrite(
  { IfMatch, IfNoneMatch }: Read<typeof WRITE_CONDITIONS>,
  object: StoredObject | undefined,
  key: string,
): void {
  refuseOtherConditions(IfMatch, IfNoneMatch);
  if (IfMatch !== undefined && !object) throw noSuchKey(key);
  if (IfMatch !== undefined && object && !isAmong(IfMatch, object)) throw failed('If-Match');
  if (IfNoneMatch !== undefined && object) throw failed('If-None-Match');
}

/** `If-Match`, and without it `If-Unmodified-Since` (the same page). */
export function refuseUnmetRead(
  { IfMatch, IfUnmodifiedSince }: Read<typeof READ_CONDITIONS>,
  object: StoredObject,
): void {
  if (IfMatch !== undefined && !isAmong(IfMatch, object)) throw failed('If-Match');
  if (IfMatch === undefined && IfUnmodifiedSince !== undefined && isLater(object, IfUnmodifiedSince))
    throw failed('If-Unmodified-Since');
}

/** Refuses a copy whose source doesn't meet its conditions (S3 API reference, "CopyObject"); a time that is still to come asks for nothing. */
export function refuseUnmetSource(
  {
    CopySourceIfMatch: match,
    CopySourceIfNoneMatch: noneMatch,
    CopySourceIfModifiedSince: modifiedSince,
    CopySourceIfUnmodifiedSince: unmodifiedSince,
  }: Read<typeof SOURCE_CONDITIONS>,
  object: StoredObject,
): void {
  if (match !== undefined && !isAmong(match, object)) throw failed('x-amz-copy-source-If-Match');
  if (match === undefined && unmodifiedSince !== undefined && isLater(object, unmodifiedSince))
    throw failed('x-amz-copy-source-If-Unmodified-Since');
  if (noneMatch !== undefined && isAmong(noneMatch, object)) throw failed('x-amz-copy-source-If-None-Match');
  if (noneMatch === undefined && modifiedSince !== undefined && isUnchangedSince(object, modifiedSince))
    throw failed('x-amz-copy-source-If-Modified-Since');
}

/** For what is read: `If-None-Match`, and without it `If-Modified-Since`. */
export function isNotModified(
  { IfNoneMatch, IfModifiedSince }: Read<typeof READ_CONDITIONS>,
  object: StoredObject,
): boolean {
  if (IfNoneMatch !== undefined) return isAmong(IfNoneMatch, object);
  return IfModifiedSince !== undefined && isUnchangedSince(object, IfModifiedSince);
}

/** A write knows an entity tag to match, or that there is to be nothing, and not both. */
function refuseOtherConditions(match: string | undefined, noneMatch: string | undefined): void {
  if (match !== undefined && noneMatch !== undefined)
    throw notImplementedHeader('If-Match,If-None-Match', {
      additionalMessage: 'Multiple conditional request headers present in the request',
    });
  for (const [header, isOther] of [
    ['If-Match', match === '*'],
    ['If-None-Match', noneMatch !== undefined && noneMatch !== '*'],
  ] as const)
    if (isOther)
      throw notImplementedHeader(header, {
        additionalMessage: `We don't accept the provided value of ${header} header for this API`,
      });
}

function isAmong(etags: string, { etag }: StoredObject): boolean {
  return etags
    .split(',')
    .some((one) => one.trim() === '*' || one.trim().replaceAll('"', '') === etag.replaceAll('"', ''));
}

function isUnchangedSince(object: StoredObject, httpDate: string): boolean {
  return Date.parse(httpDate) <= Date.now() && !isLater(object, httpDate);
}

/** HTTP's times have no fractions of a second. */
function isLater({ modifiedAt }: StoredObject, httpDate: string): boolean {
  return Math.floor(modifiedAt / 1000) * 1000 > Date.parse(httpDate);
}

function failed(condition: string) {
  return s3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  });
}
