import type { Place } from '../../aws/arn.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { Read } from '../../aws/members.ts';
import { DEFAULT_GROUP, DEFAULT_RETRIES, type ScheduleModel, type ScheduleTarget } from './schedule.ts';
import { type KeptSchedule, scheduleArn } from './schedules.ts';
import type { GIVEN_SCHEDULE } from './shapes.ts';

/** A schedule as the API gives it. */
type GivenSchedule = Read<typeof GIVEN_SCHEDULE>;

/** Parameters of targets that nothing here takes. */
const MORE_PARAMETERS = ['EcsParameters', 'SageMakerPipelineParameters'] as const;

/** A schedule from what a call says of it, with what AWS takes for what it doesn't say. */
export function scheduleOf(given: GivenSchedule, place: Place): ScheduleModel {
  const { Name: name, GroupName: groupName = DEFAULT_GROUP, FlexibleTimeWindow: flexible } = given;
  return {
    logicalId: '',
    name,
    groupName,
    arn: scheduleArn(place, groupName, name),
    expression: given.ScheduleExpression,
    timeZoneName: given.ScheduleExpressionTimezone ?? 'UTC',
    ...(given.StartDate !== undefined && { startMs: given.StartDate }),
    ...(given.EndDate !== undefined && { endMs: given.EndDate }),
    ...(flexible.Mode === 'FLEXIBLE' && { flexibleMinutes: flexible.MaximumWindowInMinutes ?? 0 }),
    enabled: given.State !== 'DISABLED',
    isDeletedAtEnd: given.ActionAfterCompletion === 'DELETE',
    ...(given.Description !== undefined && { description: given.Description }),
    ...(given.KmsKeyArn !== undefined && { kmsKeyArn: given.KmsKeyArn }),
    ...(given.ClientToken !== undefined && { clientToken: given.ClientToken }),
    target: targetOf(given.Target),
  };
}

function targetOf(given: GivenSchedule['Target']): ScheduleTarget {
  const { RetryPolicy: retry = {}, EventBridgeParameters: event } = given;
  const deadLetterArn = given.DeadLetterConfig?.Arn;
  const messageGroupId = given.SqsParameters?.MessageGroupId;
  const partitionKey = given.KinesisParameters?.PartitionKey;
  const more = Object.fromEntries(
    MORE_PARAMETERS.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  );
  return {
    arn: given.Arn,
    roleArn: given.RoleArn,
    ...(given.Input !== undefined && { input: given.Input }),
    retryPolicy: {
      maximumRetryAttempts: retry.MaximumRetryAttempts ?? DEFAULT_RETRIES.maximumRetryAttempts,
      maximumEventAgeSeconds: retry.MaximumEventAgeInSeconds ?? DEFAULT_RETRIES.maximumEventAgeSeconds,
    },
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...(messageGroupId !== undefined && { messageGroupId }),
    ...(partitionKey !== undefined && { partitionKey }),
    ...(event && { event: { detailType: event.DetailType, source: event.Source } }),
    ...(Object.keys(more).length > 0 && { more }),
  };
}

/**
 * With its defaults, the retry policy's too (LocalStack's record, resource_providers/scheduler/test_scheduler.snapshot.json,
 * test_schedule_and_group).
 */
export function scheduleView({ model, createdAt, modifiedAt }: KeptSchedule) {
  const { flexibleMinutes } = model;
  return {
    ActionAfterCompletion: model.isDeletedAtEnd ? ('DELETE' as const) : ('NONE' as const),
    Arn: model.arn,
    CreationDate: createdAt,
    Description: model.description,
    EndDate: model.endMs,
    FlexibleTimeWindow:
      flexibleMinutes === undefined
        ? { Mode: 'OFF' as const }
        : { MaximumWindowInMinutes: flexibleMinutes, Mode: 'FLEXIBLE' as const },
    GroupName: model.groupName,
    KmsKeyArn: model.kmsKeyArn,
    LastModificationDate: modifiedAt,
    Name: model.name,
    ScheduleExpression: model.expression,
    ScheduleExpressionTimezone: model.timeZoneName,
    StartDate: model.startMs,
    State: stateOf(model),
    Target: targetView(model.target),
  };
}

export function summaryView({ model, createdAt, modifiedAt }: KeptSchedule) {
  return {
    Arn: model.arn,
    CreationDate: createdAt,
    GroupName: model.groupName,
    LastModificationDate: modifiedAt,
    Name: model.name,
    State: stateOf(model),
    Target: { Arn: model.target.arn },
  };
}

function targetView(target: ScheduleTarget) {
  const { retryPolicy, deadLetterArn, messageGroupId, partitionKey, event, more } = target;
  return {
    Arn: target.arn,
    RoleArn: target.roleArn,
    Input: target.input,
    RetryPolicy: {
      MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeSeconds,
      MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
    },
    DeadLetterConfig: deadLetterArn === undefined ? undefined : { Arn: deadLetterArn },
    SqsParameters: messageGroupId === undefined ? undefined : { MessageGroupId: messageGroupId },
    KinesisParameters: partitionKey === undefined ? undefined : { PartitionKey: partitionKey },
    EventBridgeParameters: event && { DetailType: event.detailType, Source: event.source },
    ...(more satisfies JsonObject | undefined),
  };
}

function stateOf({ enabled }: ScheduleModel) {
  return enabled ? ('ENABLED' as const) : ('DISABLED' as const);
}
