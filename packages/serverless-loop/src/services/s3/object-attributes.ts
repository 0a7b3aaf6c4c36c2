import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Element } from '../../aws/xml.ts';
import type { StoredObject, StoredPart } from './buckets.ts';
import { type Context, xmlAnswer } from './context.ts';
import { headerOf } from './header.ts';
import { LONGEST_PAGE } from './list-page.ts';
import { checksumElements, elementFor } from './object-checksum.ts';
import { objectOf } from './object-operations.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';

type Describe = (object: StoredObject, request: RestXmlRequest) => readonly Element[];

/** In the order in which S3 answers, whatever the request's is. */
const ATTRIBUTES = new Map<string, Describe>([
  ['ETag', ({ etag }) => [['ETag', etag.replaceAll('"', '')]]],
  ['Checksum', ({ checksum }) => [['Checksum', checksumElements(withoutCount(checksum))]]],
  ['ObjectParts', partsElement],
  ['StorageClass', ({ headers }) => [['StorageClass', headers['x-amz-storage-class'] ?? 'STANDARD']]],
  ['ObjectSize', ({ blob }) => [['ObjectSize', String(blob.sizeBytes)]]],
]);

/** S3 API reference, "GetObjectAttributes"; what its text leaves open as LocalStack's test_s3.snapshot.json recorded it. */
export function objectAttributes(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  { buckets }: Context,
): RestXmlAnswer {
  const asked = askedFor(request);
  const object = objectOf(buckets.get(bucketName), key);
  const content = [...ATTRIBUTES].flatMap(([name, describe]) =>
    asked.has(name) ? describe(object, request) : [],
  );
  const headers = { 'Last-Modified': new Date(object.modifiedAt).toUTCString() };
  return { ...xmlAnswer('GetObjectAttributesResponse', content), headers };
}

/** S3's words are on record (versity/versitygw, issues 915 and 917). */
function askedFor(request: RestXmlRequest): ReadonlySet<string> {
  const text = headerOf(request, 'x-amz-object-attributes') ?? '';
  const names = text.split(',').map((name) => name.trim());
  if (text.trim() === '')
    throw s3Error(
      'InvalidRequest',
      'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
    );
  if (names.every((name) => ATTRIBUTES.has(name))) return new Set(names);
  throw invalidArgument('x-amz-object-attributes', text, 'Invalid attribute name specified.');
}

/** The number of parts behind a composite checksum is told by ObjectParts. */
function withoutCount(checksum: StoredObject['checksum']): StoredObject['checksum'] {
  return { ...checksum, base64: checksum.base64.replace(/-\d+$/, '') };
}

/** The parts one by one where the whole's checksum is made of theirs; of others only how many there are. */
function partsElement({ parts, checksum }: StoredObject, request: RestXmlRequest): Element[] {
  if (!parts) return [];
  const total: Element = ['TotalPartsCount', String(parts.length)];
  if (checksum.type !== 'COMPOSITE') return [['ObjectParts', [total]]];
  const most = Math.min(numberOf(request, 'x-amz-max-parts') ?? LONGEST_PAGE, LONGEST_PAGE);
  const marker = numberOf(request, 'x-amz-part-number-marker') ?? 0;
  const following = parts.filter(({ number }) => number > marker);
  const listed = following.slice(0, most);
  const page: Element[] = [
    ['PartNumberMarker', String(marker)],
    ['NextPartNumberMarker', String(listed.at(-1)?.number ?? 0)],
    ['MaxParts', String(most)],
    ['IsTruncated', String(listed.length < following.length)],
  ];
  return [['ObjectParts', [total, ...page, ...listed.map(partElement)]]];
}

function partElement({ number, sizeBytes, checksum }: StoredPart): Element {
  return [
    'Part',
    [
      ['PartNumber', String(number)],
      ['Size', String(sizeBytes)],
      ...(checksum ? [[elementFor(checksum.name), checksum.base64] as const] : []),
    ],
  ];
}

function numberOf(request: RestXmlRequest, name: string): number | undefined {
  const text = headerOf(request, name);
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw invalidArgument(name, text, `Provided ${name} not an integer or within integer range`);
}
