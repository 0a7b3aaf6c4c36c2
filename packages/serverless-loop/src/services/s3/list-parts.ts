import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Element } from '../../aws/xml.ts';
import { type Context, xmlAnswer } from './context.ts';
import { readMost } from './list-page.ts';
import { uploadElements } from './list-uploads.ts';
import { uploadOf } from './multipart.ts';
import { elementFor } from './object-checksum.ts';
import { initiatorElement, ownerElement } from './owner.ts';
import { invalidArgument } from './s3-errors.ts';

/** The parts of an upload by number (S3 API reference, "ListParts"); their checksums only where the upload began with one. */
export function listParts(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  { buckets, place }: Context,
): RestXmlAnswer {
  const upload = uploadOf(request, buckets.get(bucketName), key);
  const most = readMost(request.query, 'max-parts');
  const marker = readMarker(request.query.get('part-number-marker'));
  const following = [...upload.parts.values()]
    .filter(({ number }) => number > marker)
    .sort((one, other) => one.number - other.number);
  const listed = following.slice(0, most);
  return xmlAnswer('ListPartsResult', [
    ['Bucket', bucketName],
    ['Key', key],
    ['UploadId', upload.id],
    initiatorElement(place),
    ownerElement(place),
    ...uploadElements(upload),
    ['PartNumberMarker', String(marker)],
    ['NextPartNumberMarker', String(listed.at(-1)?.number ?? 0)],
    ['MaxParts', String(most)],
    ['IsTruncated', String(listed.length < following.length)],
    ...listed.map(
      ({ number, blob, md5, checksum, modifiedAt }): Element => [
        'Part',
        [
          ['PartNumber', String(number)],
          ['LastModified', new Date(modifiedAt).toISOString()],
          ['ETag', `"${md5}"`],
          ...(upload.checksum ? [[elementFor(checksum.name), checksum.base64] as const] : []),
          ['Size', String(blob.sizeBytes)],
        ],
      ],
    ),
  ]);
}

function readMarker(text: string | null): number {
  if (text === null || text === '') return 0;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw invalidArgument(
    'part-number-marker',
    text,
    'Provided part-number-marker not an integer or within integer range',
  );
}
