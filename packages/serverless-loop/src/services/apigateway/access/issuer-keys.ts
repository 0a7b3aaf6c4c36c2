import { readFile } from 'node:fs/promises';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';

/** The keys that an issuer signs with. */
export interface IssuerKeys {
  of(issuer: string): Promise<readonly JsonObject[]>;
}

/** Keys are kept for two hours (API Gateway guide, "Control access to HTTP APIs with JWT authorizers"). */
const KEPT_MS = 7_200_000;
const MAX_FETCH_MS = 1_500;
const MAX_BYTES = 150_000;

/**
 * Keys by OpenID Connect's discovery: `<issuer>/.well-known/openid-configuration` names the URL of the keys. `files` has those
 * of issuers that are not to be asked, each a JSON Web Key Set. Rejects where there are none to be had.
 */
export function issuerKeys(files: Readonly<Record<string, string>>, elapsedMs: () => number): IssuerKeys {
  const kept = new Map<string, { keys: readonly JsonObject[]; untilMs: number }>();
  return {
    async of(issuer) {
      const known = kept.get(issuer);
      if (known && known.untilMs > elapsedMs()) return known.keys;
      const file = files[issuer];
      const keys = keysIn(
        file === undefined ? await discovered(issuer) : JSON.parse(await readFile(file, 'utf8')),
      );
      kept.set(issuer, { keys, untilMs: elapsedMs() + KEPT_MS });
      return keys;
    },
  };
}

async function discovered(issuer: string): Promise<unknown> {
  const configuration = await fetched(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const url = isObject(configuration) ? configuration.jwks_uri : undefined;
  if (typeof url !== 'string') throw new Error(`the issuer ${issuer} names no jwks_uri`);
  return fetched(url);
}

async function fetched(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(MAX_FETCH_MS) });
  if (!response.ok) throw new Error(`${url} answers with ${response.status}`);
  const text = await response.text();
  if (text.length > MAX_BYTES) throw new Error(`${url} answers with more than ${MAX_BYTES} bytes`);
  return JSON.parse(text);
}

function keysIn(set: unknown): JsonObject[] {
  return isObject(set) && Array.isArray(set.keys) ? set.keys.filter(isObject) : [];
}
