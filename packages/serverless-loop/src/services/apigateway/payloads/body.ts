import { isUtf8 } from 'node:buffer';

/** Content types that HTTP APIs and URLs hand on as text; every other body is in base64 (Lambda guide, "Invoking Lambda function URLs"). */
const TEXT = /^(?:text\/.*|application\/(?:json|javascript|xml|[^;]+\+(?:json|xml)))(?:;|$)/i;

/** A body for a payload, as text or in base64. */
export function bodyFor2(
  body: Buffer,
  contentType: string | undefined,
): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  if (contentType !== undefined && TEXT.test(contentType.trim()) && isUtf8(body))
    return { body: body.toString(), isBase64Encoded: false };
  return { body: body.toString('base64'), isBase64Encoded: true };
}

/** Of a REST API: in base64 where the content type is one of its binary ones. */
export function bodyFor1(
  body: Buffer,
  contentType: string | undefined,
  binaryMediaTypes: readonly string[],
): { body: string | null; isBase64Encoded: boolean } {
  if (body.length === 0) return { body: null, isBase64Encoded: false };
  const isBinary = isAmong(contentType ?? 'application/json', binaryMediaTypes);
  return isBinary
    ? { body: body.toString('base64'), isBase64Encoded: true }
    : { body: body.toString(), isBase64Encoded: false };
}

/** Looks for a media type in a list, whose entries may be like `image/*`. */
export function isAmong(mediaType: string, list: readonly string[]): boolean {
  const [type = '', subtype = ''] = (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase().split('/');
  return list.some((entry) => {
    const [main = '', sub = ''] = entry.toLowerCase().split('/');
    return (main === '*' || main === type) && (sub === '*' || sub === subtype);
  });
}
