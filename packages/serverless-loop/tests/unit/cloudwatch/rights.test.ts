import { expect, test } from 'vitest';
import { jsonService } from '../../../src/aws/service.ts';
import { AlarmBook } from '../../../src/services/cloudwatch/alarms/alarm-book.ts';
import { AlarmTags } from '../../../src/services/cloudwatch/alarms/alarm-tags.ts';
import { MetricStore } from '../../../src/services/cloudwatch/metric-store.ts';
import { CLOUDWATCH } from '../../../src/services/cloudwatch/service.ts';
import { needed } from '../../operation-calls.ts';

const store = new MetricStore();
const book = new AlarmBook({ store, now: Date.now, report: () => {}, act: async () => {} });
const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
const { operations } = jsonService(CLOUDWATCH, {
  place,
  store,
  book,
  tags: new AlarmTags(book),
  dashboards: new Map(),
  now: Date.now,
});

const needsOf = (operation: string, input: Record<string, unknown>) => needed(operations[operation], input);

test('a right is that of the operation, on the alarms or the dashboard that it names', () => {
  expect(needsOf('PutMetricData', { Namespace: 'Parcels' })).toEqual([
    { action: 'cloudwatch:PutMetricData', resource: '*' },
  ]);
  expect(needsOf('DeleteAlarms', { AlarmNames: ['one', 'other'] })).toEqual([
    { action: 'cloudwatch:DeleteAlarms', resource: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:one' },
    { action: 'cloudwatch:DeleteAlarms', resource: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:other' },
  ]);
  expect(needsOf('DescribeAlarms', {})).toEqual([
    { action: 'cloudwatch:DescribeAlarms', resource: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:*' },
  ]);
  expect(needsOf('DeleteDashboards', { DashboardNames: ['one', 'other'] })).toEqual([
    { action: 'cloudwatch:DeleteDashboards', resource: 'arn:aws:cloudwatch::123456789012:dashboard/one' },
    { action: 'cloudwatch:DeleteDashboards', resource: 'arn:aws:cloudwatch::123456789012:dashboard/other' },
  ]);
  expect(needsOf('GetDashboard', { DashboardName: 'board' })).toEqual([
    { action: 'cloudwatch:GetDashboard', resource: 'arn:aws:cloudwatch::123456789012:dashboard/board' },
  ]);
});

test('rights of a malformed call are asked for like any other', () => {
  for (const [name, operation] of Object.entries(operations))
    for (const input of [
      {},
      { AlarmNames: 7 },
      { AlarmNames: [null, {}] },
      { AlarmName: [] },
      { DashboardName: {} },
    ])
      expect(needed(operation, input), name).toEqual(
        expect.arrayContaining([expect.objectContaining({ action: `cloudwatch:${name}` })]),
      );
});
