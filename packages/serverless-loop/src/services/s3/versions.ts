import type { Bucket, DeleteMarker, StoredObject, Version } from './buckets.ts';
import { invalidArgument, methodNotAllowed, noSuchKey, noSuchVersion } from './s3-errors.ts';
import { isVersionId, newVersionId } from './version-ids.ts';

/** The id of what has none: put before there were versions, or while they are suspended (S3 User Guide, "Using versioning"). */
export const NULL_VERSION = 'null';

export function idOf({ versionId }: Version): string {
  return versionId ?? NULL_VERSION;
}

export function isMarker(version: Version): version is DeleteMarker {
  return 'isDeleteMarker' in version;
}

/** All that there is under a key, newest first. */
export function versionsOf({ objects, history }: Bucket, key: string): Version[] {
  const current = objects.get(key);
  const older = history.get(key) ?? [];
  return current ? [current, ...older] : older;
}

/**
 * Puts a version before those that are there. Answers with what it replaces: without versions the object, and while they are
 * suspended the one without an id.
 */
export function pushVersion(bucket: Bucket, version: Version): Version | undefined {
  const before = versionsOf(bucket, version.key);
  const replaced =
    bucket.versioning === 'Enabled' ? undefined : before.find(({ versionId }) => versionId === undefined);
  store(bucket, version.key, [version, ...before.filter((each) => each !== replaced)]);
  return replaced;
}

/** Removes a version for good: the next one is the newest then. */
export function dropVersion(bucket: Bucket, version: Version): void {
  const left = versionsOf(bucket, version.key).filter((each) => each !== version);
  store(bucket, version.key, left);
}

function store({ objects, history }: Bucket, key: string, versions: Version[]): void {
  const [newest, ...older] = versions;
  const isCurrent = newest !== undefined && !isMarker(newest);
  if (isCurrent) objects.set(key, newest);
  else objects.delete(key);
  const rest = isCurrent ? older : versions;
  if (rest.length > 0) history.set(key, rest);
  else history.delete(key);
}

/** The id of a new version of the bucket, where it keeps versions. */
export function ownVersion({ versioning }: Bucket, now: number): { versionId?: string } {
  return versioning === 'Enabled' ? { versionId: newVersionId(now) } : {};
}

/** The version of that id. Throws S3's error for an id that S3 never gave; undefined for a version that is gone. */
export function findVersion(bucket: Bucket, key: string, versionId: string): Version | undefined {
  const isKnown = versionId === NULL_VERSION || (bucket.versioning !== undefined && isVersionId(versionId));
  if (!isKnown) throw invalidArgument('versionId', versionId, 'Invalid version id specified');
  return versionsOf(bucket, key).find((each) => idOf(each) === versionId);
}

/** The object under a key: the newest, or the one of that version. Throws S3's error where there is none, or a delete marker. */
export function objectOf(
  bucket: Bucket,
  key: string,
  { versionId, method, isMarkerRefused = false }: ObjectQuery = {},
): StoredObject {
  if (versionId === undefined) {
    const [newest] = versionsOf(bucket, key);
    if (newest && !isMarker(newest)) return newest;
    if (newest && isMarkerRefused) throw methodNotAllowed(method, newest);
    throw noSuchKey(key, newest && { versionId: idOf(newest) });
  }
  const version = findVersion(bucket, key, versionId);
  if (!version) throw noSuchVersion(key, versionId);
  if (isMarker(version)) throw methodNotAllowed(method, version);
  return version;
}

interface ObjectQuery {
  versionId?: string | undefined;
  /** Of the request, for the refusal of a delete marker. */
  method?: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Absent: a delete marker that is the newest is as good as nothing. */
  isMarkerRefused?: boolean;
}

/** As answers tell it: of a bucket that never had versions nothing. */
export function toldVersion({ versioning }: Bucket, version: Version): { VersionId?: string } {
  return versioning === undefined ? {} : { VersionId: idOf(version) };
}
