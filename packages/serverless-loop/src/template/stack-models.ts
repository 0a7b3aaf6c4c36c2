import type { OtherModel, OwnModel, StackModels } from './model.ts';

/** Empty lists, into which the kinds put what they read. */
export function noModels(): StackModels {
  return {
    roles: [],
    functions: [],
    tables: [],
    buses: [],
    rules: [],
    queues: [],
    buckets: [],
    logGroups: [],
    alarms: [],
    dashboards: [],
    topics: [],
    apis: [],
    eventSources: [],
    dataStreams: [],
    attachments: [],
    others: [],
  };
}

type OfResources = Omit<StackModels, 'roles'>;

/** The models of some resources; a role doesn't say which resource it is of. */
export function modelsOf(
  models: OfResources,
  isWanted: (model: { logicalId: string }) => boolean,
): OfResources {
  return {
    functions: models.functions.filter(isWanted),
    tables: models.tables.filter(isWanted),
    buses: models.buses.filter(isWanted),
    rules: models.rules.filter(isWanted),
    queues: models.queues.filter(isWanted),
    buckets: models.buckets.filter(isWanted),
    logGroups: models.logGroups.filter(isWanted),
    alarms: models.alarms.filter(isWanted),
    dashboards: models.dashboards.filter(isWanted),
    topics: models.topics.filter(isWanted),
    apis: models.apis.filter(isWanted),
    eventSources: models.eventSources.filter(isWanted),
    dataStreams: models.dataStreams.filter(isWanted),
    attachments: models.attachments.filter(isWanted),
    others: models.others.filter(({ model }) => isWanted(model)),
  };
}

/** Adds models to others, each after those that are there. */
export function addModels(to: StackModels, from: StackModels): void {
  to.roles.push(...from.roles);
  to.functions.push(...from.functions);
  to.tables.push(...from.tables);
  to.buses.push(...from.buses);
  to.rules.push(...from.rules);
  to.queues.push(...from.queues);
  to.buckets.push(...from.buckets);
  to.logGroups.push(...from.logGroups);
  to.alarms.push(...from.alarms);
  to.dashboards.push(...from.dashboards);
  to.topics.push(...from.topics);
  to.apis.push(...from.apis);
  to.eventSources.push(...from.eventSources);
  to.dataStreams.push(...from.dataStreams);
  to.attachments.push(...from.attachments);
  to.others.push(...from.others);
}

/** Finds in a stack the models of types that one service alone reads and asks for. */
export function ownModels<Model extends OwnModel>(
  ...types: readonly string[]
): (stack: Pick<StackModels, 'others'>) => Model[] {
  // Only that service's readers make models of these types.
  const isOne = (other: OtherModel): other is OtherModel<Model> => types.includes(other.type);
  return ({ others }) => others.filter(isOne).map(({ model }) => model);
}
