import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import { isObject } from '../../aws/json-object.ts';
import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Element } from '../../aws/xml.ts';
import { type Context, xmlAnswer } from './context.ts';
import {
  delimiterElements,
  describe,
  inKeyOrder,
  isBefore,
  pageOf,
  prefixElements,
  readEncoding,
  readMost,
} from './list-page.ts';
import { ownerElement } from './owner.ts';
import { s3Error } from './s3-errors.ts';

/** ListObjectsV2, and ListObjects of older clients. */
export function listObjects(request: RestXmlRequest, bucketName: string, context: Context): RestXmlAnswer {
  const { objects } = context.buckets.get(bucketName);
  const { query } = request;
  const maxKeys = readMost(query, 'max-keys');
  const encoding = readEncoding(request);
  const isV2 = query.get('list-type') === '2';
  const version = isV2 ? secondVersion(query) : firstVersion(query);
  const { items, prefixes, last } = pageOf(inKeyOrder(objects.values()), query, maxKeys, (entry) =>
    isBefore(version.after, entry),
  );
  const owner = version.tellsOwner ? [ownerElement(context.place)] : [];
  const encode = encoding.encode;
  return xmlAnswer('ListBucketResult', [
    ['Name', bucketName],
    ['Prefix', encode(query.get('prefix') ?? '')],
    ...delimiterElements(request, encoding),
    ...version.echoed(encode),
    ['MaxKeys', String(maxKeys)],
    ...encoding.elements,
    ...(isV2 ? [['KeyCount', String(items.length + prefixes.length)] as const] : []),
    ['IsTruncated', String(last !== undefined)],
    ...(last === undefined ? [] : version.next(last, encode)),
    ...items.map((object): Element => ['Contents', [...describe(object, encoding), ...owner]]),
    ...prefixElements(prefixes, encoding),
  ]);
}

interface Version {
  /** Only what comes behind this key. */
  after: string;
  /** Where the page began, as the answer tells it. */
  echoed(encode: (text: string) => string): Element[];
  /** Where the next one begins. */
  next(last: string, encode: (text: string) => string): Element[];
  tellsOwner: boolean;
}

/** The owner has to be asked for; a token says more than a key to start after. */
function secondVersion(query: URLSearchParams): Version {
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  return {
    after: token === null ? startAfter : afterToken(token),
    echoed: (encode) => {
      if (token !== null) return [['ContinuationToken', token]];
      return startAfter === '' ? [] : [['StartAfter', encode(startAfter)]];
    },
    next: (last) => [['NextContinuationToken', tokenOf(last)]],
    tellsOwner: query.get('fetch-owner') === 'true',
  };
}

/** The next marker stands for a common prefix, which no key tells (S3 API reference, "ListObjects"). */
function firstVersion(query: URLSearchParams): Version {
  const marker = query.get('marker') ?? '';
  return {
    after: marker,
    echoed: (encode) => [['Marker', encode(marker)]],
    next: (last, encode) => (query.get('delimiter') ? [['NextMarker', encode(last)]] : []),
    tellsOwner: true,
  };
}

function tokenOf(last: string): string {
  return Buffer.from(JSON.stringify({ after: last })).toString('base64');
}

function afterToken(token: string): string {
  try {
    const found = parseJsonWithin(Buffer.from(token, 'base64').toString(), SHORT_LIMITS);
    if (isObject(found) && typeof found.after === 'string') return found.after;
  } catch {
    // Told below, in S3's own words.
  }
  throw s3Error('InvalidArgument', 'The continuation token provided is incorrect', 400, {
    ArgumentName: 'continuation-token',
  });
}
