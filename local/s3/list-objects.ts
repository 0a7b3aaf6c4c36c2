import type { RestXmlAnswer, RestXmlRequest } from '../aws/rest-xml-service.ts';
import type { Element } from '../aws/xml.ts';
import type { Bucket, StoredObject } from './buckets.ts';
import { type Context, xmlAnswer } from './context.ts';
import { invalidArgument } from './s3-errors.ts';

const LONGEST_PAGE = 1000;

interface Page {
  objects: StoredObject[];
  /** What keys have in common up to the delimiter. */
  prefixes: string[];
  /** The last key or prefix, when more follow. */
  last?: string;
}

/** ListObjectsV2, and ListObjects of older clients. */
export function listObjects(
  request: RestXmlRequest,
  bucketName: string,
  { buckets }: Context,
): RestXmlAnswer {
  const bucket = buckets.get(bucketName);
  const { query } = request;
  const maxKeys = readMaxKeys(query.get('max-keys'));
  const isV2 = query.get('list-type') === '2';
  const token = query.get('continuation-token');
  const after = isV2
    ? token === null
      ? (query.get('start-after') ?? '')
      : afterToken(token)
    : (query.get('marker') ?? '');
  const { objects, prefixes, last } = pageOf(bucket, query, after, maxKeys);
  const encode = encoder(query.get('encoding-type'));
  const echoed = ['prefix', 'delimiter', 'start-after', 'marker'] as const;
  return xmlAnswer('ListBucketResult', [
    ['Name', bucketName],
    ...echoed.flatMap((name): Element[] => {
      const value = query.get(name);
      return value === null && name !== 'prefix' ? [] : [[ELEMENT[name], encode(value ?? '')]];
    }),
    ['MaxKeys', String(maxKeys)],
    ...(query.has('encoding-type') ? [['EncodingType', 'url'] as const] : []),
    ...(isV2 ? [['KeyCount', String(objects.length + prefixes.length)] as const] : []),
    ...(token === null ? [] : [['ContinuationToken', token] as const]),
    ['IsTruncated', String(last !== undefined)],
    ...(last === undefined
      ? []
      : [
          isV2
            ? (['NextContinuationToken', tokenOf(last)] as const)
            : (['NextMarker', encode(last)] as const),
        ]),
    ...objects.map((object): Element => ['Contents', describe(object, encode)]),
    ...prefixes.map((prefix): Element => ['CommonPrefixes', [['Prefix', encode(prefix)]]]),
  ]);
}

const ELEMENT = {
  prefix: 'Prefix',
  delimiter: 'Delimiter',
  'start-after': 'StartAfter',
  marker: 'Marker',
} as const;

/** A bucket without versioning has one version of each object, whose id is null (S3 User Guide, "Using versioning"). */
export function listVersions(
  request: RestXmlRequest,
  bucketName: string,
  { buckets }: Context,
): RestXmlAnswer {
  const { query } = request;
  const maxKeys = readMaxKeys(query.get('max-keys'));
  const encode = encoder(query.get('encoding-type'));
  const { objects, prefixes, last } = pageOf(
    buckets.get(bucketName),
    query,
    query.get('key-marker') ?? '',
    maxKeys,
  );
  return xmlAnswer('ListVersionsResult', [
    ['Name', bucketName],
    ['Prefix', encode(query.get('prefix') ?? '')],
    ['KeyMarker', encode(query.get('key-marker') ?? '')],
    ['MaxKeys', String(maxKeys)],
    ['IsTruncated', String(last !== undefined)],
    ...(last === undefined ? [] : [['NextKeyMarker', encode(last)] as const]),
    ...objects.map(
      (object): Element => [
        'Version',
        [...describe(object, encode), ['VersionId', 'null'], ['IsLatest', 'true']],
      ],
    ),
    ...prefixes.map((prefix): Element => ['CommonPrefixes', [['Prefix', encode(prefix)]]]),
  ]);
}

function pageOf({ objects }: Bucket, query: URLSearchParams, after: string, maxKeys: number): Page {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const page: Page = { objects: [], prefixes: [] };
  let last: string | undefined;
  for (const object of sorted(objects)) {
    const { key } = object;
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = cut < 0 ? key : key.slice(0, cut + delimiter.length);
    if (!isBefore(after, entry) || entry === last) continue;
    if (page.objects.length + page.prefixes.length >= maxKeys)
      return last === undefined ? page : { ...page, last };
    if (cut < 0) page.objects.push(object);
    else page.prefixes.push(entry);
    last = entry;
  }
  return page;
}

/** In the order of their UTF-8 bytes (S3 API reference, "ListObjectsV2"). */
function sorted(objects: Bucket['objects']): StoredObject[] {
  return [...objects.values()].sort(({ key: one }, { key: other }) => (isBefore(one, other) ? -1 : 1));
}

function isBefore(one: string, other: string): boolean {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0;
}

function describe(
  { key, modifiedAt, etag, blob }: StoredObject,
  encode: (text: string) => string,
): Element[] {
  return [
    ['Key', encode(key)],
    ['LastModified', new Date(modifiedAt).toISOString()],
    ['ETag', etag],
    ['Size', String(blob.sizeBytes)],
    ['StorageClass', 'STANDARD'],
  ];
}

function encoder(type: string | null): (text: string) => string {
  if (type === null) return (text) => text;
  if (type !== 'url')
    throw invalidArgument('encoding-type', type, 'Invalid Encoding Method specified in Request');
  return (text) => encodeURIComponent(text).replaceAll('%2F', '/');
}

function readMaxKeys(text: string | null): number {
  if (text === null) return LONGEST_PAGE;
  if (!/^\d{1,9}$/.test(text))
    throw invalidArgument('max-keys', text, 'Provided max-keys not an integer or within integer range');
  return Math.min(Number(text), LONGEST_PAGE);
}

function tokenOf(last: string): string {
  return Buffer.from(JSON.stringify({ after: last })).toString('base64');
}

function afterToken(token: string): string {
  try {
    const { after }: { after?: unknown } = JSON.parse(Buffer.from(token, 'base64').toString());
    if (typeof after === 'string') return after;
  } catch {
    // Told below, in S3's own words.
  }
  throw invalidArgument('continuation-token', token, 'The continuation token provided is incorrect');
}
