import type { Call } from '../../../aws/operation.ts';
import type { StoredObject } from '../buckets.ts';

/** Something that happened to an object of a bucket. */
export interface ObjectEvent {
  bucketName: string;
  key: string;
  /** As records name it, e.g. `ObjectCreated:Put`. */
  name: EventName;
  /** Absent for an object that is gone. */
  object?: Pick<StoredObject, 'etag' | 'blob'>;
  /** In a bucket with versions. */
  versionId?: string;
  /** The call that did it. */
  call: Call;
}

export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Post'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated'
  | 'ObjectTagging:Put'
  | 'ObjectTagging:Delete'
  | 'ObjectAcl:Put';

/** An event as the notifications of it tell, each the same. */
export interface ToldEvent extends ObjectEvent {
  /** Epoch milliseconds. */
  atMs: number;
  /** Of two events of a key the later one has the greater. */
  sequencer: string;
  /** `AWS:` and the id of who called. */
  principalId: string;
}

/** Events of tags and access control lists tell neither size nor order (LocalStack's record, test_s3_notifications_sqs.snapshot.json, test_object_put_acl). */
export function isOfContent(name: EventName): boolean {
  return name.startsWith('ObjectCreated:') || name.startsWith('ObjectRemoved:');
}

/** The loop's clients are on this machine. */
export const SOURCE_ADDRESS = '127.0.0.1';

/** Without the quotes that it has as a header. */
export function bareEtag({ etag }: Pick<StoredObject, 'etag'>): string {
  return etag.replaceAll('"', '');
}
