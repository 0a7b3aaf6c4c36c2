import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { restXmlService } from '../../aws/rest-xml-operations.ts';
import type { RestXmlService } from '../../aws/rest-xml-service.ts';
import type { BucketModel } from '../../template/model.ts';
import { type BlobFolder, blobFolder } from './blob-folder.ts';
import { type Bucket, Buckets } from './buckets.ts';
import type { S3Context } from './context.ts';
import { decodeKey } from './decode-key.ts';
import { refuseUnreachable } from './notifications/destinations.ts';
import { type NotifierOptions, notifier } from './notifications/notifier.ts';
import { S3_SERVICE } from './service.ts';
import { versioningDocument } from './versioning.ts';
import { isMarker } from './versions.ts';

export interface S3Options extends Omit<NotifierOptions, 'now'> {
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
  buckets: {
    /** Makes a bucket whose destinations are thought to be there. */
    put(model: BucketModel): void;
    /** Makes one once its destinations let S3 notify them. */
    create(model: BucketModel): Promise<void>;
    /** Gives one other notifications, under the same condition. */
    change(model: BucketModel): Promise<void>;
    remove(name: string): void;
    has(name: string): boolean;
  };
  /** Resolves when all is told that is to be told of objects. */
  idle(): Promise<void>;
  /** Removes all objects and uploads; the buckets stay. */
  empty(): Promise<void>;
  stop(): void;
}

/** Amazon S3: buckets with objects as files in a folder of the loop's own. */
export function startS3({ cacheDir, now = Date.now, ...options }: S3Options): S3 {
  const { place, receiverOf } = options;
  const buckets = new Buckets();
  let folder: BlobFolder | undefined;
  const blobs = (): BlobFolder => {
    folder ??= blobFolder(cacheDir);
    return folder;
  };
  const told = notifier({ ...options, now });
  const context: S3Context = {
    place,
    buckets,
    blobs,
    now,
    receiverOf,
    tell: (bucket, event) => told.tell({ bucketName: bucket.name, ...event }, bucket.notifications),
  };

  function put(model: BucketModel): void {
    apply(model, buckets.create(model.name, now()));
  }

  /** A bucket that has versions never again has none (S3 User Guide, "Using versioning"). */
  function apply({ notifications, versioning }: BucketModel, bucket: Bucket): void {
    delete bucket.notifications;
    if (notifications) bucket.notifications = notifications;
    const state = versioning ?? (bucket.versioning && 'Suspended');
    if (!state) return;
    bucket.versioning = state;
    bucket.settings.set('versioning', versioningDocument(state));
  }

  async function refuseUnreachableOf({ name, notifications }: BucketModel): Promise<void> {
    const { targets = [] } = notifications ?? {};
    const requestId = randomUUID();
    await refuseUnreachable(targets, { bucketName: name, requestId, place, receiverOf, now });
  }

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
      put,
      async create(model) {
        await refuseUnreachableOf(model);
        put(model);
      },
      async change(model) {
        await refuseUnreachableOf(model);
        apply(model, buckets.get(model.name));
      },
      remove: (name) => buckets.remove(name),
      has: (name) => buckets.find(name) !== undefined,
    },
    idle: told.idle,
    async empty() {
      await told.idle();
      for (const { objects, history, uploads } of buckets.list()) {
        const older = [...history.values()].flat().flatMap((version) => (isMarker(version) ? [] : [version]));
        const gone = [
          ...objects.values(),
          ...older,
          ...[...uploads.values()].flatMap(({ parts }) => [...parts.values()]),
        ];
        objects.clear();
        history.clear();
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
