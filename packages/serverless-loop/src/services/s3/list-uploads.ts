import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Element } from '../../aws/xml.ts';
import type { MultipartUpload } from './buckets.ts';
import { type Context, xmlAnswer } from './context.ts';
import {
  delimiterElements,
  inKeyOrder,
  isBefore,
  pageOf,
  prefixElements,
  readEncoding,
  readMost,
} from './list-page.ts';
import { initiatorElement, ownerElement } from './owner.ts';

/** By key, and those of one key as they began (S3 API reference, "ListMultipartUploads"). */
export function listUploads(
  request: RestXmlRequest,
  bucketName: string,
  { buckets, place }: Context,
): RestXmlAnswer {
  const { query } = request;
  const encoding = readEncoding(request);
  const { encode } = encoding;
  const most = readMost(query, 'max-uploads');
  const sorted = inKeyOrder(buckets.get(bucketName).uploads.values());
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const markedAt = sorted.findIndex(({ key, id }) => key === keyMarker && id === idMarker);
  const { items, prefixes, last } = pageOf(
    sorted,
    query,
    most,
    (entry, upload) => isBefore(keyMarker, entry) || (markedAt >= 0 && sorted.indexOf(upload) > markedAt),
  );
  const prefix = query.get('prefix');
  const final = items.at(-1);
  return xmlAnswer('ListMultipartUploadsResult', [
    ['Bucket', bucketName],
    ['KeyMarker', encode(keyMarker)],
    ['UploadIdMarker', idMarker],
    // Told of the last page too (LocalStack's record, test_s3_list_operations.snapshot.json,
    // test_list_multiparts_next_marker).
    ['NextKeyMarker', encode(final?.key ?? '')],
    ['NextUploadIdMarker', final?.id ?? ''],
    ...delimiterElements(request, encoding),
    ...(prefix ? [['Prefix', encode(prefix)] as const] : []),
    ['MaxUploads', String(most)],
    ...encoding.elements,
    ['IsTruncated', String(last !== undefined)],
    ...items.map(
      (upload): Element => [
        'Upload',
        [
          ['Key', encode(upload.key)],
          ['UploadId', upload.id],
          initiatorElement(place),
          ownerElement(place),
          ...uploadElements(upload),
          ['Initiated', new Date(upload.startedAt).toISOString()],
        ],
      ],
    ),
    ...prefixElements(prefixes, encoding),
  ]);
}

/** What an upload was begun with, as far as lists tell it. */
export function uploadElements({ checksum, headers }: MultipartUpload): Element[] {
  return [
    ['StorageClass', headers['x-amz-storage-class'] ?? 'STANDARD'],
    ...(checksum
      ? [
          ['ChecksumAlgorithm', checksum.name.toUpperCase()] as const,
          ['ChecksumType', checksum.type] as const,
        ]
      : []),
  ];
}
