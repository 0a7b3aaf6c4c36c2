import type { AlarmModel } from '../aws/alarm.ts';
import type { ApiModel } from '../aws/api-model.ts';
import type { Place } from '../aws/arn.ts';
import type { JsonObject } from '../aws/json-object.ts';
import type { Statement } from '../aws/statement.ts';
import type { Note } from './problem.ts';

/** The stack that the loop runs: template.yaml after parameters, conditions, SAM's expansion and intrinsics. */
export interface Stack extends StackModels {
  /** Its ARN. */
  id: string;
  name: string;
  description?: string;
  /** The template's text. */
  source: string;
  /** Absolute paths of the files that the template takes in. */
  includedFiles: readonly string[];
  /** With the values that the stack runs with. */
  parameters: ParameterModel[];
  place: Place;
  outputs: OutputModel[];
  /** The stacks that are nested in it, at any depth; their models and resources are among its own. */
  nested: readonly NestedStackModel[];
  /**
   * Every resource of the expanded template, in the template's order, with what the loop does with it; after a nested stack its
   * resources, by the logical ids that lead to them, e.g. `Shop/Orders`.
   */
  resources: ResourceReport[];
  /** Mistakes in the template that are let pass and had better be known. */
  notes: readonly Note[];
}

/** A stack that is a resource of another one, but for what it is made of. */
export interface NestedStackModel {
  /** The logical ids that lead to it. */
  path: string;
  /** Its ARN. */
  id: string;
  name: string;
  description?: string;
  /** The template's text. */
  source: string;
  parameters: ParameterModel[];
  outputs: OutputModel[];
}

/** The resources of a stack that the services run. */
export interface StackModels {
  roles: RoleModel[];
  functions: FunctionModel[];
  tables: TableModel[];
  buses: BusModel[];
  rules: RuleModel[];
  queues: QueueModel[];
  buckets: BucketModel[];
  logGroups: LogGroupModel[];
  alarms: StackAlarm[];
  dashboards: DashboardModel[];
  topics: TopicModel[];
  apis: ApiModel[];
  eventSources: EventSourceModel[];
  dataStreams: DataStreamModel[];
  /** Its attachments to resources of other stacks. */
  attachments: Attachment[];
  /** Of kinds that only their own service knows. */
  others: OtherModel[];
}

/** A resource that no other service asks for, as its service keeps it. */
export interface OtherModel {
  /** CloudFormation type, e.g. `AWS::SSM::Parameter`. */
  type: string;
  logicalId: string;
  name: string;
  /** For the service that has read it. */
  model: unknown;
}

export interface ResourceReport {
  logicalId: string;
  /** CloudFormation type, e.g. `AWS::Lambda::Function`. */
  type: string;
  physicalId: string;
  /** Line in the template, from 1: of the resource that SAM made it from, or of what makes it unavailable. */
  line: number;
  /** The template that the line is of, beside that of the outermost stack; absent there, and where it is no file. */
  file?: string;
  /** The resource in template.yaml that SAM's expansion made it from, when it is not there itself. */
  madeFrom?: string;
  /** Unavailable is what would be emulated, but for something that can't be known or isn't there. */
  status: 'emulated' | 'accepted' | 'not emulated' | 'unavailable';
  /** The reason why it is without effect, or what is missing. Absent when emulated. */
  reason?: string;
}

export interface ParameterModel {
  name: string;
  value: string;
  /** Its value is shown to nobody. */
  noEcho: boolean;
}

export interface OutputModel {
  name: string;
  value: string;
  description?: string;
  exportName?: string;
}

export interface FunctionModel {
  logicalId: string;
  name: string;
  arn: string;
  /** Line of the resource in the template, for messages. */
  line: number;
  runtime: string;
  handler: string;
  architecture: string;
  timeoutMs: number;
  memorySizeMB: number;
  /** The size of its /tmp. */
  ephemeralStorageMB: number;
  /** As the template declares it; AWS's own variables come on top. */
  environment: Record<string, string>;
  code: CodeModel;
  /** In the template's order: what a later one has wins. */
  layers?: LayerModel[];
  tracing: 'Active' | 'PassThrough';
  logging: LoggingModel;
  /** Undefined: no limit of its own. 0: nothing runs. */
  reservedConcurrency?: number;
  /** The function may be called again and again by what it sends itself. */
  recursiveLoop?: 'Allow';
  role: RoleModel;
  description?: string;
  tags?: Record<string, string>;
  /** Of invocations by the bare name or `$LATEST`. */
  asyncInvoke: AsyncInvokeModel;
  /** Its published version and the aliases; `$LATEST` is always there. */
  qualifiers: QualifierModel[];
  /** The resource policies of the function, its versions and aliases in one: each statement names whose it is. */
  resourcePolicy: Statement[];
  /** Its changes by calls; absent for one that nobody but its template has made or changed. */
  changed?: FunctionChange;
  /** Settings without effect, which calls have given and calls read again. */
  shown?: ShownSettings;
}

/** The last change of a function by a call. */
export interface FunctionChange {
  /** Epoch milliseconds. */
  at: number;
  revisionId: string;
  /** The number of the version that was published last, whether it is still there or not. */
  lastVersion?: number;
}

/** Lambda API reference, "CreateFunction", "PutRuntimeManagementConfig". */
export interface ShownSettings {
  layerArns?: string[];
  vpc?: { subnetIds: string[]; securityGroupIds: string[] };
  kmsKeyArn?: string;
  snapStart?: 'PublishedVersions' | 'None';
  runtimeUpdates?: { on: 'Auto' | 'Manual' | 'FunctionUpdate'; versionArn?: string };
}

/** A published version or an alias of a function. */
export interface QualifierModel {
  name: string;
  /** The version it leads to; a version leads to itself. */
  version: string;
  /** Of invocations by this very name. */
  asyncInvoke: AsyncInvokeModel;
  description?: string;
  revisionId?: string;
  /** Of an alias: the parts of its calls, from 0 to 1, that go to other versions. */
  weights?: Record<string, number>;
  /** Of a version: the function as it was published. Absent: it runs what `$LATEST` runs. */
  published?: FunctionModel;
  /** Environments that are to be kept ready, which is without effect. */
  provisioned?: { count: number; at: number };
}

/** A layer's folder, and where in /opt its content lies; at the top when that is empty. */
export interface LayerModel {
  folder: string;
  at: string;
  /** Its zip in S3, to be unpacked before it is there. */
  packed?: { bucket: string; key: string; version?: string };
}

export type CodeModel =
  | {
      kind: 'esbuild';
      /** Absolute folder. */
      codeUri: string;
      /** Relative to codeUri, at least one. */
      entryPoints: string[];
      /** The template's BuildProperties but for EntryPoints, in the template's names, e.g. `{ Minify: true }`. */
      properties: Record<string, unknown>;
    }
  | { kind: 'folder'; codeUri: string }
  | { kind: 'inline'; source: string }
  /** A zip in S3, to be unpacked before it runs. */
  | { kind: 's3'; bucket: string; key: string; version?: string }
  /** That zip, unpacked: a folder that never changes. The size is the zip's. */
  | { kind: 'package'; codeUri: string; sha256Base64: string; sizeBytes: number };

export interface LoggingModel {
  format: 'Text' | 'JSON';
  applicationLogLevel: string;
  systemLogLevel: string;
  logGroup: string;
}

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

export interface LogGroupModel {
  logicalId: string;
  name: string;
  /** Kept for ever when absent. */
  retentionInDays?: number;
  logGroupClass: string;
  deletionProtectionEnabled: boolean;
  tags: Record<string, string>;
}

export interface RoleModel {
  name: string;
  arn: string;
  /** Of all its policies together. */
  statements: Statement[];
  /** Its declaration in the template; absent for a role from elsewhere. */
  declared?: RoleDeclaration;
}

export interface RoleDeclaration {
  path: string;
  description?: string;
  maximumSessionSeconds?: number;
  /** Its trust policy. */
  trust: Statement[];
  /** The same as a call gave it, JSON. */
  trustText?: string;
  /** With the text of each that a call gave, JSON. */
  inline: { name: string; statements: Statement[]; text?: string }[];
  /** Managed policies, by ARN or, AWS's own, by name. */
  managed: string[];
  tags?: Record<string, string>;
  /** The ARN of its permissions boundary, which is without effect. */
  boundaryArn?: string;
}

export interface AsyncInvokeModel {
  /** True when an EventInvokeConfig says all this; otherwise Lambda's defaults hold. */
  isConfigured?: boolean;
  /** Limits that hold by default, of a configuration that says nothing of them. */
  unsaid?: readonly ('retries' | 'age')[];
  /** Epoch milliseconds, where a call has configured it. */
  changedAt?: number;
  /** Tries after the first on a function error, 0-2. */
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  onFailureArn?: string;
  onSuccessArn?: string;
  /** The function's own DeadLetterConfig. */
  deadLetterArn?: string;
}

export interface TableModel {
  logicalId: string;
  name: string;
  arn: string;
  line: number;
  /** Input of CreateTable, as the SDK would send it. */
  createTable: Record<string, unknown>;
  timeToLiveAttribute?: string;
}

export interface BusModel {
  logicalId: string;
  name: string;
  arn: string;
  description?: string;
  settings?: BusSettings;
  /** The statements of its resource policy, as JSON has them. */
  policy?: readonly JsonObject[];
}

/** Settings of a bus that are shown and without effect. */
export interface BusSettings {
  KmsKeyIdentifier?: string;
  DeadLetterConfig?: JsonObject;
  LogConfig?: JsonObject;
}

export interface RuleModel {
  logicalId: string;
  name: string;
  arn: string;
  line: number;
  busName: string;
  enabled: boolean;
  description?: string;
  roleArn?: string;
  /** The event pattern, a JSON object. Absent for a schedule. */
  pattern?: Record<string, unknown>;
  scheduleExpression?: string;
  targets: TargetModel[];
}

export interface TargetModel {
  id: string;
  arn: string;
  /** Of the role in whose name it is sent to, where that needs one: another bus. */
  roleArn?: string;
  /** Parameters of one kind of target alone, as a call gave them. */
  more?: Record<string, unknown>;
  input?: string;
  inputPath?: string;
  inputTransformer?: { inputPathsMap: Record<string, string>; inputTemplate: string };
  retryPolicy: { maximumRetryAttempts: number; maximumEventAgeSeconds: number };
  deadLetterArn?: string;
}

/** An alarm of the template. */
export type StackAlarm = AlarmModel & { logicalId: string; line: number };

export interface DashboardModel {
  logicalId: string;
  name: string;
  /** JSON. */
  body: string;
}

export interface TopicModel {
  logicalId: string;
  name: string;
  arn: string;
  displayName: string;
  subscriptions: SubscriptionModel[];
  /** The topic's resource policy; undefined: only the account itself may publish. */
  resourcePolicy?: Statement[];
  tags?: Readonly<Record<string, string>>;
  /** Attributes that are shown and without effect. */
  attributes?: Readonly<Record<string, string>>;
  /** Of a FIFO topic. */
  fifo?: FifoTopicModel;
}

export interface FifoTopicModel {
  /** A message without a deduplication id has the SHA-256 of its text for one. */
  isContentBased: boolean;
  /** Messages are told apart in the whole topic, or in each group. Absent: nobody has said. */
  throughputScope?: 'Topic' | 'MessageGroup';
}

export interface SubscriptionModel {
  /** Absent for one of a topic's own `Subscription` property, which nothing can refer to. */
  arn?: string;
  protocol: string;
  /** A queue's or function's ARN, an e-mail address… */
  endpoint: string;
  /** The message alone, without SNS's envelope. */
  isRaw: boolean;
  /** A filter policy, JSON, and where it looks. Absent: the subscriber gets every message. */
  filter?: { policy: string; scope: 'MessageAttributes' | 'MessageBody' };
  /** The queue of its redrive policy. */
  deadLetterArn?: string;
  /** JSON; of one by HTTP. */
  deliveryPolicy?: string;
}

/** A stream of Kinesis. */
export interface DataStreamModel {
  logicalId: string;
  name: string;
  arn: string;
  mode: 'PROVISIONED' | 'ON_DEMAND';
  /** Of a provisioned one. */
  shardCount: number;
  /** A record is kept so long. */
  retentionHours: number;
  tags: Readonly<Record<string, string>>;
  /** The template's, with enhanced fan-out. */
  consumers?: { name: string; arn: string }[];
}

/** An event source mapping: Lambda reads records of a source and invokes a function with batches of them. */
export interface EventSourceModel {
  logicalId: string;
  /** Its UUID. */
  name: string;
  line: number;
  sourceArn: string;
  /** As it is invoked, with its version or alias. */
  functionArn: string;
  enabled: boolean;
  /** Records of an invocation at most. */
  batchSize: number;
  /** A batch that is not full waits so long for more. */
  windowSeconds: number;
  /** Patterns, as JSON; a record must match one of them, unless there are none. */
  filters: string[];
  /** ReportBatchItemFailures: the function says which records failed. */
  reportsItemFailures: boolean;
  /** Invocations at once that it may make. Absent: as many as there are. */
  maximumConcurrency?: number;
  /** The reading of a stream; absent for a queue. */
  stream?: StreamReadingModel;
  tags?: Record<string, string>;
}

/** Settings of a mapping that streams have and queues have not. */
export interface StreamReadingModel {
  startingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /** Epoch milliseconds, for AT_TIMESTAMP. */
  startingAtMs?: number;
  /** Batches of a shard that are processed at once. */
  parallelizationFactor: number;
  /** -1: until the records expire. */
  maximumRetryAttempts: number;
  /** -1: as old as the stream keeps them. */
  maximumRecordAgeSeconds: number;
  /** BisectBatchOnFunctionError: a batch that fails is tried again in two halves. */
  bisects: boolean;
  /** 0: none. */
  tumblingWindowSeconds: number;
  /** A queue or topic that is told of discarded records. */
  onFailureArn?: string;
}

/** A part that a resource gives to one of another stack, which has it for as long as that resource is there. */
export type Attachment = { logicalId: string; name: string } & (
  | { kind: 'subscription'; topicArn: string; subscription: SubscriptionModel }
  | { kind: 'permission'; functionName: string; statement: Statement }
  /** A published version, which is its own name, or an alias. */
  | { kind: 'qualifier'; functionName: string; qualifier: string; version: string }
  | { kind: 'invokeConfig'; functionName: string; qualifier: string; asyncInvoke: AsyncInvokeModel }
  | { kind: 'queuePolicy'; queueUrls: string[]; statements: Statement[] }
  | { kind: 'bucketPolicy'; bucketName: string; statements: Statement[] }
  /** One statement of a bus's policy, under its `Sid`. */
  | { kind: 'busPolicy'; busName: string; statement: JsonObject }
  | { kind: 'topicPolicy'; topicArns: string[]; statements: Statement[] }
  | {
      kind: 'rolePolicy';
      roleNames: string[];
      policyName: string;
      managedArn?: string;
      statements: Statement[];
    }
);

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
