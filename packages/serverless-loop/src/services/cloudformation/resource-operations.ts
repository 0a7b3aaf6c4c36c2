import { list, required, structure, text, timestamp } from '../../aws/members.ts';
import { operation, ownStack, page } from './context.ts';
import { missing, noStackNamed, validationError } from './errors.ts';
import { LISTED, NAMED } from './shapes.ts';
import type { StackEvent, StackRecord, StackResource } from './stack-record.ts';
import { type StackStore, stackOf } from './stack-store.ts';

const STACK_NAMES = { StackId: text(), StackName: text() } as const;

const RESOURCE = {
  LogicalResourceId: text(),
  PhysicalResourceId: text(),
  ResourceType: text(),
  ResourceStatus: text(),
  ResourceStatusReason: text(),
} as const;

const DRIFT = { DriftInformation: structure({ StackResourceDriftStatus: text() }) } as const;

const SUMMARY = { ...RESOURCE, ...DRIFT, LastUpdatedTimestamp: timestamp() } as const;

/** Operations that tell of a stack's resources, and of what happened to them. */
export const RESOURCE_OPERATIONS = {
  ListStackResources: operation({
    input: { ...NAMED, ...LISTED },
    output: { ...LISTED, StackResourceSummaries: list(structure(SUMMARY)) },
    needs: ownStack,
    handle(input, { store }) {
      const record = stackOf(input.StackName, store);
      const { items, ...more } = page(record.resources, input, `resources ${record.id}`);
      return { StackResourceSummaries: items.map(summarize), ...more };
    },
  }),
  DescribeStackResource: operation({
    input: { ...NAMED, LogicalResourceId: required(text()) },
    output: { StackResourceDetail: structure({ ...STACK_NAMES, ...SUMMARY, Metadata: text() }) },
    needs: ownStack,
    handle({ StackName, LogicalResourceId }, { store }) {
      const record = stackOf(StackName, store, (name) => validationError(`Stack '${name}' does not exist`));
      const resource = record.resources.find(({ logicalId }) => logicalId === LogicalResourceId);
      if (!resource) throw noSuchResource(LogicalResourceId, StackName);
      const { metadata: Metadata = '{}' } = resource;
      return { StackResourceDetail: { ...stackNames(record), ...summarize(resource), Metadata } };
    },
  }),
  DescribeStackResources: operation({
    input: { StackName: text(), LogicalResourceId: text(), PhysicalResourceId: text() },
    output: {
      StackResources: list(structure({ ...STACK_NAMES, ...RESOURCE, ...DRIFT, Timestamp: timestamp() })),
    },
    needs: ownStack,
    handle({ StackName, LogicalResourceId, PhysicalResourceId }, { store }) {
      const record = askedFor(StackName, PhysicalResourceId, store);
      const resources = record.resources.filter(
        ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
      );
      if (LogicalResourceId !== undefined && resources.length === 0)
        throw noSuchResource(LogicalResourceId, StackName ?? record.name);
      return {
        StackResources: resources.map((resource) => {
          const { LastUpdatedTimestamp: Timestamp, ...described } = summarize(resource);
          return { ...stackNames(record), ...described, Timestamp };
        }),
      };
    },
  }),
  DescribeStackEvents: operation({
    input: { ...NAMED, ...LISTED },
    output: {
      ...LISTED,
      StackEvents: list(
        structure({
          ...STACK_NAMES,
          ...RESOURCE,
          EventId: text(),
          Timestamp: timestamp(),
          ResourceProperties: text(),
        }),
      ),
    },
    needs: ownStack,
    handle(input, { store }) {
      const record = stackOf(input.StackName, store, noStackNamed);
      const { items, ...more } = page(record.events.toReversed(), input, `events ${record.id}`);
      return { StackEvents: items.map((event) => describeEvent(event, record)), ...more };
    },
  }),
};

/** The stack that has the physical resource, or else the one that is named. */
function askedFor(name: string | undefined, physicalId: string | undefined, store: StackStore): StackRecord {
  if (physicalId !== undefined) return holderOf(physicalId, store);
  if (name === undefined) throw missing('stackName');
  return stackOf(name, store);
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
function summarize({ logicalId, physicalId, type, at, status, statusReason }: StackResource) {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    LastUpdatedTimestamp: at,
    ResourceStatus: status,
    ResourceStatusReason: statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

function describeEvent(event: StackEvent, record: StackRecord) {
  return {
    EventId: event.id,
    ...stackNames(record),
    LogicalResourceId: event.logicalId,
    // Empty, but there, until there is one.
    PhysicalResourceId: event.physicalId ?? '',
    ResourceType: event.type,
    Timestamp: event.at,
    ResourceStatus: event.status,
    ResourceStatusReason: event.statusReason,
    ResourceProperties: event.properties,
  };
}

function stackNames({ id, name }: StackRecord) {
  return { StackId: id, StackName: name };
}
