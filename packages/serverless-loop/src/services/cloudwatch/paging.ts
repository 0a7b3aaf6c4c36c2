import { invalidToken } from './cloudwatch-error.ts';

export interface Page<Item> {
  items: Item[];
  /** For the next call; absent on the last page. */
  nextToken?: string;
}

/** A page of a list. The token holds how much of the list was given. Throws AwsError for a token that isn't the loop's. */
export function pageOf<Item>(all: readonly Item[], size: number, token: string | undefined): Page<Item> {
  const from = token === undefined ? 0 : offsetIn(token);
  const to = from + size;
  const items = all.slice(from, to);
  return to < all.length ? { items, nextToken: tokenFor(to) } : { items };
}

export function tokenFor(offset: number): string {
  return Buffer.from(`from:${offset}`).toString('base64url');
}

export function offsetIn(token: string): number {
  const text = Buffer.from(token, 'base64url').toString();
  if (!/^from:\d{1,9}$/.test(text)) throw invalidToken();
  return Number(text.slice('from:'.length));
}
