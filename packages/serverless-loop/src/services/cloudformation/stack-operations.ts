import { boolean, list, oneOf, structure, text, timestamp } from '../../aws/members.ts';
import { operation, ownStack, page } from './context.ts';
import { LISTED, SETTINGS } from './shapes.ts';
import { STACK_STATUSES, type StackOutput, type StackRecord } from './stack-record.ts';
import { isDeleted, stackOf } from './stack-store.ts';

/** In both forms of a stack. */
const SUMMARY = {
  StackId: text(),
  StackName: text(),
  CreationTime: timestamp(),
  LastUpdatedTime: timestamp(),
  DeletionTime: timestamp(),
  StackStatus: text(),
  StackStatusReason: text(),
  ParentId: text(),
  RootId: text(),
  DriftInformation: structure({ StackDriftStatus: text() }),
} as const;

const STACK = structure({
  ...SUMMARY,
  ...SETTINGS,
  ChangeSetId: text(),
  Description: text(),
  DisableRollback: boolean(),
  Outputs: list(
    structure({ OutputKey: text(), OutputValue: text(), Description: text(), ExportName: text() }),
  ),
  EnableTerminationProtection: boolean(),
});

/** Operations that tell of whole stacks. */
export const STACK_OPERATIONS = {
  DescribeStacks: operation({
    input: { ...LISTED, StackName: text() },
    output: { ...LISTED, Stacks: list(STACK) },
    needs: ownStack,
    handle(input, { store }) {
      const { StackName } = input;
      if (StackName !== undefined) return { Stacks: [describe(stackOf(StackName, store))] };
      const living = store.list().filter((record) => !isDeleted(record));
      const { items, ...more } = page(living, input, 'stacks');
      return { Stacks: items.map(describe), ...more };
    },
  }),
  ListStacks: operation({
    input: { ...LISTED, StackStatusFilter: list(oneOf(STACK_STATUSES)) },
    output: { ...LISTED, StackSummaries: list(structure({ ...SUMMARY, TemplateDescription: text() })) },
    needs: () => ['*'],
    handle(input, { store }) {
      const { StackStatusFilter: statuses = [] } = input;
      const wanted = store.list().filter(({ status }) => statuses.length === 0 || statuses.includes(status));
      const { items, ...more } = page(wanted, input, `stacks ${statuses}`);
      return { StackSummaries: items.map(summarize), ...more };
    },
  }),
  ListExports: operation({
    input: LISTED,
    output: {
      ...LISTED,
      Exports: list(structure({ ExportingStackId: text(), Name: text(), Value: text() })),
    },
    needs: () => ['*'],
    handle(input, { store }) {
      const exported = store
        .list()
        .filter((record) => !isDeleted(record))
        .flatMap(({ id, outputs }) =>
          outputs.flatMap(({ exportName, value }) =>
            exportName === undefined ? [] : [{ ExportingStackId: id, Name: exportName, Value: value }],
          ),
        );
      const { items, ...more } = page(exported, input, 'exports');
      return { Exports: items, ...more };
    },
  }),
};

/** A Stack of the API. */
function describe(record: StackRecord) {
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
    ParentId: record.parentId,
    RootId: record.rootId,
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

function describeOutput({ key, value, description, exportName }: StackOutput) {
  return { OutputKey: key, OutputValue: value, Description: description, ExportName: exportName };
}

/** A StackSummary of the API. */
function summarize(record: StackRecord) {
  return {
    StackId: record.id,
    StackName: record.name,
    TemplateDescription: record.description,
    ...times(record),
    ParentId: record.parentId,
    RootId: record.rootId,
    DriftInformation: NOT_CHECKED,
  };
}

/** Nothing but the loop touches its resources: there is no drift to look for. */
const NOT_CHECKED = { StackDriftStatus: 'NOT_CHECKED' } as const;

function times({ createdAt, updatedAt, deletedAt, status, statusReason }: StackRecord) {
  return {
    CreationTime: createdAt,
    LastUpdatedTime: updatedAt,
    DeletionTime: deletedAt,
    StackStatus: status,
    StackStatusReason: statusReason,
  };
}
