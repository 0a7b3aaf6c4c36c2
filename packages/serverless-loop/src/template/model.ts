import type { ApiModel } from '../aws/api-model.ts';
import type { Place } from '../aws/arn.ts';
import type { ResourceProblem, ResourceState } from './deployment.ts';
import type { Attachment } from './models/attachment.ts';
import type { BucketModel } from './models/bucket.ts';
import type { BusModel, RuleModel } from './models/bus.ts';
import type { DataStreamModel } from './models/data-stream.ts';
import type { EventSourceModel } from './models/event-source.ts';
import type { FunctionModel } from './models/function.ts';
import type { DashboardModel, LogGroupModel, StackAlarm } from './models/monitoring.ts';
import type { QueueModel } from './models/queue.ts';
import type { RoleModel } from './models/role.ts';
import type { TableModel } from './models/table.ts';
import type { TopicModel } from './models/topic.ts';
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
  /** Those of the template as CloudFormation keeps them, each after those that it depends on; worked out when first asked for. */
  states(): readonly ResourceState[];
  /** Mistakes in the template that are let pass and had better be known. */
  notes: readonly Note[];
}

/** A template as a deployment takes it. */
export interface LoadedDeployment {
  stack: Stack;
  /** Faults of single resources; CloudFormation finds them when it comes to make these. */
  problems: ResourceProblem[];
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

/** A resource that no other service asks for. */
export interface OtherModel<Model extends OwnModel = OwnModel> {
  /** CloudFormation type, e.g. `AWS::SSM::Parameter`. */
  type: string;
  /** As its service has read it, and finds it by `ownModels`. */
  model: Model;
}

/** The members of such a model that are of use to others. */
export interface OwnModel {
  logicalId: string;
  name: string;
  arn?: string;
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

export type { Attachment } from './models/attachment.ts';
export type { BucketModel, CorsRuleModel, NotificationModel, NotificationsModel } from './models/bucket.ts';
export type { BusModel, BusSettings, RuleModel, TargetModel } from './models/bus.ts';
export type { DataStreamModel } from './models/data-stream.ts';
export type { EventSourceModel, StreamReadingModel } from './models/event-source.ts';
export type {
  AsyncInvokeModel,
  CodeModel,
  FunctionModel,
  LayerModel,
  LoggingModel,
  QualifierModel,
  ShownSettings,
} from './models/function.ts';
export type { DashboardModel, LogGroupModel, StackAlarm } from './models/monitoring.ts';
export type { FifoModel, QueueEncryption, QueueModel } from './models/queue.ts';
export type { RoleDeclaration, RoleModel } from './models/role.ts';
export type { ParameterSummary, TemplateSummary } from './models/summary.ts';
export type { TableModel } from './models/table.ts';
export type { FifoTopicModel, SubscriptionModel, TopicModel } from './models/topic.ts';
