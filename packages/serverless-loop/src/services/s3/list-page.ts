import type { RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Element } from '../../aws/xml.ts';
import type { StoredObject } from './buckets.ts';
import { invalidArgument } from './s3-errors.ts';

const LONGEST_PAGE = 1000;

export interface Page<Item> {
  items: Item[];
  /** What keys have in common up to the delimiter. */
  prefixes: string[];
  /** The last key or prefix, when more follow. */
  last?: string;
}

/** A part of what is there, in the order of the keys, of which those with a common beginning count as one. */
export function pageOf<Item extends { key: string }>(
  sorted: readonly Item[],
  query: URLSearchParams,
  most: number,
  isAfter: (entry: string, item: Item) => boolean,
): Page<Item> {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
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

/** How many entries a request wants at most. */
export function readMost(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  if (text === null || text === '') return LONGEST_PAGE;
  if (!/^\d{1,9}$/.test(text))
    throw invalidArgument(name, text, `Provided ${name} not an integer or within integer range`);
  return Math.min(Number(text), LONGEST_PAGE);
}

export interface Encoding {
  encode(text: string): string;
  /** What the answer says of it. */
  elements: Element[];
}

/** Percent-encoded, for clients that can't read every character in XML. */
export function readEncoding({ query }: Pick<RestXmlRequest, 'query'>): Encoding {
  const type = query.get('encoding-type');
  if (type === null) return { encode: (text) => text, elements: [] };
  if (type !== 'url')
    throw invalidArgument('encoding-type', type, 'Invalid Encoding Method specified in Request');
  return {
    encode: (text) => encodeURIComponent(text).replaceAll('%2F', '/'),
    elements: [['EncodingType', 'url']],
  };
}

/** The delimiter, which is told where it has an effect. */
export function delimiterElements({ query }: Pick<RestXmlRequest, 'query'>, { encode }: Encoding): Element[] {
  const delimiter = query.get('delimiter');
  return delimiter ? [['Delimiter', encode(delimiter)]] : [];
}

export function prefixElements(prefixes: readonly string[], { encode }: Encoding): Element[] {
  return prefixes.map((prefix) => ['CommonPrefixes', [['Prefix', encode(prefix)]]]);
}

/** What each kind of list tells of an object. */
export function describe(
  { key, modifiedAt, etag, blob, checksum, headers }: StoredObject,
  { encode }: Encoding,
): Element[] {
  return [
    ['Key', encode(key)],
    ['LastModified', new Date(modifiedAt).toISOString()],
    ['ETag', etag],
    ['ChecksumAlgorithm', checksum.name.toUpperCase()],
    ['ChecksumType', checksum.type],
    ['Size', String(blob.sizeBytes)],
    ['StorageClass', headers['x-amz-storage-class'] ?? 'STANDARD'],
  ];
}
