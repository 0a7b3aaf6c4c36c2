import { Readable } from 'node:stream';
import type {
  RestXmlAnswer,
  RestXmlOperation,
  RestXmlRequest,
  RestXmlService,
  SignedForm,
} from '../../../aws/rest-xml-service.ts';
import { renderDocument } from '../../../aws/xml.ts';
import { childrenOf, childText, readXml } from '../../../aws/xml-reader.ts';
import { invalidArgument, s3Error } from '../s3-errors.ts';
import { formSigner, missing } from './form-signature.ts';
import { readForm } from './multipart.ts';
import { readPostPolicy, refuseUnnamed, type SizeRange } from './policy.ts';

/** Fields that are kept with the object as headers of PutObject are (S3 API reference, "POST Object"). */
const AS_HEADERS =
  /^(cache-control|content-(type|disposition|encoding|language)|expires|x-amz-(?!signature|algorithm|credential|date|security-token).+)$/;

// biome-ignore lint/suspicious/noTemplateCurlyInString: S3 calls it so
const FILE_NAME = '${filename}';

/**
 * Takes an object from a form of a browser (S3 API reference, "POST Object"); undefined for any other request. `writer` writes
 * objects as PutObject does.
 */
export async function postedForm(
  request: RestXmlRequest,
  writer: RestXmlService,
  now: () => number,
): Promise<SignedForm | undefined> {
  const bucket = bucketIn(request);
  if (bucket === undefined) return undefined;
  const contentType = String(request.headers['content-type'] ?? '');
  if (!/^multipart\/form-data\b/i.test(contentType)) throw notMultipart();
  const { fields, file } = await readForm(request.body, contentType);
  const credentials = formSigner(fields);
  if (!file) throw invalidArgument('file', '0', 'POST requires exactly one file upload per request.');
  const { name } = file;
  const filled = new Map(
    [...fields].map(([field, value]) => [
      field,
      name === undefined ? value : value.replaceAll(FILE_NAME, name),
    ]),
  );
  const key = filled.get('key');
  if (!key) throw missing('key');
  const policy = filled.get('policy');
  const range =
    policy === undefined ? undefined : refuseUnnamed(readPostPolicy(policy), filled, bucket, now());
  const path = `/${encodeURIComponent(bucket)}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const operation = writer.find({
    method: 'PUT',
    path,
    query: new URLSearchParams(),
    headers: headersOf(filled),
    body: Readable.from(range ? within(range, file.bytes) : file.bytes, { objectMode: false }),
  });
  if (!operation) return undefined;
  return {
    ...(credentials && { credentials }),
    operation: answering(operation, filled, { bucket, key, path }),
  };
}

/** A POST to a bucket that is no operation of its own, such as `?delete`. */
function bucketIn({ method, path, query }: RestXmlRequest): string | undefined {
  const [, name] = /^\/([^/]+)\/?$/.exec(path) ?? [];
  return method === 'POST' && query.size === 0 && name !== undefined ? decodeURIComponent(name) : undefined;
}

/** PutObject's operation with the answer to a form. */
function answering(
  operation: RestXmlOperation,
  fields: ReadonlyMap<string, string>,
  { bucket, key, path }: { bucket: string; key: string; path: string },
): RestXmlOperation {
  return {
    ...operation,
    async handle(call): Promise<RestXmlAnswer> {
      const { headers = {} } = await operation.handle(call);
      const { ETag = '' } = headers;
      const location = `${call.endpoint}${path}`;
      const redirect = fields.get('success_action_redirect') ?? fields.get('redirect') ?? '';
      if (URL.canParse(redirect)) {
        const target = new URL(redirect);
        for (const [name, value] of Object.entries({ bucket, key, etag: ETag }))
          target.searchParams.append(name, value);
        return { status: 303, headers: { ...headers, Location: target.href } };
      }
      const answered = { ...headers, Location: location };
      switch (fields.get('success_action_status')) {
        case '200':
          return { status: 200, headers: answered };
        case '201':
          return {
            status: 201,
            headers: answered,
            body: created({ Location: location, Bucket: bucket, Key: key, ETag }),
          };
        default:
          return { status: 204, headers: answered };
      }
    },
  };
}

function created(told: Record<string, string>): string {
  return renderDocument('PostResponse', undefined, Object.entries(told));
}

function headersOf(fields: ReadonlyMap<string, string>): RestXmlRequest['headers'] {
  const acl = fields.get('acl');
  const tagging = fields.get('tagging');
  return {
    ...Object.fromEntries([...fields].filter(([name]) => AS_HEADERS.test(name))),
    ...(acl !== undefined && { 'x-amz-acl': acl }),
    ...(tagging !== undefined && { 'x-amz-tagging': taggingHeader(tagging) }),
  };
}

/** The field is XML, as the body of PutObjectTagging; what is no set of tags has none (LocalStack's record, test_post_object_with_tags). */
function taggingHeader(document: string): string {
  const [set] = childrenOf(readXml(document), 'TagSet');
  const tags = set ? childrenOf(set, 'Tag') : [];
  const pairs = tags.map((tag): [string, string] => [
    childText(tag, 'Key') ?? '',
    childText(tag, 'Value') ?? '',
  ]);
  return new URLSearchParams(pairs).toString();
}

/** The bytes of a file that must be so long. The words: the same record's test_post_object_policy_validation_size. */
async function* within(
  { smallest, largest }: SizeRange,
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  let sizeBytes = 0;
  for await (const piece of bytes) {
    sizeBytes += piece.length;
    if (sizeBytes <= largest) yield piece;
  }
  if (sizeBytes > largest)
    throw s3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
      ProposedSize: sizeBytes,
      MaxSizeAllowed: largest,
    });
  if (sizeBytes < smallest)
    throw s3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
      ProposedSize: sizeBytes,
      MinSizeAllowed: smallest,
    });
}

/** The same record's test_post_object_with_wrong_content_type. */
function notMultipart() {
  return s3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: 'Bucket POST must be of the enclosure-type multipart/form-data',
  });
}
