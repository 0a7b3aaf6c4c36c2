import type { RestXmlRequest, RestXmlService } from '../../aws/rest-xml-service.ts';
import { s3Error } from './s3-errors.ts';

/** A week (S3 User Guide, "Download and upload objects with presigned URLs"). */
const MAX_SECONDS = 604_800;

const PARAMETERS = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
];

/**
 * The service with presigned URLs held to what they say: all parameters, their time, and no header that wasn't signed. The
 * signature itself is not verified, as none is here. The words: LocalStack's record, test_s3.snapshot.json,
 * test_s3_presigned_url_expired, test_s3_put_presigned_url_missing_sig_param and test_put_url_metadata_with_sig_s3v4.
 */
export function withPresignedChecks(service: RestXmlService, now: () => number): RestXmlService {
  return {
    ...service,
    find(request) {
      if (request.query.has('X-Amz-Credential')) refuseVersion4(request, now());
      else if (request.query.has('AWSAccessKeyId')) refuseVersion2(request, now());
      return service.find(request);
    },
  };
}

function refuseVersion4(request: RestXmlRequest, nowMs: number): void {
  const { query } = request;
  if (!PARAMETERS.every((name) => query.has(name)))
    throw malformed(
      `Query-string authentication version 4 requires the ${PARAMETERS.slice(0, -1).join(', ')}, and X-Amz-Expires parameters.`,
    );
  const expires = query.get('X-Amz-Expires') ?? '';
  const seconds = Number(expires);
  if (expires === '' || !Number.isInteger(seconds)) throw malformed('X-Amz-Expires should be a number');
  if (seconds < 0) throw malformed('X-Amz-Expires must be non-negative');
  if (seconds > MAX_SECONDS)
    throw malformed(`X-Amz-Expires must be less than a week (in seconds); that is ${MAX_SECONDS}`);
  const untilMs = signedAtMs(query.get('X-Amz-Date') ?? '') + seconds * 1000;
  if (nowMs > untilMs) throw expired(untilMs, nowMs, { 'X-Amz-Expires': expires });
  refuseUnsignedHeaders(request);
}

/** The older way has the moment of its end itself. */
function refuseVersion2({ query }: RestXmlRequest, nowMs: number): void {
  const untilMs = Number(query.get('Expires')) * 1000;
  if (nowMs > untilMs) throw expired(untilMs, nowMs);
}

/** `20261128T151422Z` */
function signedAtMs(text: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  if (second === undefined)
    throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function refuseUnsignedHeaders({ query, headers }: RestXmlRequest): void {
  const signed = new Set((query.get('X-Amz-SignedHeaders') ?? '').toLowerCase().split(';'));
  const unsigned = Object.keys(headers)
    .filter((name) => name.startsWith('x-amz-') && !signed.has(name) && name !== 'x-amz-content-sha256')
    .sort();
  if (unsigned.length === 0) return;
  throw s3Error('AccessDenied', 'There were headers present in the request which were not signed', 403, {
    HeadersNotSigned: unsigned.join(', '),
  });
}

function expired(untilMs: number, nowMs: number, more: Record<string, string> = {}) {
  return s3Error('AccessDenied', 'Request has expired', 403, {
    ...more,
    Expires: secondsOf(untilMs),
    ServerTime: secondsOf(nowMs),
  });
}

function secondsOf(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, -5)}Z`;
}

function malformed(message: string) {
  return s3Error('AuthorizationQueryParametersError', message);
}
