import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import type { StackRecord } from '../stack-record.ts';
import type { ResourceChange } from './difference.ts';
import type { ChangeOptions } from './operation.ts';
import type { NextStack } from './reading.ts';
import type { Wish } from './stack-wish.ts';

/** What a stack may become, to be looked at and then executed. Times are epoch milliseconds. */
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
    | 'EXECUTE_FAILED';
  createdAt: number;
  description?: string;
  wish: Wish;
  onFailure: ChangeOptions['onFailure'];
  /** Absent when the template can't be deployed, or would change nothing. */
  next?: NextStack;
}

export function noSuchChangeSet(nameOrId: string): AwsError {
  return new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, { status: 404 });
}

/** What DescribeChangeSet answers, but for paging. */
export function describeChangeSet(changeSet: ChangeSet, record: StackRecord): JsonObject {
  const { wish } = changeSet;
  return {
    ...summarizeChangeSet(changeSet, record),
    Parameters: parametersOf(changeSet).map(([key, value]) => ({
      ParameterKey: key,
      ParameterValue: isHidden(key, wish) ? '****' : value,
    })),
    NotificationARNs: [],
    RollbackConfiguration: {},
    Capabilities: wish.capabilities,
    Tags: wish.tags.map(({ key, value }) => ({ Key: key, Value: value })),
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
export function summarizeChangeSet(changeSet: ChangeSet, record: StackRecord): JsonObject {
  const { id, name, status, statusReason, executionStatus, createdAt, description } = changeSet;
  return {
    StackId: record.id,
    StackName: record.name,
    ChangeSetId: id,
    ChangeSetName: name,
    ExecutionStatus: executionStatus,
    Status: status,
    StatusReason: statusReason,
    CreationTime: new Date(createdAt),
    Description: description,
    IncludeNestedStacks: false,
  };
}

/** A Change of the API. */
export function describeChange(change: ResourceChange): JsonObject {
  const { logicalId, type } = change.action === 'Remove' ? change.before : change.after;
  const resource = { Action: change.action, LogicalResourceId: logicalId, ResourceType: type };
  if (change.action === 'Add') return ofResource({ ...resource, Scope: [], Details: [] });
  const PhysicalResourceId = change.before.physicalId;
  if (change.action === 'Remove')
    return ofResource({
      ...resource,
      PhysicalResourceId,
      PolicyAction: policyActionOf(change.before.deletionPolicy, 'Delete'),
      Scope: [],
      Details: [],
    });
  return ofResource({
    ...resource,
    PhysicalResourceId,
    PolicyAction:
      change.replacement === 'True'
        ? policyActionOf(change.before.updateReplacePolicy, 'ReplaceAndDelete')
        : undefined,
    Replacement: change.replacement,
    Scope: change.scope,
    Details: change.details.map(({ property, requiresRecreation, evaluation, source, cause }) => ({
      Target: { Attribute: 'Properties', Name: property, RequiresRecreation: requiresRecreation },
      Evaluation: evaluation,
      ChangeSource: source,
      CausingEntity: cause,
    })),
  });
}

function ofResource(ResourceChange: JsonObject): JsonObject {
  return { Type: 'Resource', ResourceChange };
}

function policyActionOf(policy: string, withoutPolicy: 'Delete' | 'ReplaceAndDelete'): string {
  if (policy === 'Retain') return withoutPolicy === 'Delete' ? 'Retain' : 'ReplaceAndRetain';
  if (policy === 'Snapshot') return withoutPolicy === 'Delete' ? 'Snapshot' : 'ReplaceAndSnapshot';
  return withoutPolicy;
}
