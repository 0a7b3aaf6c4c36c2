import type { RestXmlRequest } from '../aws/rest-xml-service.ts';
import type { StoredObject } from './buckets.ts';
import { headerOf } from './header.ts';
import { noSuchKey, s3Error } from './s3-errors.ts';

/** `If-Match`, `If-Unmodified-Since` and, for what is put, `If-None-Match: *` (S3 User Guide, "Conditional requests"). */
export function refuseUnmetConditions(request: RestXmlRequest, object: StoredObject | undefined): void {
  const match = headerOf(request, 'if-match');
  if (match !== undefined && !object) throw noSuchKey('');
  if (match !== undefined && object && !isAmong(match, object)) throw failed('If-Match');
  const since = headerOf(request, 'if-unmodified-since');
  if (match === undefined && since !== undefined && object && isLater(object, since))
    throw failed('If-Unmodified-Since');
  const isPut = request.method === 'PUT' || request.method === 'POST';
  const noneMatch = headerOf(request, 'if-none-match');
  if (isPut && noneMatch !== undefined && object && isAmong(noneMatch, object)) throw failed('If-None-Match');
}

/** For what is read: `If-None-Match`, and without it `If-Modified-Since`. */
export function isNotModified(request: RestXmlRequest, object: StoredObject): boolean {
  const noneMatch = headerOf(request, 'if-none-match');
  if (noneMatch !== undefined) return isAmong(noneMatch, object);
  const since = headerOf(request, 'if-modified-since');
  return since !== undefined && !isLater(object, since);
}

function isAmong(etags: string, { etag }: StoredObject): boolean {
  return etags
    .split(',')
    .some((one) => one.trim() === '*' || one.trim().replaceAll('"', '') === etag.replaceAll('"', ''));
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
