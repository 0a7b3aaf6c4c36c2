import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { RestXmlService } from '../aws/rest-xml-service.ts';
import { readXml, type XmlElement } from '../aws/xml-reader.ts';
import { notFound } from './invalid.ts';

/** Buckets and their objects, as S3 itself tells them. */
export interface ReadBuckets {
  list(): Promise<{ name: string; createdAt: string }[]>;
  /** Throws AwsError for a bucket that there is not. */
  objects(bucket: string, prefix: string, limit: number): Promise<ObjectList>;
  /** An object with the beginning of its content. Throws AwsError for one that there is not. */
  object(bucket: string, key: string): Promise<ReadObject>;
  /** All of its content. Throws AwsError for one that there is not. */
  content(bucket: string, key: string): Promise<Readable>;
}

export interface ReadObject {
  key: string;
  sizeBytes: number;
  changedAt: string;
  contentType: string;
  etag: string;
  storageClass?: string;
  versionId?: string;
  metadata: Record<string, string>;
  tags: Record<string, string>;
  /** The first 64 KB, where they are UTF-8. */
  text?: string;
}

export interface ObjectList {
  objects: { key: string; sizeBytes: number; changedAt: string }[];
  hasMore: boolean;
}

/** Asks S3 by its own protocol, which alone has its operations: in the name of the developer, who may do all. */
export function readBuckets(s3: () => Promise<RestXmlService>, endpoint: string): ReadBuckets {
  async function answerOf(method: string, path: string, { query = {}, headers = {} }: Asked = {}) {
    const request = { method, path, query: new URLSearchParams(query), headers, body: Readable.from([]) };
    const operation = (await s3()).find(request);
    if (!operation) throw notFound(`S3 has nothing at ${path}.`);
    const { signal } = new AbortController();
    return await operation.handle({ caller: {}, requestId: randomUUID(), endpoint, signal });
  }

  async function ask(path: string, query: Record<string, string>): Promise<XmlElement> {
    const { body } = await answerOf('GET', path, { query });
    if (typeof body !== 'string') throw new TypeError('S3 lists in XML.');
    return readXml(body);
  }

  async function beginningOf(path: string, sizeBytes: number): Promise<string | undefined> {
    if (sizeBytes === 0) return '';
    const headers = { range: `bytes=0-${SHOWN_BYTES - 1}` };
    const { body = '' } = await answerOf('GET', path, { headers });
    return textOf(typeof body === 'string' ? Buffer.from(body) : await buffer(body));
  }

  return {
    async list() {
      const [buckets] = childrenOf(await ask('/', {}), 'Buckets');
      return childrenOf(buckets, 'Bucket').map((bucket) => ({
        name: textIn(bucket, 'Name'),
        createdAt: textIn(bucket, 'CreationDate'),
      }));
    },
    async objects(bucket, prefix, limit) {
      const query = { 'list-type': '2', 'max-keys': String(limit), ...(prefix !== '' && { prefix }) };
      const list = await ask(`/${encodeURIComponent(bucket)}`, query);
      return {
        objects: childrenOf(list, 'Contents').map((object) => ({
          key: textIn(object, 'Key'),
          sizeBytes: Number(textIn(object, 'Size')),
          changedAt: textIn(object, 'LastModified'),
        })),
        hasMore: textIn(list, 'IsTruncated') === 'true',
      };
    },
    async object(bucket, key) {
      const path = pathOf(bucket, key);
      const { headers = {} } = await answerOf('HEAD', path);
      const told = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const sizeBytes = Number(told.get('content-length') ?? 0);
      const [tags] = childrenOf(await ask(path, { tagging: '' }), 'TagSet');
      const text = await beginningOf(path, sizeBytes);
      const [storageClass, versionId] = [told.get('x-amz-storage-class'), told.get('x-amz-version-id')];
      return {
        key,
        sizeBytes,
        changedAt: new Date(told.get('last-modified') ?? 0).toISOString(),
        contentType: told.get('content-type') ?? '',
        etag: told.get('etag') ?? '',
        ...(storageClass !== undefined && { storageClass }),
        ...(versionId !== undefined && { versionId }),
        metadata: Object.fromEntries(
          [...told].flatMap(([name, value]) =>
            name.startsWith(METADATA) ? [[name.slice(METADATA.length), value]] : [],
          ),
        ),
        tags: Object.fromEntries(
          childrenOf(tags, 'Tag').map((tag) => [textIn(tag, 'Key'), textIn(tag, 'Value')]),
        ),
        ...(text !== undefined && { text }),
      };
    },
    async content(bucket, key) {
      const { body = '' } = await answerOf('GET', pathOf(bucket, key));
      return typeof body === 'string' ? Readable.from([body]) : body;
    },
  };
}

interface Asked {
  query?: Record<string, string>;
  headers?: Record<string, string>;
}

const METADATA = 'x-amz-meta-';
const SHOWN_BYTES = 65_536;

function pathOf(bucket: string, key: string): string {
  return `/${[bucket, ...key.split('/')].map(encodeURIComponent).join('/')}`;
}

/** A text that is cut within a character is one all the same. */
function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

function textIn(element: XmlElement, name: string): string {
  return childrenOf(element, name)[0]?.text ?? '';
}
