import type { CrossOrigin, RestXmlRequest } from '../../../aws/rest-xml-service.ts';
import type { Bucket, Buckets } from '../buckets.ts';
import { s3Error } from '../s3-errors.ts';
import { type CrossOriginRequest, corsHeaders, matchingRule } from './matching.ts';

type Asked = Pick<RestXmlRequest, 'method' | 'path' | 'headers'>;

/** Lets pages of other origins do what the rules of the buckets name (S3 User Guide, "Using cross-origin resource sharing (CORS)"). */
export function crossOriginOf(buckets: Buckets): CrossOrigin {
  const bucketOf = ({ path }: Pick<Asked, 'path'>) => buckets.find(bucketNameIn(path));

  return {
    has: (request) => bucketOf(request) !== undefined,
    preflight(request) {
      const asked = requestIn(request);
      if (!asked) throw s3Error('BadRequest', 'Insufficient information. Origin request header needed.');
      const bucket = bucketOf(request);
      if (!bucket?.cors) throw notEnabled(request, bucket);
      const rule = matchingRule(bucket.cors, asked);
      if (!rule) throw notAllowed(request);
      return { status: 200, headers: corsHeaders(rule, asked) };
    },
    headersFor(request) {
      const asked = requestIn(request);
      const rule = asked && matchingRule(bucketOf(request)?.cors ?? [], asked);
      return asked && rule && corsHeaders(rule, asked);
    },
    letsIn(request) {
      const origin = askingOrigin(request);
      if (origin === undefined) return false;
      const read = { origin, method: 'GET' };
      const isLetInto = (path: string, asked: CrossOriginRequest) =>
        matchingRule(bucketOf({ path })?.cors ?? [], asked) !== undefined;
      const source = headerOf(request, 'x-amz-copy-source');
      return (
        isLetInto(request.path, { origin, method: request.method }) &&
        (source === undefined || isLetInto(source.replace(/^\/?/, '/'), read))
      );
    },
  };
}

/** The origin of the page that asks: an image and a link come without one, but with the address of the page that has them. */
function askingOrigin(request: Asked): string | undefined {
  const referer = headerOf(request, 'referer') ?? '';
  return headerOf(request, 'origin') ?? (URL.canParse(referer) ? new URL(referer).origin : undefined);
}

/** S3 goes by the headers of a preflight with other methods, too (the record's get-non-allowed-with-acl). */
function requestIn(request: Asked): CrossOriginRequest | undefined {
  const origin = headerOf(request, 'origin');
  if (origin === undefined) return undefined;
  const requestHeaders = headerOf(request, 'access-control-request-headers');
  return {
    origin,
    method: askedMethod(request),
    ...(requestHeaders !== undefined && { requestHeaders }),
  };
}

function askedMethod(request: Asked): string {
  return headerOf(request, 'access-control-request-method') ?? request.method;
}

function headerOf({ headers }: Pick<Asked, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** `/bucket/key`, undecoded. */
function bucketNameIn(path: string): string {
  const [, name = ''] = path.split('/', 2);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** LocalStack's record, test_s3_cors.snapshot.json, test_cors_http_options_no_config and test_cors_http_options_non_existent_bucket. */
function notEnabled(request: Asked, bucket: Bucket | undefined) {
  const reason = bucket ? 'CORS is not enabled for this bucket.' : 'Bucket not found';
  return forbidden(`CORSResponse: ${reason}`, request, 'BUCKET');
}

/** The same record's test_cors_match_origins and test_cors_options_fails_partial_origin; AWS spells it so. */
function notAllowed(request: Asked) {
  const message =
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
  return forbidden(message, request, /^\/[^/]+\/./.test(request.path) ? 'OBJECT' : 'BUCKET');
}

function forbidden(message: string, request: Asked, ResourceType: string) {
  return s3Error('AccessForbidden', message, 403, { Method: askedMethod(request), ResourceType });
}
