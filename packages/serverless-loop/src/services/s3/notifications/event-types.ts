/**
 * The types of events that a bucket may be told to tell of (S3 User Guide, "Supported event types for SQS, SNS, and Lambda"). Here
 * happen those of creation, removal, tags and access control lists.
 */
export const EVENT_TYPES: ReadonlySet<string> = new Set([
  's3:IntelligentTiering',
  's3:LifecycleExpiration:*',
  's3:LifecycleExpiration:Delete',
  's3:LifecycleExpiration:DeleteMarkerCreated',
  's3:LifecycleTransition',
  's3:ObjectAcl:Put',
  's3:ObjectCreated:*',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:Post',
  's3:ObjectCreated:Put',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:ObjectRestore:*',
  's3:ObjectRestore:Completed',
  's3:ObjectRestore:Delete',
  's3:ObjectRestore:Post',
  's3:ObjectTagging:*',
  's3:ObjectTagging:Delete',
  's3:ObjectTagging:Put',
  's3:ReducedRedundancyLostObject',
  's3:Replication:*',
  's3:Replication:OperationFailedReplication',
  's3:Replication:OperationMissedThreshold',
  's3:Replication:OperationNotTracked',
  's3:Replication:OperationReplicatedAfterThreshold',
]);

/** True when every event of the one type, which may end with an asterisk, is of the other. */
export function includesType(type: string, other: string): boolean {
  return type.endsWith('*') ? other.startsWith(type.slice(0, -1)) : type === other;
}
