import type { RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { StoredObject } from './buckets.ts';
import { headerOf } from './header.ts';
import { noSuchKey, s3Error } from './s3-errors.ts';

/** `If-Match`, `If-Unmodified-Since` and, for what is put, `If-None-Match: *` (S3 User Guide, "Conditional requests"). */
export function refuseUnmetConditions(
  request: RestXmlRequest,
  object: StoredObject | undefined,
  key: string,
): void {
  const match = headerOf(request, 'if-match');
  const noneMatch = headerOf(request, 'if-none-match');
  const writes = request.method === 'PUT' || request.method === 'POST';
  if (writes) refuseOtherConditions(match, noneMatch);
  if (match !== undefined && !object) throw noSuchKey(key);
  if (match !== undefined && object && !isAmong(match, object)) throw failed('If-Match');
  if (writes) {
    if (noneMatch !== undefined && object) throw failed('If-None-Match');
    return;
  }
  const since = headerOf(request, 'if-unmodified-since');
  if (match === undefined && since !== undefined && object && isLater(object, since))
    throw failed('If-Unmodified-Since');
}

/** What a copy asks of its source (S3 API reference, "CopyObject"); a time that is still to come asks for nothing. */
export function refuseUnmetSourceConditions(request: RestXmlRequest, object: StoredObject): void {
  const header = (name: string) => headerOf(request, `x-amz-copy-source-${name}`);
  const match = header('if-match');
  const noneMatch = header('if-none-match');
  const unmodifiedSince = header('if-unmodified-since');
  const modifiedSince = header('if-modified-since');
  if (match !== undefined && !isAmong(match, object)) throw failed('x-amz-copy-source-If-Match');
  if (match === undefined && unmodifiedSince !== undefined && isLater(object, unmodifiedSince))
    throw failed('x-amz-copy-source-If-Unmodified-Since');
  if (noneMatch !== undefined && isAmong(noneMatch, object)) throw failed('x-amz-copy-source-If-None-Match');
  if (noneMatch === undefined && modifiedSince !== undefined && isUnchangedSince(object, modifiedSince))
    throw failed('x-amz-copy-source-If-Modified-Since');
}

/** For what is read: `If-None-Match`, and without it `If-Modified-Since`. */
export function isNotModified(request: RestXmlRequest, object: StoredObject): boolean {
  const noneMatch = headerOf(request, 'if-none-match');
  if (noneMatch !== undefined) return isAmong(noneMatch, object);
  const since = headerOf(request, 'if-modified-since');
  return since !== undefined && isUnchangedSince(object, since);
}

/** A write knows an entity tag to match, or that there is to be nothing, and not both. */
function refuseOtherConditions(match: string | undefined, noneMatch: string | undefined): void {
  if (match !== undefined && noneMatch !== undefined)
    throw notImplemented(
      'If-Match,If-None-Match',
      'Multiple conditional request headers present in the request',
    );
  for (const [header, isOther] of [
    ['If-Match', match === '*'],
    ['If-None-Match', noneMatch !== undefined && noneMatch !== '*'],
  ] as const)
    if (isOther)
      throw notImplemented(header, `We don't accept the provided value of ${header} header for this API`);
}

function notImplemented(header: string, additionalMessage: string) {
  const message = 'A header you provided implies functionality that is not implemented';
  return s3Error('NotImplemented', message, 501, { Header: header, additionalMessage });
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
