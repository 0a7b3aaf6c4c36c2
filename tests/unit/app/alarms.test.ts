import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { at, ORDER_QUEUES, ROOT, resourcesOf } from './template.ts';
import { watchedMetrics } from './watched-metrics.ts';

const OPERATIONS = path.join(ROOT, 'docs/operations.md');
const alarms = [...resourcesOf('AWS::CloudWatch::Alarm'), ...resourcesOf('AWS::CloudWatch::CompositeAlarm')];

describe.each(alarms)('the alarm %s', (logicalId, { Properties }) => {
  const { AlarmDescription, AlarmActions } = Object(Properties);

  test('says what to do first and points at its part of the page of operations', () => {
    expect(AlarmDescription).toMatch(/ first\. See docs\/operations\.md#[a-z]+$/);
    expect(AlarmDescription).toContain(`#${logicalId.toLowerCase()}`);
    expect(existsSync(OPERATIONS)).toBe(true);
    expect(readFileSync(OPERATIONS, 'utf8').split('\n')).toContain(`### ${logicalId}`);
  });

  test('notifies', () => {
    expect(AlarmActions).toEqual(['AlarmTopic']);
  });
});

test.each(['OrderCreator', 'OrderProcessor'])(
  'only errors and slowness of its alias roll a deployment of the %s back',
  (name) => {
    const preference = `Resources.${name}Function.Properties.DeploymentPreference`;
    expect(at(`${preference}.Type`)).toEqual(['IsProd', 'Canary10Percent5Minutes', 'AllAtOnce']);
    expect(at(`${preference}.Alarms`)).toEqual([
      'StopsDeploymentOnAlarm',
      [`${name}Errors`, `${name}Slow`],
      ['AWS::NoValue'],
    ]);
    for (const alarm of [`${name}Errors`, `${name}Slow`]) {
      // A reference to the alias would be a cycle: its update waits for the alarm.
      expect(at(`Resources.${alarm}.Properties.Dimensions`)).toEqual([
        { Name: 'FunctionName', Value: `${name}Function` },
        { Name: 'Resource', Value: `\${${name}Function}:live` },
      ]);
    }
  },
);

test('a slow version is found out while it has a tenth of the orders', () => {
  const canaryMs = 5 * 60_000;
  for (const alarm of ['OrderCreatorSlow', 'OrderProcessorSlow']) {
    const { Period, DatapointsToAlarm, EvaluationPeriods } = Object(at(`Resources.${alarm}.Properties`));
    expect(Period * DatapointsToAlarm * 1000).toBeLessThan(canaryMs);
    expect(Period * EvaluationPeriods * 1000).toBeLessThanOrEqual(canaryMs);
  }
});

test('everything that loses or delays an order has an alarm', () => {
  const watched = watchedMetrics({ Resources: Object.fromEntries(alarms) }).map(
    ({ where, name, dimensions }) => `${where}: ${name} of ${Object.values(dimensions).join(' ')}`,
  );
  const ofFunction = (name: string) => [
    `${name}Errors: Errors of ${name}Function \${${name}Function}:live`,
    `${name}Slow: Duration of ${name}Function \${${name}Function}:live`,
    `${name}Throttles: Throttles of ${name}Function`,
    `${name}EventsDropped: AsyncEventsDropped of ${name}Function`,
    `${name}DestinationFailures: DestinationDeliveryFailures of ${name}Function`,
  ];
  const ofQueue = (name: string) => [
    `${name}Depth: ApproximateNumberOfMessagesVisible of ${name}.QueueName`,
    `${name}Age: ApproximateAgeOfOldestMessage of ${name}.QueueName`,
  ];
  const wanted = [
    ...['OrderCreator', 'OrderProcessor'].flatMap(ofFunction),
    ...ORDER_QUEUES.flatMap(ofQueue),
    expect.stringMatching(/^RuleFailedInvocations: FailedInvocations of OrderBus 2,/),
    expect.stringMatching(/^RuleDeadLetterFailures: InvocationsFailedToBeSentToDlq of OrderBus 2,/),
    'OrdersTableThrottles: WriteThrottleEvents of OrdersTable',
    'OrdersStayNew: SuccessfulRequestLatency of OrdersTable PutItem',
    'OrdersStayNew: SuccessfulRequestLatency of OrdersTable UpdateItem',
  ];
  expect(watched).toEqual(expect.arrayContaining(wanted));
});

test('the alarm of everything is made of alarms that there are', () => {
  const [, rules] = [at('Resources.OrdersAtRisk.Properties.AlarmRule')].flat();
  const named = Object.values<unknown>(Object(rules)).map(
    (rule) => /^ALARM\("\$\{(\w+)\}"\)$/.exec(String(rule))?.[1],
  );
  expect(named.length).toBeGreaterThan(0);
  expect(alarms.map(([logicalId]) => logicalId)).toEqual(expect.arrayContaining(named));
});
