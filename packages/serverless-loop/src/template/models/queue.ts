import type { Statement } from '../../aws/statement.ts';

export interface QueueModel {
  logicalId: string;
  name: string;
  arn: string;
  /** `<endpoint>/<account>/<name>`, which is also its physical id. */
  url: string;
  visibilityTimeoutSeconds: number;
  messageRetentionSeconds: number;
  delaySeconds: number;
  receiveWaitSeconds: number;
  maximumMessageBytes: number;
  redrive?: { deadLetterArn: string; maxReceiveCount: number };
  /** JSON: whose dead letters it takes. Kept and shown. */
  redriveAllowPolicy?: string;
  /** Of a FIFO queue. */
  fifo?: FifoModel;
  /** Its encryption; undefined: by a key of SQS's own, as for whoever says nothing. */
  encryption?: QueueEncryption;
  /** The queue's resource policy. */
  resourcePolicy: Statement[];
  /** Of a policy that AddPermission began. */
  policyId?: string;
}

export interface FifoModel {
  /** A message without a deduplication id has the SHA-256 of its body for one. */
  isContentBased: boolean;
  deduplicationScope: 'queue' | 'messageGroup';
  /** Kept and shown: throughput has no limit here. */
  throughputLimit: 'perQueue' | 'perMessageGroupId';
}

export interface QueueEncryption {
  isSqsManaged: boolean;
  /** A key of KMS: id, ARN or alias. */
  kmsKeyId?: string;
  /** A data key of that key is used so long. */
  reuseSeconds?: number;
}
