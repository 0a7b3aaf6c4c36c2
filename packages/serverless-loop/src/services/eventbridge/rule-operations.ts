import { AwsError } from '../../aws/errors.ts';
import { boolean, oneOf, required, text } from '../../aws/members.ts';
import type { RuleModel } from '../../template/model.ts';
import { busOf, limitExceeded, operation, ruleArn, ruleOf } from './context.ts';
import { parsePattern } from './parse-pattern.ts';
import { EVENT_BUS, ROLE_ARN, RULE_NAME, RULE_STATES, TAGS } from './shapes.ts';
import { tagsOf } from './tag-operations.ts';
import { QUOTAS } from './validate-rules.ts';

const NAMED_RULE = { Name: required(RULE_NAME), EventBusName: EVENT_BUS } as const;

/** The operations that make, change and remove rules; their words are of LocalStack's record, test_events.snapshot.json. */
export const RULE_OPERATIONS = {
  PutRule: operation({
    input: {
      ...NAMED_RULE,
      ScheduleExpression: text({ max: 256 }),
      EventPattern: text({ max: 4_096 }),
      State: oneOf(RULE_STATES),
      Description: text({ max: 512 }),
      RoleArn: ROLE_ARN,
      Tags: TAGS,
    },
    output: { RuleArn: text() },
    needs: ({ Name, EventBusName }, context) => [ruleArn(Name, EventBusName, context)],
    handle(input, context) {
      const { Name: name, ScheduleExpression: scheduleExpression = '', EventPattern = '' } = input;
      const bus = busOf(input.EventBusName, context);
      const before = bus.rule(name);
      if (scheduleExpression === '' && EventPattern === '')
        throw new AwsError(
          'ValidationException',
          'Parameter(s) EventPattern or ScheduleExpression must be specified.',
        );
      if (!before && bus.rules.length >= QUOTAS.rulesPerBus) throw limitExceeded();
      const rule: RuleModel = {
        logicalId: before?.logicalId ?? '',
        name,
        arn: ruleArn(name, bus.name, context),
        line: before?.line ?? 0,
        busName: bus.name,
        enabled: input.State !== 'DISABLED',
        ...(input.Description !== undefined && { description: input.Description }),
        ...(input.RoleArn !== undefined && { roleArn: input.RoleArn }),
        ...(EventPattern !== '' && { pattern: parsePattern(EventPattern) }),
        ...(scheduleExpression !== '' && { scheduleExpression }),
        targets: before?.targets ?? [],
      };
      context.rules.put(rule);
      // Those of a rule that is there stay (EventBridge API reference, "PutRule").
      if (!before) context.tags.set(rule.arn, tagsOf(input.Tags));
      return { RuleArn: rule.arn };
    },
  }),
  EnableRule: switching(true),
  DisableRule: switching(false),
  /** No rule of that name is none to delete. */
  DeleteRule: operation({
    input: { ...NAMED_RULE, Force: boolean() },
    needs: ({ Name, EventBusName }, context) => [ruleArn(Name, EventBusName, context)],
    handle({ Name, EventBusName }, context) {
      const rule = busOf(EventBusName, context).rule(Name);
      if (!rule) return {};
      if (rule.targets.length > 0)
        throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      context.rules.remove(rule);
      return {};
    },
  }),
};

function switching(enabled: boolean) {
  return operation({
    input: NAMED_RULE,
    needs: ({ Name, EventBusName }, context) => [ruleArn(Name, EventBusName, context)],
    handle({ Name, EventBusName }, context) {
      context.rules.put({ ...ruleOf(Name, EventBusName, context), enabled });
      return {};
    },
  });
}
