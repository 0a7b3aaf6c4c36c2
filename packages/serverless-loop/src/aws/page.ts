import type { AwsError } from './errors.ts';

export interface PageRequest<Item> {
  /** Names the list: a token counts for the list that it came with. */
  list: string;
  /** The most items of a page. */
  limit: number;
  /** As it came from the page before. */
  token: string | undefined;
  /**
   * Sorts the list by this key, which no two items share: a token holds the last item's, so that it stays right when
   * items come or go. Absent: it holds a number of items, for lists in an order of their own.
   */
  keyOf?(item: Item): string;
  /** The greatest key comes first. Absent: the least. */
  descending?: boolean;
  /** The service's error for a token that no page of the list gave. */
  refusal(token: string): AwsError;
}

export interface Page<Item> {
  items: Item[];
  /** For the next call; absent on the last page. */
  nextToken?: string;
}

/** One page of a list. Throws the refusal of a token that is none. */
export function pageOf<Item>(items: readonly Item[], request: PageRequest<Item>): Page<Item> {
  const { list, limit, token, keyOf, descending = false } = request;
  if (!keyOf) {
    const { from, nextToken } = pageSpan(items.length, request);
    const page = items.slice(from, from + limit);
    return nextToken === undefined ? { items: page } : { items: page, nextToken };
  }
  const after = token === undefined ? undefined : readToken(token, request);
  const isBefore = (one: string, other: string) => (descending ? one > other : one < other);
  const left = items
    .map((item) => ({ key: keyOf(item), item }))
    .filter(({ key }) => after === undefined || isBefore(after, key))
    .sort((one, other) => (isBefore(one.key, other.key) ? -1 : 1));
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(last && left.length > limit && { nextToken: newToken(list, last.key) }),
  };
}

/** Returns the span of a page of so many items, for lists whose items aren't made one by one. Throws the refusal of a token that is none. */
export function pageSpan(
  count: number,
  request: Omit<PageRequest<never>, 'keyOf' | 'descending'>,
): { from: number; nextToken?: string } {
  const { list, limit, token } = request;
  const from = token === undefined ? 0 : Number(readToken(token, request));
  const to = from + limit;
  return to < count ? { from, nextToken: newToken(list, String(to)) } : { from };
}

function newToken(list: string, after: string): string {
  return Buffer.from(`${list} ${after}`).toString('base64url');
}

function readToken<Item>(token: string, { list, keyOf, refusal }: PageRequest<Item>): string {
  const content = Buffer.from(token, 'base64url').toString();
  const after = content.slice(list.length + 1);
  const isOurs = content.startsWith(`${list} `) && newToken(list, after) === token;
  if (!isOurs || (!keyOf && !/^\d{1,9}$/.test(after))) throw refusal(token);
  return after;
}
