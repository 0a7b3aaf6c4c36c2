import { AwsError } from '../../../aws/errors.ts';
import { boolean, text, timestamp } from '../../../aws/members.ts';
import { stackPathOf } from '../../../template/stack-path.ts';
import type { OnFailure } from '../shapes.ts';
import type { StackRecord } from '../stack-record.ts';
import type { ResourceChange } from './difference.ts';
import type { NextStack } from './reading.ts';
import type { Wish } from './stack-wish.ts';

/** A stack as it may become, to be looked at and then executed. Times are epoch milliseconds. */
export interface ChangeSet {
  /** Its ARN. */
  id: string;
  name: string;
  status: 'CREATE_COMPLETE' | 'FAILED';
  statusReason?: string;
  executionStatus:
    | 'AVAILABLE'
    | 'UNAVAILABLE'
    | 'EXECUTE_IN_PROGRESS'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    /** The stack was changed meanwhile. */
    | 'OBSOLETE';
  createdAt: number;
  description?: string;
  wish: Wish;
  /** Undefined when the call said nothing of it. */
  onFailure: OnFailure | undefined;
  /** Absent when the template can't be deployed, or would change nothing. */
  next?: NextStack;
}

/** One that was executed leaves its name to others, and is found by its ARN. */
export function isExecuted({ executionStatus }: ChangeSet): boolean {
  return executionStatus.startsWith('EXECUTE_');
}

export function noSuchChangeSet(nameOrId: string): AwsError {
  return new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, { status: 404 });
}

/** Those of its own stack: what a nested stack is made of has a change set of its own on AWS, when it is asked for. */
export function ownChanges({ next }: ChangeSet): ResourceChange[] {
  const all = next?.changes ?? [];
  return all.filter(
    (change) => stackPathOf(('after' in change ? change.after : change.before).logicalId) === undefined,
  );
}

/** The answer of DescribeChangeSet, but for its changes. */
export function describeChangeSet(changeSet: ChangeSet, record: StackRecord) {
  const { wish } = changeSet;
  const parameters = parametersOf(changeSet).map(([key, value]) => ({
    ParameterKey: key,
    ParameterValue: isHidden(key, wish) ? '****' : value,
  }));
  return {
    ...summarizeChangeSet(changeSet, record),
    ...(parameters.length > 0 && { Parameters: parameters }),
    NotificationARNs: [],
    RollbackConfiguration: {},
    Capabilities: wish.capabilities,
    ...(wish.tags.length > 0 && { Tags: wish.tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
    OnStackFailure: changeSet.onFailure,
  };
}

/** With the template's defaults, once it could be read. */
function parametersOf({ next, wish }: ChangeSet): [key: string, value: string][] {
  return next
    ? next.stack.parameters.map(({ name, value }) => [name, value])
    : Object.entries(wish.parameters);
}

function isHidden(key: string, { summary }: Wish): boolean {
  return summary.parameters.some((parameter) => parameter.key === key && parameter.noEcho);
}

/** A ChangeSetSummary of the API. */
export const CHANGE_SET_SUMMARY = {
  StackId: text(),
  StackName: text(),
  ChangeSetId: text(),
  ChangeSetName: text(),
  ExecutionStatus: text(),
  Status: text(),
  StatusReason: text(),
  CreationTime: timestamp(),
  Description: text(),
  IncludeNestedStacks: boolean(),
} as const;

export function summarizeChangeSet(changeSet: ChangeSet, record: StackRecord) {
  const { id, name, status, statusReason, executionStatus, createdAt, description } = changeSet;
  return {
    StackId: record.id,
    StackName: record.name,
    ChangeSetId: id,
    ChangeSetName: name,
    ExecutionStatus: executionStatus,
    Status: status,
    StatusReason: statusReason,
    CreationTime: createdAt,
    Description: description,
    IncludeNestedStacks: false,
  };
}
