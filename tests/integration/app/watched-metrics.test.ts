import { beforeAll, expect, test } from 'vitest';
import { runLoop } from '../../loop.ts';
import { AWS_METRICS } from '../../unit/app/aws-metrics.ts';
import { identityOf, isOfAws, kindOf, type Metric } from '../../unit/app/metric.ts';
import { parseTemplate, templateText } from '../../unit/app/template.ts';
import { unheardOf, type WatchedMetric, watchedMetrics } from '../../unit/app/watched-metrics.ts';
import { startLimitingProxy } from '../scale/limiting-proxy.ts';
import { ENTRIES_THROTTLED } from '../scale/throttling.ts';
import { emittedMetrics } from './emitted-metrics.ts';
import { textOf } from './events/event-files.ts';
import { systemOf, TEMPLATE } from './events/system.ts';

/** An order, every reason to refuse one, a repeat; each event is published at the fourth try. */
const ORDERS = [
  'order.json',
  'order-invalid.json',
  'order-with-key.json',
  'order-with-key.json',
  'order-repeat-changed.json',
];

let emitted: Metric[];
/** The values of `${…}` in the template, in the run. */
let names: Record<string, string>;

beforeAll(async () => {
  const proxy = await startLimitingProxy({ PutEvents: ENTRIES_THROTTLED });
  const running = await runLoop(TEMPLATE, { functionEndpoint: proxy.endpoint });
  try {
    proxy.forwardTo(running.loop.endpoint);
    const system = systemOf(running);
    for (const file of ORDERS) await system.createOrder(textOf(file));
    await system.settled();
    emitted = emittedMetrics(running.factsOf('log').map(({ line }) => line));
    const ids = running.loop.resources.map(({ logicalId, physicalId }) => [logicalId, physicalId]);
    names = { 'AWS::StackName': 'test', ...Object.fromEntries(ids) };
  } finally {
    await running.stop();
    await proxy.stop();
  }
}, 120_000);

function watchedIn(text: string): WatchedMetric[] {
  const named = text.replaceAll(/\$\{([\w:]+)\}/g, (reference, id) => names[id] ?? reference);
  return watchedMetrics(parseTemplate(named));
}

test('every metric in an alarm or the dashboard is one that a run emits or a page of AWS documents', () => {
  expect(unheardOf(watchedIn(templateText), emitted)).toEqual([]);
});

test.each([
  ['a name that nobody emits', '"OrdersCreated"', '"OrderCreated"'],
  ['a name that AWS does not have', 'MetricName: Errors', 'MetricName: Failures'],
  ['a namespace that is not ours', '"ServerlessSnacks", "PublishRetries"', '"Snacks", "PublishRetries"'],
  [
    'another service',
    '"OrdersProcessed", "service", "order-processor"',
    '"OrdersProcessed", "service", "order-creator"',
  ],
  ['a reason that is none', '"reason", "InvalidOrder"', '"reason", "Invalid"'],
  ['a dimension too few', '"reason", "IdempotencyConflict", ', ''],
  ['a dimension too many', '"OrdersRepeated", ', '"OrdersRepeated", "reason", "InvalidOrder", '],
  ['a rule of the default bus', '        - Name: EventBusName\n          Value: !Ref OrderBus\n', ''],
  ['an operation for all of them', ', "Operation", "PutItem"', ''],
])('%s is found out', (_, right, wrong) => {
  expect(templateText).toContain(right);
  expect(unheardOf(watchedIn(templateText.replace(right, wrong)), emitted)).toHaveLength(1);
});

test('an alarm on a metric that nobody emits is found out', () => {
  const alarm = `
  OrdersCancelledTooOften:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: ServerlessSnacks
      MetricName: OrdersCancelled
      Dimensions: [{ Name: stack, Value: !Ref AWS::StackName }]
`;
  const text = templateText.replace('\nResources:\n', `\nResources:\n${alarm}`);
  expect(unheardOf(watchedIn(text), emitted)).toEqual([
    'OrdersCancelledTooOften: ServerlessSnacks OrdersCancelled stack=AWS::StackName',
  ]);
});

test('every metric that the functions of an order emit is looked at', () => {
  const watched = watchedIn(templateText).map(identityOf);
  const ofOrders = emitted.filter(({ dimensions }) => /^order-/.test(dimensions.service ?? ''));
  expect(ofOrders.length).toBeGreaterThan(0);
  expect(watched).toEqual(expect.arrayContaining(ofOrders.map(identityOf)));
});

test('the table of AWS’s own metrics holds those that are watched, and no other', () => {
  const watched = watchedIn(templateText).filter(isOfAws);
  const kinds = watched.map(({ namespace, name, dimensions }) =>
    kindOf(namespace, name, Object.keys(dimensions)),
  );
  expect(
    new Set(AWS_METRICS.map(({ namespace, name, dimensions }) => kindOf(namespace, name, dimensions))),
  ).toEqual(new Set(kinds));
});
