import type { Bucket, StoredObject } from './buckets.ts';
import type { S3Context } from './context.ts';
import { noSuchKey } from './s3-errors.ts';

/** The object takes the place of the one under its key. */
export async function keep(bucket: Bucket, object: StoredObject, { blobs }: S3Context): Promise<void> {
  const replaced = bucket.objects.get(object.key);
  bucket.objects.set(object.key, object);
  if (replaced) await blobs().remove(replaced.blob);
}

export async function removeObject({ objects }: Bucket, key: string, { blobs }: S3Context): Promise<void> {
  const object = objects.get(key);
  objects.delete(key);
  if (object) await blobs().remove(object.blob);
}

export function objectOf(bucket: Bucket, key: string): StoredObject {
  const object = bucket.objects.get(key);
  if (!object) throw noSuchKey(key);
  return object;
}
