import { parseArn } from '../../aws/arn.ts';
import { integer, list, map, required, structure, text } from '../../aws/members.ts';
import type { RuleModel, TargetModel } from '../../template/model.ts';
import type { Bus } from './bus.ts';
import { policyText } from './bus-policy.ts';
import { busOf, listed, operation, ruleArn, ruleOf } from './context.ts';
import {
  BUS,
  BUS_NAME_PREFIX,
  BUS_SETTINGS,
  EVENT_BUS,
  MORE_OF_TARGET,
  NEXT,
  PAGED,
  RULE,
  RULE_NAME,
} from './shapes.ts';

/** AWS leaves the defaults of a retry policy out of its answers. */
const DEFAULT_RETRY_POLICY = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };

const TARGET = {
  Id: text(),
  Arn: text(),
  RoleArn: text(),
  Input: text(),
  InputPath: text(),
  InputTransformer: structure({ InputPathsMap: map(text()), InputTemplate: text() }),
  DeadLetterConfig: structure({ Arn: text() }),
  RetryPolicy: structure({ MaximumRetryAttempts: integer(), MaximumEventAgeInSeconds: integer() }),
  ...MORE_OF_TARGET,
} as const;

/** The operations that show buses, rules and targets. Lists know no resource (Service Authorization Reference, "Amazon EventBridge"). */
export const DESCRIBE_OPERATIONS = {
  ListEventBuses: operation({
    input: { NamePrefix: BUS_NAME_PREFIX, ...PAGED },
    output: { EventBuses: list(structure(BUS)), ...NEXT },
    needs: () => ['*'],
    handle(input, { buses }) {
      const found = withPrefix(buses.all, input.NamePrefix);
      const { items, nextToken } = listed('ListEventBuses', found, input, ({ name }) => name);
      return { EventBuses: items.map(busView), NextToken: nextToken };
    },
  }),
  DescribeEventBus: operation({
    input: { Name: EVENT_BUS },
    output: { ...BUS, ...BUS_SETTINGS },
    needs: ({ Name }, { buses }) => [buses.arnOf(Name)],
    handle({ Name }, context) {
      const bus = busOf(Name, context);
      return { ...busView(bus), ...bus.settings };
    },
  }),
  ListRules: operation({
    input: { NamePrefix: RULE_NAME, EventBusName: EVENT_BUS, ...PAGED },
    output: { Rules: list(structure(RULE)), ...NEXT },
    needs: () => ['*'],
    handle(input, context) {
      const found = withPrefix(busOf(input.EventBusName, context).rules, input.NamePrefix);
      const { items, nextToken } = listed('ListRules', found, input, ({ name }) => name);
      return { Rules: items.map(ruleView), NextToken: nextToken };
    },
  }),
  ListRuleNamesByTarget: operation({
    input: { TargetArn: required(text({ min: 1, max: 1_600 })), EventBusName: EVENT_BUS, ...PAGED },
    output: { RuleNames: list(text()), ...NEXT },
    needs: () => ['*'],
    handle(input, context) {
      const names = busOf(input.EventBusName, context)
        .rules.filter(({ targets }) => targets.some(({ arn }) => arn === input.TargetArn))
        .map(({ name }) => name);
      const { items, nextToken } = listed('ListRuleNamesByTarget', names, input, (name) => name);
      return { RuleNames: items, NextToken: nextToken };
    },
  }),
  DescribeRule: operation({
    input: { Name: required(RULE_NAME), EventBusName: EVENT_BUS },
    output: { ...RULE, CreatedBy: text() },
    needs: ({ Name, EventBusName }, context) => [ruleArn(Name, EventBusName, context)],
    handle({ Name, EventBusName }, context) {
      const rule = ruleOf(Name, EventBusName, context);
      return { ...ruleView(rule), CreatedBy: parseArn(rule.arn)?.accountId };
    },
  }),
  ListTargetsByRule: operation({
    input: { Rule: required(RULE_NAME), EventBusName: EVENT_BUS, ...PAGED },
    output: { Targets: list(structure(TARGET)), ...NEXT },
    needs: ({ Rule, EventBusName }, context) => [ruleArn(Rule, EventBusName, context)],
    handle(input, context) {
      const { targets } = ruleOf(input.Rule, input.EventBusName, context);
      const { items, nextToken } = listed('ListTargetsByRule', targets, input, ({ id }) => id);
      return { Targets: items.map(targetView), NextToken: nextToken };
    },
  }),
};

function withPrefix<T extends { name: string }>(items: readonly T[], prefix = ''): T[] {
  return items.filter(({ name }) => name.startsWith(prefix));
}

function busView(bus: Bus) {
  return {
    Name: bus.name,
    Arn: bus.arn,
    Description: bus.description,
    Policy: bus.policy.length > 0 ? policyText(bus.policy) : undefined,
    CreationTime: bus.createdAt,
    LastModifiedTime: bus.modifiedAt,
  };
}

function ruleView(rule: RuleModel) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventPattern: rule.pattern && JSON.stringify(rule.pattern),
    ScheduleExpression: rule.scheduleExpression,
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    EventBusName: rule.busName,
  };
}

function targetView(target: TargetModel) {
  const { inputTransformer, retryPolicy } = target;
  return {
    Id: target.id,
    Arn: target.arn,
    RoleArn: target.roleArn,
    Input: target.input,
    InputPath: target.inputPath,
    InputTransformer: inputTransformer && {
      InputPathsMap: inputTransformer.inputPathsMap,
      InputTemplate: inputTransformer.inputTemplate,
    },
    DeadLetterConfig: target.deadLetterArn === undefined ? undefined : { Arn: target.deadLetterArn },
    RetryPolicy: retryPolicyView(retryPolicy),
    ...target.more,
  };
}

function retryPolicyView(policy: TargetModel['retryPolicy']) {
  const { maximumRetryAttempts, maximumEventAgeSeconds } = policy;
  const isDefault =
    maximumRetryAttempts === DEFAULT_RETRY_POLICY.maximumRetryAttempts &&
    maximumEventAgeSeconds === DEFAULT_RETRY_POLICY.maximumEventAgeSeconds;
  if (isDefault) return undefined;
  return { MaximumRetryAttempts: maximumRetryAttempts, MaximumEventAgeInSeconds: maximumEventAgeSeconds };
}
