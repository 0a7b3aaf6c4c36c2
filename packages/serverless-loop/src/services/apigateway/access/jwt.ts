import { createPublicKey, verify } from 'node:crypto';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';

/** A token that is signed, and what it says. */
export interface Jwt {
  header: JsonObject;
  claims: JsonObject;
  signed: Buffer;
  signature: Buffer;
}

/** A token without its `Bearer `; undefined where it is none. */
export function parseJwt(text: string): Jwt | undefined {
  const [header = '', payload = '', signature = '', ...rest] = text.replace(/^Bearer\s+/i, '').split('.');
  const [said, claims] = [header, payload].map(partOf);
  if (!said || !claims || signature === '' || rest.length > 0) return undefined;
  const signed = Buffer.from(`${header}.${payload}`);
  return { header: said, claims, signed, signature: Buffer.from(signature, 'base64url') };
}

function partOf(part: string): JsonObject | undefined {
  const read = parsedJson(Buffer.from(part, 'base64url').toString());
  return isObject(read) ? read : undefined;
}

/** Algorithms of RSA alone (API Gateway guide, "Control access to HTTP APIs with JWT authorizers"). */
const HASHES: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };

/** Verifies the signature by the issuer's key that the token names by `kid`. */
export function isSigned({ header, signed, signature }: Jwt, keys: readonly JsonObject[]): boolean {
  const { kid, alg } = header;
  const hash = typeof alg === 'string' && Object.hasOwn(HASHES, alg) ? HASHES[alg] : undefined;
  // "The token must have a header claim that matches the key" (the same page).
  const key = keys.find((each) => kid !== undefined && each.kid === kid && each.kty === 'RSA');
  if (hash === undefined || !key) return false;
  try {
    return verify(hash, signed, createPublicKey({ key, format: 'jwk' }), signature);
  } catch {
    return false;
  }
}

/**
 * The reason for which the claims let nobody in; undefined where they do. `client_id` counts where there is no `aud`; the times are "after"
 * and "before the current time", without leeway (the same page). Of the words, which the caller is told, AWS documents that of the audience
 * ("Troubleshooting issues with HTTP API JWT authorizers").
 */
export function claimsProblem(
  claims: JsonObject,
  { issuer, audience }: { issuer: string; audience: readonly string[] },
  nowMs: number,
): string | undefined {
  const now = nowMs / 1000;
  if (claims.iss !== issuer) return 'the token does not have a valid issuer';
  const named = [claims.aud ?? claims.client_id].flat();
  if (!audience.some((each) => named.includes(each))) return 'the token does not have a valid audience';
  if (typeof claims.exp !== 'number' || claims.exp <= now) return 'the token has expired';
  if (typeof claims.nbf === 'number' && claims.nbf > now) return 'the token is not valid yet';
  if (typeof claims.iat === 'number' && claims.iat > now) return 'the token was issued in the future';
  return undefined;
}

/** `scope` of the token, or `scp`: a list, or words. */
export function scopesOf({ scope, scp }: JsonObject): string[] {
  const said = scope ?? scp;
  if (Array.isArray(said)) return said.map(String);
  return typeof said === 'string' ? said.split(' ').filter((word) => word !== '') : [];
}
