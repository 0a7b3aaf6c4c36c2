import { buffer } from 'node:stream/consumers';
import type { Place } from '../../aws/arn.ts';
import { restXmlService } from '../../aws/rest-xml-operations.ts';
import type { RestXmlService } from '../../aws/rest-xml-service.ts';
import { type BlobFolder, blobFolder } from './blob-folder.ts';
import { Buckets } from './buckets.ts';
import { decodeKey } from './decode-key.ts';
import { S3_SERVICE } from './service.ts';

export interface S3Options {
  place: Place;
  /** The folder with the objects is made in here; it goes when S3 stops. */
  cacheDir: string;
  /** Epoch milliseconds. */
  now?: () => number;
}

export interface S3 {
  service: RestXmlService;
  /** For services inside the loop, which deploy what is here; undefined when it isn't. */
  objectAt(place: { bucket: string; key: string }): Promise<Buffer | undefined>;
  /** The text of an object by its URL, in path style at any endpoint or at the bucket's own host. */
  textAt(url: string): Promise<string | undefined>;
  /** For stacks that have buckets. Throw S3's errors. */
  buckets: { create(name: string): void; remove(name: string): void; has(name: string): boolean };
  /** Removes all objects and uploads; the buckets stay. */
  empty(): Promise<void>;
  stop(): void;
}

/** Amazon S3: buckets with objects as files in a folder of the loop's own, the newest version of each. */
export function startS3({ place, cacheDir, now = Date.now }: S3Options): S3 {
  const buckets = new Buckets();
  let folder: BlobFolder | undefined;
  const blobs = (): BlobFolder => {
    folder ??= blobFolder(cacheDir);
    return folder;
  };
  const context = { place, buckets, blobs, now };

  async function objectAt({ bucket, key }: { bucket: string; key: string }): Promise<Buffer | undefined> {
    const object = buckets.find(bucket)?.objects.get(key);
    return object && (await buffer(blobs().read(object.blob)));
  }

  return {
    service: restXmlService(S3_SERVICE, context),
    objectAt,
    async textAt(url) {
      const found = objectOfUrl(url);
      return found && (await objectAt(found))?.toString();
    },
    buckets: {
      create: (name) => void buckets.create(name, now()),
      remove: (name) => buckets.remove(name),
      has: (name) => buckets.find(name) !== undefined,
    },
    async empty() {
      for (const { objects, uploads } of buckets.list()) {
        const gone = [
          ...objects.values(),
          ...[...uploads.values()].flatMap(({ parts }) => [...parts.values()]),
        ];
        objects.clear();
        uploads.clear();
        for (const { blob } of gone) await blobs().remove(blob);
      }
    },
    stop: () => folder?.stop(),
  };
}

function objectOfUrl(url: string): { bucket: string; key: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname } = new URL(url);
  const ownHost = /^(.+)\.s3[.-][\w.-]*amazonaws\.com$/.exec(hostname)?.[1];
  const [, bucket, key] =
    /^\/([^/]+)\/(.+)$/s.exec(ownHost === undefined ? pathname : `/${ownHost}${pathname}`) ?? [];
  return bucket && key ? { bucket: decodeKey(bucket), key: decodeKey(key) } : undefined;
}
