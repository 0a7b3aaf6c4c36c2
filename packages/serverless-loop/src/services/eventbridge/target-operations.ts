import { parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import { boolean, integer, list, map, type Read, required, structure, text } from '../../aws/members.ts';
import type { TargetModel } from '../../template/model.ts';
import { limitExceeded, operation, ruleArn, ruleOf } from './context.ts';
import { EVENT_BUS, MORE_OF_TARGET, ROLE_ARN, RULE_NAME, TARGET_ID } from './shapes.ts';
import { compileInput } from './target-input.ts';
import { compileGroup } from './target-parameters.ts';
import { needsRole } from './target-roles.ts';
import { QUOTAS } from './validate-rules.ts';

const GIVEN_TARGET = structure({
  Id: required(TARGET_ID),
  Arn: required(text({ min: 1, max: 1_600 })),
  RoleArn: ROLE_ARN,
  Input: text({ max: 8_192 }),
  InputPath: text({ max: 256 }),
  InputTransformer: structure({
    InputPathsMap: map(text({ max: 256 }), { max: 100 }),
    InputTemplate: required(text({ min: 1, max: 8_192 })),
  }),
  DeadLetterConfig: structure({ Arn: text({ min: 1, max: 1_600 }) }),
  RetryPolicy: structure({
    MaximumRetryAttempts: integer({ min: 0, max: 185 }),
    MaximumEventAgeInSeconds: integer({ min: 60, max: 86_400 }),
  }),
  ...MORE_OF_TARGET,
});

const RULE_TARGETS = { Rule: required(RULE_NAME), EventBusName: EVENT_BUS } as const;

const FAILED = {
  FailedEntryCount: integer(),
  FailedEntries: list(structure({ TargetId: text(), ErrorCode: text(), ErrorMessage: text() })),
} as const;

const NONE_FAILED = { FailedEntryCount: 0, FailedEntries: [] };

export const TARGET_OPERATIONS = {
  /** A target that is not there is taken: its events go to its dead-letter queue. */
  PutTargets: operation({
    input: { ...RULE_TARGETS, Targets: required(list(GIVEN_TARGET, { min: 1, max: 100 })) },
    output: FAILED,
    needs: ({ Rule, EventBusName, Targets = [] }, context) => [
      ruleArn(Rule, EventBusName, context),
      ...Targets.flatMap(({ RoleArn }) =>
        RoleArn === undefined ? [] : [{ action: 'iam:PassRole', resource: RoleArn }],
      ),
    ],
    handle({ Rule, EventBusName, Targets }, context) {
      const rule = ruleOf(Rule, EventBusName, context);
      const given = Targets.map(targetOf);
      for (const target of given) refuseInvalid(target);
      const ids = new Set(given.map(({ id }) => id));
      const targets = [...rule.targets.filter(({ id }) => !ids.has(id)), ...given];
      if (targets.length > QUOTAS.targetsPerRule) throw limitExceeded();
      context.rules.put({ ...rule, targets });
      return NONE_FAILED;
    },
  }),
  RemoveTargets: operation({
    input: {
      ...RULE_TARGETS,
      Ids: required(list(TARGET_ID, { min: 1, max: 100 })),
      Force: boolean(),
    },
    output: FAILED,
    needs: ({ Rule, EventBusName }, context) => [ruleArn(Rule, EventBusName, context)],
    handle({ Rule, EventBusName, Ids }, context) {
      const rule = ruleOf(Rule, EventBusName, context);
      context.rules.put({ ...rule, targets: rule.targets.filter(({ id }) => !Ids.includes(id)) });
      return NONE_FAILED;
    },
  }),
};

function targetOf(given: Read<(typeof GIVEN_TARGET)['members']>): TargetModel {
  const { InputTransformer: transformer, RetryPolicy: retry = {}, DeadLetterConfig } = given;
  const more = moreOf(given);
  return {
    id: given.Id,
    arn: given.Arn,
    ...(given.RoleArn !== undefined && { roleArn: given.RoleArn }),
    ...(given.Input !== undefined && { input: given.Input }),
    ...(given.InputPath !== undefined && { inputPath: given.InputPath }),
    ...(transformer && {
      inputTransformer: {
        inputPathsMap: transformer.InputPathsMap ?? {},
        inputTemplate: transformer.InputTemplate,
      },
    }),
    retryPolicy: {
      maximumRetryAttempts: retry.MaximumRetryAttempts ?? 185,
      maximumEventAgeSeconds: retry.MaximumEventAgeInSeconds ?? 86_400,
    },
    ...(DeadLetterConfig?.Arn !== undefined && { deadLetterArn: DeadLetterConfig.Arn }),
    ...(Object.keys(more).length > 0 && { more }),
  };
}

function moreOf(given: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(MORE_OF_TARGET).flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  );
}

/** In words that moto and LocalStack have from AWS. */
function refuseInvalid(target: TargetModel): void {
  const arn = parseArn(target.arn);
  if (!arn)
    throw invalid(`Parameter ${target.arn} is not valid. Reason: Provided Arn is not in correct format.`);
  if (needsRole(arn.service) && target.roleArn === undefined)
    throw invalid(`RoleArn is required for target ${target.arn}.`);
  compileInput(target);
  compileGroup(target);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
