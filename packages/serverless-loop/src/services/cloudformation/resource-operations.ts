import type { JsonObject, JsonOperation } from '../../aws/operation.ts';
import { noStackNamed, validationError } from './errors.ts';
import { optionalText, requiredText } from './input.ts';
import { needOnStack } from './needs.ts';
import { pageOf } from './paging.ts';
import { namedStack } from './stack-lookup.ts';
import type { StackEvent, StackRecord, StackResource } from './stack-record.ts';
import type { StackStore } from './stack-store.ts';

/** What tells of a stack's resources, and of what happened to them. */
export function resourceOperations(store: StackStore): Record<string, JsonOperation> {
  const operation = (name: string, handle: (input: JsonObject) => JsonObject): [string, JsonOperation] => [
    name,
    { handle, needs: needOnStack(name, store) },
  ];
  return Object.fromEntries([
    operation('ListStackResources', (input) => {
      const record = namedStack(input, store);
      const { page, ...more } = pageOf(input, `resources ${record.id}`, record.resources);
      return { StackResourceSummaries: page.map(summarize), ...more };
    }),
    operation('DescribeStackResource', (input) => describeOne(input, store)),
    operation('DescribeStackResources', (input) => describeMany(input, store)),
    operation('DescribeStackEvents', (input) => {
      const record = namedStack(input, store, noStackNamed);
      const { page, ...more } = pageOf(input, `events ${record.id}`, record.events.toReversed());
      return { StackEvents: page.map((event) => describeEvent(event, record)), ...more };
    }),
  ]);
}

function describeOne(input: JsonObject, store: StackStore): JsonObject {
  const record = namedStack(input, store, (name) => validationError(`Stack '${name}' does not exist`));
  const logicalId = requiredText(input, 'LogicalResourceId');
  const resource = record.resources.find((candidate) => candidate.logicalId === logicalId);
  if (!resource) throw noSuchResource(logicalId, requiredText(input, 'StackName'));
  const { metadata: Metadata = '{}' } = resource;
  return { StackResourceDetail: { ...stackNames(record), ...summarize(resource), Metadata } };
}

/** Of the stack that is named, or of the one that has the physical resource. */
function describeMany(input: JsonObject, store: StackStore): JsonObject {
  const physicalId = optionalText(input, 'PhysicalResourceId');
  const logicalId = optionalText(input, 'LogicalResourceId');
  const record = physicalId === undefined ? namedStack(input, store) : holderOf(physicalId, store);
  const resources = record.resources.filter(
    (resource) => logicalId === undefined || resource.logicalId === logicalId,
  );
  if (logicalId !== undefined && resources.length === 0)
    throw noSuchResource(logicalId, optionalText(input, 'StackName') ?? record.name);
  return {
    StackResources: resources.map((resource) => {
      const { LastUpdatedTimestamp: Timestamp, ...described } = summarize(resource);
      return { ...stackNames(record), ...described, Timestamp };
    }),
  };
}

function holderOf(physicalId: string, store: StackStore): StackRecord {
  const holder = store
    .list()
    .find(({ resources }) => resources.some((resource) => resource.physicalId === physicalId));
  if (!holder) throw validationError(`Stack for ${physicalId} does not exist`);
  return holder;
}

/** The stack is called what the call called it. */
function noSuchResource(logicalId: string, stackName: string) {
  return validationError(`Resource ${logicalId} does not exist for stack ${stackName}`);
}

/** A StackResourceSummary of the API. */
function summarize({ logicalId, physicalId, type, at, status, statusReason }: StackResource): JsonObject {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    LastUpdatedTimestamp: new Date(at),
    ResourceStatus: status,
    ResourceStatusReason: statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

function describeEvent(event: StackEvent, record: StackRecord): JsonObject {
  return {
    EventId: event.id,
    ...stackNames(record),
    LogicalResourceId: event.logicalId,
    // Empty, but there, until there is one.
    PhysicalResourceId: event.physicalId ?? '',
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    ResourceStatus: event.status,
    ResourceStatusReason: event.statusReason,
    ResourceProperties: event.properties,
  };
}

function stackNames({ id, name }: StackRecord): JsonObject {
  return { StackId: id, StackName: name };
}
