import type { ApiModel, CorsModel } from '../../../aws/api-model.ts';
import { type ApiAnswer, type ApiRequest, headerOf } from './api-request.ts';

/** Tells a browser's question beforehand (Fetch Standard, "CORS-preflight request"). */
export function isPreflight(request: ApiRequest): boolean {
  return (
    request.method === 'OPTIONS' &&
    headerOf(request, 'origin') !== undefined &&
    headerOf(request, 'access-control-request-method') !== undefined
  );
}

/** HTTP APIs and URLs answer it themselves, whatever routes there are (API Gateway guide, "Configure CORS for HTTP APIs"). */
export function preflightAnswer(cors: CorsModel, request: ApiRequest, status: number): ApiAnswer {
  return { status, headers: corsHeaders(cors, request, true), body: '' };
}

/**
 * The answer with the API's own CORS headers, in place of those of its integration: an HTTP API "ignores CORS headers returned from your
 * backend integration" (API Gateway guide, "Configure CORS for HTTP APIs"), of a URL they "take precedence" over "conflicting headers"
 * alone (Lambda guide, "Creating and managing Lambda function URLs").
 */
export function withCors(
  answer: ApiAnswer,
  cors: CorsModel | undefined,
  request: ApiRequest,
  protocol: ApiModel['protocol'],
): ApiAnswer {
  if (!cors) return answer;
  const own = corsHeaders(cors, request, false);
  const replaced = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept = Object.entries(answer.headers).filter(([given]) => {
    const name = given.toLowerCase();
    return !name.startsWith('access-control-') || (protocol === 'URL' && !replaced.has(name));
  });
  return { ...answer, headers: { ...Object.fromEntries(kept), ...own } };
}

function corsHeaders(cors: CorsModel, request: ApiRequest, isAsked: boolean): Record<string, string> {
  const origin = headerOf(request, 'origin');
  const allowed = origin === undefined ? undefined : allowedOrigin(cors, origin);
  if (allowed === undefined) return {};
  const list = (name: string, values: readonly string[]) =>
    values.length === 0 ? {} : { [name]: values.join(',') };
  return {
    'Access-Control-Allow-Origin': allowed,
    ...(allowed !== '*' && { Vary: 'Origin' }),
    ...(cors.allowCredentials && { 'Access-Control-Allow-Credentials': 'true' }),
    ...list('Access-Control-Expose-Headers', cors.exposeHeaders),
    ...(isAsked && {
      ...list('Access-Control-Allow-Methods', cors.allowMethods),
      ...list('Access-Control-Allow-Headers', cors.allowHeaders),
      ...(cors.maxAgeSeconds !== undefined && { 'Access-Control-Max-Age': String(cors.maxAgeSeconds) }),
    }),
  };
}

/** `*`, the very origin, or one with a star in it: `https://*`, `http://*`, `https://*.example.com`. */
function allowedOrigin({ allowOrigins, allowCredentials }: CorsModel, origin: string): string | undefined {
  if (allowOrigins.includes('*')) return allowCredentials ? origin : '*';
  const isMeant = (pattern: string) => {
    const star = pattern.indexOf('*');
    if (star < 0) return pattern.toLowerCase() === origin.toLowerCase();
    return origin.startsWith(pattern.slice(0, star)) && origin.endsWith(pattern.slice(star + 1));
  };
  return allowOrigins.some(isMeant) ? origin : undefined;
}
