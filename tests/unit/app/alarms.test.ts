import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { at, ROOT, resourcesOf } from './template.ts';

const OPERATIONS = path.join(ROOT, 'docs/operations.md');
const alarms = [...resourcesOf('AWS::CloudWatch::Alarm'), ...resourcesOf('AWS::CloudWatch::CompositeAlarm')];

/** CloudWatch metrics of AWS's own that the template watches, with their dimensions and the page that has them. */
const OF_AWS: Record<string, { dimensions: string[]; page: string }> = {
  ...group('AWS/Lambda', 'Lambda developer guide, "Types of metrics for Lambda functions"', {
    Errors: ['FunctionName', 'Resource'],
    Duration: ['FunctionName', 'Resource'],
    Throttles: ['FunctionName'],
    AsyncEventsDropped: ['FunctionName'],
    DestinationDeliveryFailures: ['FunctionName'],
  }),
  ...group('AWS/SQS', 'SQS developer guide, "Available CloudWatch metrics for Amazon SQS"', {
    ApproximateNumberOfMessagesVisible: ['QueueName'],
    ApproximateAgeOfOldestMessage: ['QueueName'],
  }),
  ...group('AWS/Events', 'EventBridge user guide, "Monitoring Amazon EventBridge"', {
    FailedInvocations: ['EventBusName', 'RuleName'],
    InvocationsFailedToBeSentToDlq: ['EventBusName', 'RuleName'],
  }),
  ...group('AWS/DynamoDB', 'DynamoDB developer guide, "DynamoDB metrics and dimensions"', {
    WriteThrottleEvents: ['TableName'],
    SuccessfulRequestLatency: ['TableName', 'Operation'],
  }),
};

function group(namespace: string, page: string, metrics: Record<string, string[]>) {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, dimensions]) => [`${namespace} ${name}`, { dimensions, page }]),
  );
}

interface Metric {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string }[];
}

/** Every metric that an alarm watches itself or computes with. */
function metricsIn(value: unknown): Metric[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(metricsIn);
  const { Namespace, MetricName, Dimensions } = Object(value);
  return MetricName === undefined ? inner : [{ Namespace, MetricName, Dimensions }, ...inner];
}

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

  test('watches metrics and dimensions that AWS documents', () => {
    for (const { Namespace, MetricName, Dimensions } of metricsIn(Properties)) {
      const names = Dimensions.map(({ Name }) => Name);
      expect(names, MetricName).toEqual(OF_AWS[`${Namespace} ${MetricName}`]?.dimensions);
    }
  });
});

test('every metric of the list is watched', () => {
  const watched = alarms.flatMap(([, alarm]) => metricsIn(alarm));
  expect(new Set(watched.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`))).toEqual(
    new Set(Object.keys(OF_AWS)),
  );
});

test.each(['OrderCreator', 'OrderProcessor'])(
  'only errors and slowness of its alias roll a deployment of the %s back',
  (name) => {
    const preference = `Resources.${name}Function.Properties.DeploymentPreference`;
    expect(at(`${preference}.Type`)).toEqual(['IsProd', 'Canary10Percent5Minutes', 'AllAtOnce']);
    expect(at(`${preference}.Alarms`)).toEqual([`${name}Errors`, `${name}Slow`]);
    for (const alarm of [`${name}Errors`, `${name}Slow`]) {
      // A reference to the alias would be a cycle: its update waits for the alarm.
      expect(at(`Resources.${alarm}.Properties.Dimensions`)).toEqual([
        { Name: 'FunctionName', Value: `${name}Function` },
        { Name: 'Resource', Value: `\${${name}Function}:live` },
      ]);
    }
  },
);
