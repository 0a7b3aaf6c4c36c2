import type { Call } from '../../aws/operation.ts';
import type { Bucket, DeleteMarker, StoredObject, Version } from './buckets.ts';
import type { S3Context } from './context.ts';
import type { EventName } from './notifications/object-event.ts';
import {
  dropVersion,
  findVersion,
  idOf,
  isMarker,
  ownVersion,
  pushVersion,
  toldVersion,
  versionsOf,
} from './versions.ts';

/**
 * The object becomes the newest under its key, which the bucket tells. Answers with it as it is kept. Its bytes came over time:
 * rejects where the bucket has gone meanwhile, or where `refuse` throws of what has changed, and then keeps nothing.
 */
export async function keep(
  bucket: Bucket,
  object: Omit<StoredObject, 'versionId'>,
  { name, call, refuse }: { name: EventName; call: Call; refuse?: () => void },
  { blobs, tell, now, buckets }: S3Context,
): Promise<StoredObject> {
  try {
    buckets.refuseGone(bucket);
    refuse?.();
  } catch (error) {
    await blobs().remove(object.blob);
    throw error;
  }
  const kept: StoredObject = { ...object, ...ownVersion(bucket, now()) };
  const replaced = pushVersion(bucket, kept);
  const { key, versionId } = kept;
  tell(bucket, { key, name, object: kept, call, ...(versionId !== undefined && { versionId }) });
  if (replaced && !isMarker(replaced)) await blobs().remove(replaced.blob);
  return kept;
}

/** The answer to a removal. */
export interface Removed {
  DeleteMarker?: boolean;
  VersionId?: string;
}

/**
 * Removes what is under a key: of a bucket with versions by a marker before them. Nothing there is as good as removed, and
 * nothing to tell of.
 */
export async function removeObject(
  bucket: Bucket,
  key: string,
  call: Call,
  context: S3Context,
): Promise<Removed> {
  if (bucket.versioning === undefined) {
    const [object] = versionsOf(bucket, key);
    if (object) await removeVersion(bucket, object, call, context);
    return {};
  }
  const { now, tell, blobs } = context;
  const marker: DeleteMarker = {
    key,
    modifiedAt: now(),
    isDeleteMarker: true,
    ...ownVersion(bucket, now()),
  };
  const replaced = pushVersion(bucket, marker);
  tell(bucket, { key, name: 'ObjectRemoved:DeleteMarkerCreated', versionId: idOf(marker), call });
  if (replaced && !isMarker(replaced)) await blobs().remove(replaced.blob);
  return { DeleteMarker: true, ...toldVersion(bucket, marker) };
}

/** Removes one version for good. A version that is gone is as good as removed; undefined says so. */
export async function removeVersionOf(
  bucket: Bucket,
  { key, versionId }: { key: string; versionId: string },
  call: Call,
  context: S3Context,
): Promise<Removed | undefined> {
  const version = findVersion(bucket, key, versionId);
  if (!version) return undefined;
  await removeVersion(bucket, version, call, context);
  return { ...(isMarker(version) && { DeleteMarker: true }), ...toldVersion(bucket, version) };
}

async function removeVersion(
  bucket: Bucket,
  version: Version,
  call: Call,
  { blobs, tell }: S3Context,
): Promise<void> {
  dropVersion(bucket, version);
  const { key, versionId } = version;
  tell(bucket, { key, name: 'ObjectRemoved:Delete', call, ...(versionId !== undefined && { versionId }) });
  if (!isMarker(version)) await blobs().remove(version.blob);
}
