import type { Statement } from '../../aws/statement.ts';

export interface BucketModel {
  logicalId: string;
  name: string;
  /** Absent: it tells nobody of its objects. */
  notifications?: NotificationsModel;
  /** Absent: it keeps the newest version of each object alone. */
  versioning?: 'Enabled' | 'Suspended';
  /** Absent: its owner's roles alone may do what their policies let them. */
  resourcePolicy?: Statement[];
  /** Absent: browsers let no page of another origin in. */
  cors?: CorsRuleModel[];
}

/** Lets pages of some origins do some things with a bucket (S3 User Guide, "Elements of a CORS configuration"). */
export interface CorsRuleModel {
  id?: string;
  /** One `*` of each stands for any text. */
  allowedOrigins: string[];
  allowedMethods: string[];
  /** In any case; one `*` of each stands for any text. */
  allowedHeaders: string[];
  exposedHeaders: string[];
  maxAgeSeconds?: number;
}

/** Those whom a bucket tells of its objects. */
export interface NotificationsModel {
  targets: NotificationModel[];
  /** EventBridge's default bus has all of its events. */
  toEventBridge: boolean;
}

export interface NotificationModel {
  id: string;
  kind: 'function' | 'queue' | 'topic';
  arn: string;
  /** E.g. `s3:ObjectCreated:*`. */
  events: string[];
  /** Of the keys. Absent: any. */
  prefix?: string;
  suffix?: string;
}
