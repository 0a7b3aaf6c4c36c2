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

/** A bucket without versioning has one version of each object, whose id is null (S3 User Guide, "Using versioning"). */
export function listVersions(
  request: RestXmlRequest,
  bucketName: string,
  { buckets, place }: Context,
): RestXmlAnswer {
  const { query } = request;
  const maxKeys = readMost(query, 'max-keys');
  const encoding = readEncoding(request);
  const marker = query.get('key-marker') ?? '';
  const { objects } = buckets.get(bucketName);
  const { items, prefixes, last } = pageOf(inKeyOrder(objects.values()), query, maxKeys, (entry) =>
    isBefore(marker, entry),
  );
  const { encode } = encoding;
  return xmlAnswer('ListVersionsResult', [
    ['Name', bucketName],
    ['Prefix', encode(query.get('prefix') ?? '')],
    ...delimiterElements(request, encoding),
    ['KeyMarker', encode(marker)],
    ['VersionIdMarker', query.get('version-id-marker') ?? ''],
    ['MaxKeys', String(maxKeys)],
    ...encoding.elements,
    ['IsTruncated', String(last !== undefined)],
    ...(last === undefined
      ? []
      : [['NextKeyMarker', encode(last)] as const, ['NextVersionIdMarker', 'null'] as const]),
    ...items.map(
      (object): Element => [
        'Version',
        [...describe(object, encoding), ['VersionId', 'null'], ['IsLatest', 'true'], ownerElement(place)],
      ],
    ),
    ...prefixElements(prefixes, encoding),
  ]);
}
