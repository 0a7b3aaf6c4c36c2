import type { CorsRule } from './rules.ts';

/** A request, as far as rules look at it. */
export interface CrossOriginRequest {
  origin: string;
  method: string;
  /** As `Access-Control-Request-Headers` lists them; absent where it isn't there. */
  requestHeaders?: string;
}

/**
 * The first rule that names a request's origin, its method and each header that it is to have (S3 User Guide, "How does
 * Amazon S3 evaluate the CORS configuration on a bucket?").
 */
export function matchingRule(
  rules: readonly CorsRule[],
  { origin, method, requestHeaders = '' }: CrossOriginRequest,
): CorsRule | undefined {
  const headers = headersIn(requestHeaders);
  return rules.find(
    (rule) =>
      rule.allowedMethods.includes(method) &&
      rule.allowedOrigins.some((pattern) => matches(pattern, origin)) &&
      headers.every((header) =>
        rule.allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), header)),
      ),
  );
}

/** As S3 answers by a rule (LocalStack's record, test_s3_cors.snapshot.json, test_cors_match_origins and test_cors_match_headers). */
export function corsHeaders(rule: CorsRule, request: CrossOriginRequest): Record<string, string> {
  const isForAll = rule.allowedOrigins.includes('*');
  const headers = headersIn(request.requestHeaders ?? '');
  return {
    'Access-Control-Allow-Origin': isForAll ? '*' : request.origin,
    ...(!isForAll && { 'Access-Control-Allow-Credentials': 'true' }),
    'Access-Control-Allow-Methods': rule.allowedMethods.join(', '),
    ...(headers.length > 0 && { 'Access-Control-Allow-Headers': headers.join(', ') }),
    ...(rule.exposedHeaders.length > 0 && {
      'Access-Control-Expose-Headers': rule.exposedHeaders.join(', '),
    }),
    ...(rule.maxAgeSeconds !== undefined && { 'Access-Control-Max-Age': String(rule.maxAgeSeconds) }),
    Vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

function headersIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

function matches(pattern: string, text: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === text;
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}
