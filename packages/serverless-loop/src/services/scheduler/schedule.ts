import type { JsonObject } from '../../aws/json-object.ts';

/** A schedule of EventBridge Scheduler, all that its making says. */
export interface ScheduleModel {
  /** Empty for one that a call has made. */
  logicalId: string;
  name: string;
  groupName: string;
  arn: string;
  expression: string;
  /** Of the IANA's database. */
  timeZoneName: string;
  /** Epoch milliseconds. */
  startMs?: number;
  endMs?: number;
  /** The most minutes after its time. Absent: its flexible time window is off. */
  flexibleMinutes?: number;
  enabled: boolean;
  /** ActionAfterCompletion DELETE. */
  isDeletedAtEnd: boolean;
  description?: string;
  kmsKeyArn?: string;
  /** A call that makes it again with the same token does nothing. */
  clientToken?: string;
  target: ScheduleTarget;
}

export interface ScheduleTarget {
  arn: string;
  roleArn: string;
  input?: string;
  retryPolicy: { maximumRetryAttempts: number; maximumEventAgeSeconds: number };
  deadLetterArn?: string;
  /** Of SqsParameters. */
  messageGroupId?: string;
  /** Of KinesisParameters. */
  partitionKey?: string;
  /** EventBridgeParameters. */
  event?: { detailType: string; source: string };
  /** Parameters of targets that nothing here takes, as they were given. */
  more?: JsonObject;
}

export interface GroupModel {
  logicalId: string;
  name: string;
  arn: string;
  tags: Record<string, string>;
  /** As of ScheduleModel. */
  clientToken?: string;
}

export const DEFAULT_GROUP = 'default';

/** Both are what a schedule has that says nothing (Scheduler API reference, "RetryPolicy"). */
export const DEFAULT_RETRIES = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };
