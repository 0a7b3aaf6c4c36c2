import { parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject, JsonOperation, Need } from '../../aws/operation.ts';
import type { RuleModel, TargetModel } from '../../template/model.ts';
import type { Bus } from './bus.ts';
import type { Buses } from './buses.ts';
import { isText } from './json.ts';
import { pageOf } from './paging.ts';
import { optionalText, requiredText } from './request.ts';

/** AWS leaves the defaults of a retry policy out of its answers. */
const defaultRetryPolicy = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };

/** The operations that show buses, rules and targets. */
export function describeOperations(buses: Buses): Record<string, JsonOperation> {
  return {
    ListEventBuses: {
      needs: () => [{ action: 'events:ListEventBuses', resource: '*' }],
      handle(input) {
        const page = pageOf(input, withPrefix(input, buses.all), (bus) => bus.name);
        return { EventBuses: page.items.map(busView), ...next(page) };
      },
    },
    DescribeEventBus: {
      needs: (input) => [{ action: 'events:DescribeEventBus', resource: buses.arnOf(textIn(input, 'Name')) }],
      handle: (input) => busView(busOf(optionalText(input, 'Name'))),
    },
    ListRules: {
      needs: () => [{ action: 'events:ListRules', resource: '*' }],
      handle(input) {
        const { rules } = busOf(optionalText(input, 'EventBusName'));
        const page = pageOf(input, withPrefix(input, rules), (rule) => rule.name);
        return { Rules: page.items.map(ruleView), ...next(page) };
      },
    },
    DescribeRule: {
      needs: (input) => ruleNeeds('events:DescribeRule', input, 'Name'),
      handle(input) {
        const rule = ruleOf(input, 'Name');
        return { ...ruleView(rule), CreatedBy: parseArn(rule.arn)?.accountId };
      },
    },
    ListTargetsByRule: {
      needs: (input) => ruleNeeds('events:ListTargetsByRule', input, 'Rule'),
      handle(input) {
        const targets = ruleOf(input, 'Rule').targets.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        const page = pageOf(input, targets, (target) => target.id);
        return { Targets: page.items.map(targetView), ...next(page) };
      },
    },
  };

  function busOf(nameOrArn: string | undefined): Bus {
    const bus = buses.find(nameOrArn);
    if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
    return bus;
  }

  function ruleOf(input: JsonObject, member: string): RuleModel {
    const name = requiredText(input, member);
    const bus = busOf(optionalText(input, 'EventBusName'));
    const rule = bus.rule(name);
    if (!rule)
      throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus.name}.`);
    return rule;
  }

  function ruleNeeds(action: string, input: JsonObject, member: string): Need[] {
    const busArn = buses.arnOf(textIn(input, 'EventBusName'));
    return [{ action, resource: ruleArn(busArn, textIn(input, member) ?? '*') }];
  }
}

/** `rule/<name>` on the default bus, `rule/<bus>/<name>` on any other. */
function ruleArn(busArn: string, ruleName: string): string {
  const [prefix, busName] = busArn.split(':event-bus/');
  return `${prefix}:rule/${busName === 'default' ? '' : `${busName}/`}${ruleName}`;
}

function withPrefix<T extends { name: string }>(input: JsonObject, items: readonly T[]): T[] {
  const prefix = optionalText(input, 'NamePrefix') ?? '';
  return items.filter((item) => item.name.startsWith(prefix));
}

function busView(bus: Bus): JsonObject {
  return {
    Name: bus.name,
    Arn: bus.arn,
    Description: bus.description,
    CreationTime: bus.createdAt / 1_000,
    LastModifiedTime: bus.modifiedAt / 1_000,
  };
}

function ruleView(rule: RuleModel): JsonObject {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern && JSON.stringify(rule.pattern),
    ScheduleExpression: rule.scheduleExpression,
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    EventBusName: rule.busName,
  };
}

function targetView(target: TargetModel): JsonObject {
  const { inputTransformer, retryPolicy } = target;
  return {
    Id: target.id,
    Arn: target.arn,
    Input: target.input,
    InputPath: target.inputPath,
    InputTransformer: inputTransformer && {
      InputPathsMap: inputTransformer.inputPathsMap,
      InputTemplate: inputTransformer.inputTemplate,
    },
    DeadLetterConfig: target.deadLetterArn && { Arn: target.deadLetterArn },
    RetryPolicy: retryPolicyView(retryPolicy),
  };
}

function retryPolicyView(policy: TargetModel['retryPolicy']): JsonObject | undefined {
  const { maximumRetryAttempts, maximumEventAgeSeconds } = policy;
  const isDefault =
    maximumRetryAttempts === defaultRetryPolicy.maximumRetryAttempts &&
    maximumEventAgeSeconds === defaultRetryPolicy.maximumEventAgeSeconds;
  if (isDefault) return undefined;
  return { MaximumRetryAttempts: maximumRetryAttempts, MaximumEventAgeInSeconds: maximumEventAgeSeconds };
}

function next(page: { nextToken?: string }): JsonObject {
  return page.nextToken === undefined ? {} : { NextToken: page.nextToken };
}

function textIn(input: JsonObject, member: string): string | undefined {
  const value = input[member];
  return isText(value) ? value : undefined;
}
