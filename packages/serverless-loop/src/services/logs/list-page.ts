import type { JsonObject } from '../../aws/operation.ts';
import { invalidToken } from './errors.ts';
import { optionalInteger, optionalText } from './request.ts';

const MAXIMUM_LIMIT = 50;

export interface ListPage<T> {
  items: T[];
  /** For the next call; absent on the last page. */
  nextToken?: string;
}

/**
 * The page of a sorted list that `limit` and `nextToken` ask for. The token holds the key of the last item, so it stays
 * right when items come or go. `kind` tells the tokens of one list from those of others.
 */
export function pageOf<T>(
  input: JsonObject,
  items: readonly T[],
  { kind, keyOf, isAfter }: { kind: string; keyOf(item: T): string; isAfter(item: T, key: string): boolean },
): ListPage<T> {
  const limit = optionalInteger(input, 'limit', 1, MAXIMUM_LIMIT) ?? MAXIMUM_LIMIT;
  const token = optionalText(input, 'nextToken');
  const after = token === undefined ? undefined : keyIn(token, kind);
  const rest = after === undefined ? items : items.filter((item) => isAfter(item, after));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  if (last === undefined || rest.length <= limit) return { items: page };
  return { items: page, nextToken: Buffer.from(`${kind} ${keyOf(last)}`).toString('base64url') };
}

function keyIn(token: string, kind: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith(`${kind} `)) throw invalidToken();
  return text.slice(kind.length + 1);
}
