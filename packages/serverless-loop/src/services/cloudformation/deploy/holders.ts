import type {
  Attachment,
  BucketModel,
  BusModel,
  DashboardModel,
  FunctionModel,
  LogGroupModel,
  QueueModel,
  RoleModel,
  RuleModel,
  Stack,
  StackAlarm,
  TableModel,
  TopicModel,
} from '../../../template/model.ts';

/** A service, as stacks use it for one kind of what they are made of. What a service refuses it throws. */
export interface Holder<Model> {
  /** Whether something of that name is there, whoever made it. */
  has(model: Model): boolean | Promise<boolean>;
  add(model: Model): void | Promise<void>;
  /** Gives it other settings and keeps what it holds. */
  change(model: Model, before: Model): void | Promise<void>;
  remove(model: Model): void | Promise<void>;
}

/** All services that stacks are made of. */
export interface Holders {
  roles: Holder<RoleModel>;
  logGroups: Holder<LogGroupModel>;
  buckets: Holder<BucketModel>;
  tables: Holder<TableModel>;
  queues: Holder<QueueModel>;
  buses: Holder<BusModel>;
  functions: Holder<FunctionModel>;
  rules: Holder<RuleModel>;
  topics: Holder<TopicModel>;
  attachments: Holder<Attachment>;
  alarms: Holder<StackAlarm>;
  dashboards: Holder<DashboardModel>;
}

/** A model under the logical id of the resource that it is of. */
export interface Part<Model> {
  logicalId: string;
  /** Another name means another thing. */
  name: string;
  model: Model;
}

/** The parts of a stack, of the kind that one holder takes. */
export function partsOf(stack: Stack): { [Kind in keyof Holders]: Part<PartModels[Kind]>[] } {
  return {
    roles: partsOfRoles(stack),
    logGroups: named(stack.logGroups),
    buckets: named(stack.buckets),
    tables: named(stack.tables),
    queues: named(stack.queues),
    // A bus of another stack is that one's.
    buses: named(stack.buses.filter(({ logicalId }) => !logicalId.includes('.'))),
    functions: named(stack.functions),
    rules: stack.rules.map((model) => ({
      logicalId: model.logicalId,
      name: `${model.busName}|${model.name}`,
      model,
    })),
    topics: named(stack.topics),
    attachments: named(stack.attachments),
    alarms: named(stack.alarms),
    dashboards: named(stack.dashboards),
  };
}

interface PartModels {
  roles: RoleModel;
  logGroups: LogGroupModel;
  tables: TableModel;
  queues: QueueModel;
  buckets: BucketModel;
  buses: BusModel;
  functions: FunctionModel;
  rules: RuleModel;
  topics: TopicModel;
  attachments: Attachment;
  alarms: StackAlarm;
  dashboards: DashboardModel;
}

function named<Model extends { logicalId: string; name: string }>(models: readonly Model[]): Part<Model>[] {
  return models.map((model) => ({ logicalId: model.logicalId, name: model.name, model }));
}

function partsOfRoles({ roles, resources }: Stack): Part<RoleModel>[] {
  return roles.flatMap((model) => {
    const resource = resources.find(
      ({ type, physicalId }) => type === 'AWS::IAM::Role' && physicalId === model.name,
    );
    return resource ? [{ logicalId: resource.logicalId, name: model.name, model }] : [];
  });
}
