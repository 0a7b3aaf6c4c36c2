import type { JsonObject, JsonOperation } from '../../aws/operation.ts';
import { choiceList, optionalText } from './input.ts';
import { needOnStack } from './needs.ts';
import { pageOf } from './paging.ts';
import { stackOf } from './stack-lookup.ts';
import { STACK_STATUSES, type StackOutput, type StackRecord } from './stack-record.ts';
import { isDeleted, type StackStore } from './stack-store.ts';

/** What tells of whole stacks. */
export function stackOperations(store: StackStore): Record<string, JsonOperation> {
  return {
    DescribeStacks: {
      handle: (input) => describeStacks(input, store),
      needs: needOnStack('DescribeStacks', store),
    },
    ListStacks: {
      handle: (input) => listStacks(input, store),
      needs: () => [{ action: 'cloudformation:ListStacks', resource: '*' }],
    },
    ListExports: {
      handle: (input) => listExports(input, store),
      needs: () => [{ action: 'cloudformation:ListExports', resource: '*' }],
    },
  };
}

function describeStacks(input: JsonObject, store: StackStore): JsonObject {
  const named = optionalText(input, 'StackName');
  if (named !== undefined) return { Stacks: [describe(stackOf(named, store))] };
  const living = store.list().filter((record) => !isDeleted(record));
  const { page, ...more } = pageOf(input, 'stacks', living);
  return { Stacks: page.map(describe), ...more };
}

function listStacks(input: JsonObject, store: StackStore): JsonObject {
  const statuses = choiceList(input, 'StackStatusFilter', STACK_STATUSES);
  const wanted = store.list().filter(({ status }) => statuses.length === 0 || statuses.includes(status));
  const { page, ...more } = pageOf(input, `stacks ${statuses}`, wanted);
  return { StackSummaries: page.map(summarize), ...more };
}

function listExports(input: JsonObject, store: StackStore): JsonObject {
  const exported = store
    .list()
    .filter((record) => !isDeleted(record))
    .flatMap(({ id, outputs }) =>
      outputs.flatMap(({ exportName, value }) =>
        exportName === undefined ? [] : [{ ExportingStackId: id, Name: exportName, Value: value }],
      ),
    );
  const { page, ...more } = pageOf(input, 'exports', exported);
  return { Exports: page, ...more };
}

/** A Stack of the API. */
function describe(record: StackRecord): JsonObject {
  return {
    StackId: record.id,
    StackName: record.name,
    ChangeSetId: record.changeSetId,
    Description: record.description,
    Parameters: unlessEmpty(
      record.parameters.map(({ key, value, noEcho }) => ({
        ParameterKey: key,
        ParameterValue: noEcho ? '****' : value,
      })),
    ),
    ...times(record),
    DisableRollback: record.disableRollback,
    NotificationARNs: [],
    Capabilities: unlessEmpty(record.capabilities),
    Outputs: unlessEmpty(record.outputs.map(describeOutput)),
    Tags: record.tags.map(({ key, value }) => ({ Key: key, Value: value })),
    EnableTerminationProtection: isDeleted(record) ? undefined : record.terminationProtection,
    RollbackConfiguration: {},
    DriftInformation: NOT_CHECKED,
  };
}

/** These are not answered at all when there are none. */
function unlessEmpty<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

function describeOutput({ key, value, description, exportName }: StackOutput): JsonObject {
  return { OutputKey: key, OutputValue: value, Description: description, ExportName: exportName };
}

/** A StackSummary of the API. */
function summarize(record: StackRecord): JsonObject {
  return {
    StackId: record.id,
    StackName: record.name,
    TemplateDescription: record.description,
    ...times(record),
    DriftInformation: NOT_CHECKED,
  };
}

/** Nothing but the loop touches its resources: there is no drift to look for. */
const NOT_CHECKED = { StackDriftStatus: 'NOT_CHECKED' } as const;

function times({ createdAt, updatedAt, deletedAt, status, statusReason }: StackRecord): JsonObject {
  return {
    CreationTime: new Date(createdAt),
    LastUpdatedTime: updatedAt === undefined ? undefined : new Date(updatedAt),
    DeletionTime: deletedAt === undefined ? undefined : new Date(deletedAt),
    StackStatus: status,
    StackStatusReason: statusReason,
  };
}
