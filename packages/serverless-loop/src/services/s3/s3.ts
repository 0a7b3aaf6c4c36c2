import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Receiver, RoleSender } from '../../aws/delivery.ts';
import { describedOperations } from '../../aws/described-operations.ts';
import type { DescribedOperation, Need } from '../../aws/operation.ts';
import { renderPolicyDocument } from '../../aws/policy-document.ts';
import { restXmlService } from '../../aws/rest-xml-operations.ts';
import type { RestXmlService } from '../../aws/rest-xml-service.ts';
import type { Statement } from '../../aws/statement.ts';
import type { BucketModel } from '../../template/model.ts';
import { type BlobFolder, blobFolder } from './blob-folder.ts';
import { policiesBeside, withBucketPolicies } from './bucket-policy.ts';
import { type Bucket, Buckets } from './buckets.ts';
import type { S3Context } from './context.ts';
import { crossOriginOf } from './cors/cross-origin.ts';
import { corsDocument } from './cors/document.ts';
import type { CorsRule } from './cors/rules.ts';
import { decodeKey } from './decode-key.ts';
import { refuseUnreachable } from './notifications/destinations.ts';
import { type NotifierOptions, notifier } from './notifications/notifier.ts';
import { writeOperation } from './object-operations.ts';
import { postedForm } from './post-form/post-object.ts';
import { withPresignedChecks } from './presigned.ts';
import { receiveRecord } from './received-records.ts';
import { S3_SERVICE } from './service.ts';
import { versioningDocument } from './versioning.ts';
import { isMarker } from './versions.ts';

export interface S3Options extends Omit<NotifierOptions, 'now'> {
  /** The folder with the objects is made in here; it goes when S3 stops. */
  cacheDir: string;
  /** Epoch milliseconds. */
  now?: () => number;
  /** Throws AwsError unless the role's own policies let it put an object. */
  authorizeRole(role: RoleSender, need: Need): void;
}

export interface S3 extends Receiver {
  service: RestXmlService;
  /** For those who call them by their names. */
  operations(): Record<string, DescribedOperation>;
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
    /** Undefined takes it away. */
    setPolicy(name: string, policy: Statement[] | undefined): void;
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
export function startS3({ cacheDir, now = Date.now, authorizeRole, ...options }: S3Options): S3 {
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
  function apply({ notifications, versioning, resourcePolicy, cors }: BucketModel, bucket: Bucket): void {
    setPolicy(bucket, resourcePolicy);
    setCors(bucket, cors);
    delete bucket.notifications;
    if (notifications) bucket.notifications = notifications;
    const state = versioning ?? (bucket.versioning && 'Suspended');
    if (!state) return;
    bucket.versioning = state;
    bucket.settings.set('versioning', versioningDocument(state));
  }

  function setPolicy(bucket: Bucket, policy: Statement[] | undefined): void {
    delete bucket.policy;
    bucket.settings.delete('policy');
    if (!policy) return;
    bucket.policy = policy;
    bucket.settings.set('policy', renderPolicyDocument(policy));
  }

  function setCors(bucket: Bucket, rules: CorsRule[] | undefined): void {
    delete bucket.cors;
    bucket.settings.delete('cors');
    if (!rules) return;
    bucket.cors = rules;
    bucket.settings.set('cors', corsDocument(rules));
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

  const posting = { ...S3_SERVICE, operations: { PostObject: writeOperation('ObjectCreated:Post') } };
  const formWriter = withBucketPolicies(restXmlService(posting, context), buckets);

  return {
    service: {
      ...withPresignedChecks(withBucketPolicies(restXmlService(S3_SERVICE, context), buckets), now),
      form: (request) => postedForm(request, formWriter, now),
      crossOrigin: crossOriginOf(buckets),
    },
    operations: () => policiesBeside(describedOperations(S3_SERVICE, context), buckets),
    receive: (bucketArn, message, sender) =>
      receiveRecord(bucketArn, message, sender, { context, authorizeRole }),
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
        const bucket = buckets.get(model.name);
        // A policy that another stack or a call gave it stays.
        const kept = model.resourcePolicy ?? bucket.policy;
        apply({ ...model, ...(kept && { resourcePolicy: kept }) }, bucket);
      },
      setPolicy: (name, policy) => setPolicy(buckets.get(name), policy),
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
