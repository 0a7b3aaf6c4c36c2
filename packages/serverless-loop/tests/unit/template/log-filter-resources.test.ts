import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, resource } from './load.ts';

const STREAM = '"arn:aws:kinesis:eu-west-1:123456789012:stream/lines"';
const subscription = (properties: string) => resource('AWS::Logs::SubscriptionFilter', properties);
const measured = (transformation: string, more = '') =>
  resource(
    'AWS::Logs::MetricFilter',
    `LogGroupName: g, FilterPattern: ERROR, MetricTransformations: [{MetricNamespace: depot, MetricName: errors, ${transformation}}]${more}`,
  );

// Template reference, "AWS::Logs::SubscriptionFilter" and "AWS::Logs::MetricFilter"
describe('a subscription filter', () => {
  test('is of its group, and sends in its role by log stream', () => {
    const properties = `FilterName: all, LogGroupName: g, FilterPattern: "", DestinationArn: ${STREAM}, RoleArn: r`;
    expect(load(subscription(properties)).others).toMatchObject([
      {
        model: { name: 'all', logGroupName: 'g', pattern: '', roleArn: 'r', distribution: 'ByLogStream' },
      },
    ]);
  });

  test('absent: sends nothing to Firehose, and says so', () => {
    const firehose = 'DestinationArn: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/a"';
    const stack = load(subscription(`LogGroupName: g, FilterPattern: "", ${firehose}`));
    expect(stack.others).toEqual([]);
    expect(reportOf(stack, 'It')).toMatchObject({
      status: 'not emulated',
      reason: expect.stringContaining('nothing is sent'),
    });
  });

  test.each([
    [`LogGroupName: g, DestinationArn: ${STREAM}`, /FilterPattern, expected a filter pattern/],
    [`FilterPattern: "", DestinationArn: ${STREAM}`, /LogGroupName/],
    [
      `FilterName: "a:b", LogGroupName: g, FilterPattern: "", DestinationArn: ${STREAM}`,
      /FilterName, expected at most 512 characters/,
    ],
    [
      `LogGroupName: g, FilterPattern: "", DestinationArn: ${STREAM}, Distribution: Even`,
      /Distribution, expected/,
    ],
  ])('is refused with %s', (properties, problem) => {
    expect(problemsOf(subscription(properties)).join('\n')).toMatch(problem);
  });
});

describe('a metric filter', () => {
  test('has a metric, with dimensions and unit', () => {
    const transformation = 'MetricValue: $.size, Unit: Bytes, Dimensions: [{Key: Service, Value: $.service}]';
    expect(load(measured(transformation)).others).toMatchObject([
      { model: { transformation: { unit: 'Bytes', dimensions: { Service: '$.service' } } } },
    ]);
  });

  test.each([
    ['Unit: Boxes, MetricValue: "1"', /Unit, expected/],
    ['Default: 0, MetricValue: "1"', /Default, no such property/],
    ['DefaultValue: 0', /MetricValue/],
  ])('is refused with %s', (transformation, problem) => {
    expect(problemsOf(measured(transformation)).join('\n')).toMatch(problem);
  });

  test('is refused without one', () => {
    const none = resource(
      'AWS::Logs::MetricFilter',
      'LogGroupName: g, FilterPattern: "", MetricTransformations: []',
    );
    expect(problemsOf(none).join('\n')).toMatch(/MetricTransformations, expected a list of one, found none/);
  });
});
