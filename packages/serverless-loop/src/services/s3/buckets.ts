import type { Statement } from '../../aws/statement.ts';
import type { NotificationsModel } from '../../template/model.ts';
import type { Grant } from './acl.ts';
import type { Blob } from './blob-folder.ts';
import type { ChecksumName } from './checksums.ts';
import type { CorsRule } from './cors/rules.ts';
import type { KeptHeaders } from './kept-headers.ts';
import type { ChecksumType, ObjectChecksum } from './object-checksum.ts';
import { noSuchBucket, s3Error } from './s3-errors.ts';
import type { Tag } from './tags.ts';

export interface Bucket {
  name: string;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Encryption, policy and the like, by the name of their query parameter: the XML or JSON as it was put. */
  settings: Map<string, string>;
  /** As it was put; absent while its owner alone may do all. */
  acl?: Grant[];
  /** Absent while it tells nobody of its objects. */
  notifications?: NotificationsModel;
  /** Its policy as IAM judges it; absent while it has none. */
  policy?: Statement[];
  /** Absent while it lets in no pages of other origins. */
  cors?: CorsRule[];
  /** Absent until it is told to keep versions, or no more of them. */
  versioning?: 'Enabled' | 'Suspended';
  /** The newest version of each key, where that is an object. */
  objects: Map<string, StoredObject>;
  /** The versions of each key that are behind it, newest first; a delete marker may be the newest of all. */
  history: Map<string, Version[]>;
  /** By upload id. */
  uploads: Map<string, MultipartUpload>;
}

export type Version = StoredObject | DeleteMarker;

/** Says that an object was deleted, where its versions are kept. */
export interface DeleteMarker {
  key: string;
  /** Absent: of the id null. */
  versionId?: string;
  modifiedAt: number;
  isDeleteMarker: true;
}

export interface StoredObject {
  key: string;
  /** Absent for what was put while the bucket had no versions: its id is null. */
  versionId?: string;
  blob: Blob;
  /** With its quotes. */
  etag: string;
  modifiedAt: number;
  /** Headers that the object was put with and comes back with: Content-Type, Cache-Control, x-amz-meta-…. */
  headers: KeptHeaders;
  checksum: ObjectChecksum;
  tags: readonly Tag[];
  /** As it was put; absent while its owner alone may do all. */
  acl?: Grant[];
  /** By number; absent for what came in one piece. */
  parts?: readonly StoredPart[];
}

/** Of an object: its checksum is known where the upload began with one. */
export interface StoredPart {
  number: number;
  sizeBytes: number;
  checksum?: { name: ChecksumName; base64: string };
}

export interface MultipartUpload {
  id: string;
  key: string;
  startedAt: number;
  headers: KeptHeaders;
  tags: readonly Tag[];
  acl?: Grant[];
  /** The check of the whole, when its client asked for one. */
  checksum?: { name: ChecksumName; type: ChecksumType };
  parts: Map<number, UploadedPart>;
}

export interface UploadedPart {
  number: number;
  blob: Blob;
  md5: string;
  checksum: { name: ChecksumName; base64: string };
  modifiedAt: number;
}

/** S3 User Guide, "Bucket quotas": as many as an account has unless it asks for more. */
const MAX_BUCKETS = 10_000;

/** S3 User Guide, "General purpose bucket naming rules". */
const NAME =
  /^(?!\d+\.\d+\.\d+\.\d+$)(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/;

const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** A bucket's settings from the start, until it is told otherwise or the setting is deleted (S3 User Guide, "Default settings for new S3 bucket ownership and public access"). */
const INITIAL_SETTINGS: ReadonlyMap<string, string> = new Map([
  [
    'ownershipControls',
    `<?xml version="1.0"?><OwnershipControls ${XMLNS}><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>`,
  ],
  [
    'publicAccessBlock',
    `<?xml version="1.0"?><PublicAccessBlockConfiguration ${XMLNS}><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`,
  ],
]);

/** The buckets of the loop, by name. */
export class Buckets {
  readonly #byName = new Map<string, Bucket>();

  list(): Bucket[] {
    return [...this.#byName.values()];
  }

  find(name: string): Bucket | undefined {
    return this.#byName.get(name);
  }

  get(name: string): Bucket {
    const bucket = this.#byName.get(name);
    if (!bucket) throw noSuchBucket(name);
    return bucket;
  }

  /** Throws when it has been deleted since, though there may be another one of its name. */
  refuseGone(bucket: Bucket): void {
    if (this.get(bucket.name) !== bucket) throw noSuchBucket(bucket.name);
  }

  create(
    name: string,
    now: number,
    more: Partial<Pick<Bucket, 'acl'>> & { ownership?: string } = {},
  ): Bucket {
    if (!NAME.test(name))
      throw s3Error('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
    if (this.#byName.has(name)) {
      throw s3Error(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
        { BucketName: name },
      );
    }
    if (this.#byName.size >= MAX_BUCKETS)
      throw s3Error('TooManyBuckets', 'You have attempted to create more buckets than allowed');
    const settings = new Map(INITIAL_SETTINGS);
    if (more.ownership !== undefined) settings.set('ownershipControls', more.ownership);
    const { acl } = more;
    const bucket: Bucket = {
      name,
      createdAt: now,
      settings,
      ...(acl && { acl }),
      objects: new Map(),
      history: new Map(),
      uploads: new Map(),
    };
    this.#byName.set(name, bucket);
    return bucket;
  }

  /** Throws when objects are in it. */
  remove(name: string): void {
    const bucket = this.get(name);
    if (bucket.objects.size + bucket.history.size > 0) throw notEmpty(bucket);
    this.#byName.delete(name);
  }
}

/** LocalStack's record, test_s3_api.snapshot.json, test_delete_versioned_bucket_with_objects, has the words about versions. */
function notEmpty({ name, versioning }: Bucket) {
  const more = versioning === undefined ? '' : '. You must delete all versions in the bucket.';
  return s3Error('BucketNotEmpty', `The bucket you tried to delete is not empty${more}`, 409, {
    BucketName: name,
  });
}
