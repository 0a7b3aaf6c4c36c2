import { boolean, integer, list, oneOf, structure, text, timestamp } from '../../aws/members.ts';
import type { StoredObject } from './buckets.ts';
import { OWNER } from './shapes.ts';

export const MAX_PAGE_ITEMS = 1000;

export const LIST_INPUT = {
  Prefix: text({ at: 'query', name: 'prefix' }),
  Delimiter: text({ at: 'query', name: 'delimiter' }),
  EncodingType: oneOf(['url'], {
    at: 'query',
    name: 'encoding-type',
    reason: 'Invalid Encoding Method specified in Request',
  }),
} as const;

interface ListInput {
  Prefix?: string;
  Delimiter?: string;
  EncodingType?: 'url';
}

/** A number of entries, or the number of one, in a query or a header. */
export function count(name: string) {
  return integer({ at: 'query', name, min: 0, max: 999_999_999 });
}

/** Members of what each kind of list tells of an object. */
export const LISTED_OBJECT = {
  Key: text(),
  LastModified: timestamp(),
  ETag: text(),
  ChecksumAlgorithm: list(text(), { flat: true }),
  ChecksumType: text(),
  Size: integer(),
  StorageClass: text(),
  Owner: OWNER,
} as const;

/** Members of what each kind of list tells of itself. */
export const LISTING = {
  Prefix: text(),
  Delimiter: text(),
  EncodingType: text(),
  IsTruncated: boolean(),
} as const;

/** They stand at the end. */
export const COMMON_PREFIXES = list(structure({ Prefix: text() }), { flat: true });

interface Page<Item> {
  items: Item[];
  /** The beginnings that keys share up to the delimiter. */
  prefixes: string[];
  /** The last key or prefix, when more follow. */
  last?: string;
}

/**
 * A page of a list, and what each kind of list tells of it: `listing` after the most entries, in that order (S3 API reference,
 * "ListObjects", examples). An `entry` is a key, or what keys have in common.
 */
export function listingOf<Item extends { key: string }>(
  sorted: readonly Item[],
  input: ListInput,
  most: number,
  isAfter: (entry: string, item: Item) => boolean,
) {
  const { Prefix = '', Delimiter, EncodingType } = input;
  const encode = encoder(input);
  const { items, prefixes, last } = pageOf(sorted, input, most, isAfter);
  const listing = {
    // It is told where it has an effect.
    Delimiter: Delimiter ? encode(Delimiter) : undefined,
    EncodingType,
    IsTruncated: last !== undefined,
  };
  return {
    items,
    last,
    told: items.length + prefixes.length,
    encode,
    Prefix: encode(Prefix),
    listing,
    CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
}

/** A part of what is there, in the order of the keys, of which those with a common beginning count as one. */
function pageOf<Item extends { key: string }>(
  sorted: readonly Item[],
  { Prefix: prefix = '', Delimiter: delimiter = '' }: ListInput,
  most: number,
  isAfter: (entry: string, item: Item) => boolean,
): Page<Item> {
  const page: Page<Item> = { items: [], prefixes: [] };
  let last: string | undefined;
  for (const item of sorted) {
    const { key } = item;
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = cut < 0 ? key : key.slice(0, cut + delimiter.length);
    if (!isAfter(entry, item) || (cut >= 0 && entry === last)) continue;
    if (page.items.length + page.prefixes.length >= most)
      return last === undefined ? page : { ...page, last };
    if (cut < 0) page.items.push(item);
    else page.prefixes.push(entry);
    last = entry;
  }
  return page;
}

/** In the order of their UTF-8 bytes (S3 API reference, "ListObjectsV2"). */
export function inKeyOrder<Item extends { key: string }>(items: Iterable<Item>): Item[] {
  return [...items].sort(({ key: one }, { key: other }) =>
    one === other ? 0 : isBefore(one, other) ? -1 : 1,
  );
}

export function isBefore(one: string, other: string): boolean {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0;
}

/** The most entries that a request gets. */
export function mostOf(asked = MAX_PAGE_ITEMS): number {
  return Math.min(asked, MAX_PAGE_ITEMS);
}

/** Writes keys percent-encoded for clients that can't read every character in XML. */
function encoder({ EncodingType }: ListInput): (text: string) => string {
  if (EncodingType === undefined) return (written) => written;
  return (written) => encodeURIComponent(written).replaceAll('%2F', '/');
}

export function listedObject(
  { key, modifiedAt, etag, blob, checksum, headers }: StoredObject,
  encode: (text: string) => string,
) {
  return {
    Key: encode(key),
    LastModified: modifiedAt,
    ETag: etag,
    ChecksumAlgorithm: [checksum.name.toUpperCase()],
    ChecksumType: checksum.type,
    Size: blob.sizeBytes,
    StorageClass: headers.StorageClass ?? 'STANDARD',
  };
}
