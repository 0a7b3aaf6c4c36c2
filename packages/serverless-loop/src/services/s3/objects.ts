import type { Call } from '../../aws/operation.ts';
import type { Bucket, StoredObject } from './buckets.ts';
import type { S3Context } from './context.ts';
import type { EventName } from './notifications/object-event.ts';
import { noSuchKey } from './s3-errors.ts';

/** The object takes the place of the one under its key, which the bucket tells. */
export async function keep(
  bucket: Bucket,
  object: StoredObject,
  { name, call }: { name: EventName; call: Call },
  { blobs, tell }: S3Context,
): Promise<void> {
  const { key } = object;
  const replaced = bucket.objects.get(key);
  bucket.objects.set(key, object);
  tell(bucket, { key, name, object, call });
  if (replaced) await blobs().remove(replaced.blob);
}

/** Nothing there is as good as removed, and nothing to tell of. */
export async function removeObject(
  bucket: Bucket,
  key: string,
  call: Call,
  { blobs, tell }: S3Context,
): Promise<void> {
  const object = bucket.objects.get(key);
  if (!object) return;
  bucket.objects.delete(key);
  tell(bucket, { key, name: 'ObjectRemoved:Delete', call });
  await blobs().remove(object.blob);
}

export function objectOf(bucket: Bucket, key: string): StoredObject {
  const object = bucket.objects.get(key);
  if (!object) throw noSuchKey(key);
  return object;
}
