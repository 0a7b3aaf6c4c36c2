import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { RestXmlService } from '../aws/rest-xml-service.ts';
import { readXml, type XmlElement } from '../aws/xml-reader.ts';
import { notFound } from './invalid.ts';

/** Buckets and their objects, as S3 itself lists them. */
export interface ReadBuckets {
  list(): Promise<{ name: string; createdAt: string }[]>;
  /** Throws AwsError for a bucket that there is not. */
  objects(bucket: string, prefix: string, limit: number): Promise<ObjectList>;
}

export interface ObjectList {
  objects: { key: string; sizeBytes: number; changedAt: string }[];
  hasMore: boolean;
}

/** Asks S3 by its own protocol, which alone has its operations: in the name of the developer, who may do all. */
export function readBuckets(s3: () => Promise<RestXmlService>, endpoint: string): ReadBuckets {
  async function ask(path: string, query: Record<string, string>): Promise<XmlElement> {
    const request = {
      method: 'GET',
      path,
      query: new URLSearchParams(query),
      headers: {},
      body: Readable.from([]),
    };
    const operation = (await s3()).find(request);
    if (!operation) throw notFound(`S3 has nothing at ${path}.`);
    const { signal } = new AbortController();
    const answer = await operation.handle({ caller: {}, requestId: randomUUID(), endpoint, signal });
    if (typeof answer.body !== 'string') throw new TypeError('S3 lists in XML.');
    return readXml(answer.body);
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
  };
}

function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

function textIn(element: XmlElement, name: string): string {
  return childrenOf(element, name)[0]?.text ?? '';
}
