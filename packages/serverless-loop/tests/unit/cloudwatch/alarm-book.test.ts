import { describe, expect, test } from 'vitest';
import type { AlarmModel, AlarmState } from '../../../src/aws/alarm.ts';
import type { Fact } from '../../../src/facts.ts';
import { AlarmBook } from '../../../src/services/cloudwatch/alarms/alarm-book.ts';
import { MetricStore } from '../../../src/services/cloudwatch/metric-store.ts';
import { compositeAlarm, metric, metricAlarm } from './test-alarm.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 23, 9, 30);

function bookOf(models: AlarmModel[], act: (actionArn: string) => Promise<void> = async () => {}) {
  const store = new MetricStore();
  const facts: Fact[] = [];
  const acted: string[] = [];
  let nowMs = START;
  const book = new AlarmBook({
    store,
    now: () => nowMs,
    report: (fact) => facts.push(fact),
    async act(actionArn, { alarm, oldState }) {
      acted.push(`${alarm.model.name} ${oldState} -> ${alarm.state}: ${actionArn}`);
      await act(actionArn);
    },
  });
  for (const model of models) book.put(model);
  return {
    book,
    facts,
    acted,
    /** The next minute, with so many lost in it. */
    minute(lost?: number) {
      if (lost !== undefined) store.count(metric, nowMs, lost, 'Count');
      nowMs += MINUTE;
      book.evaluate(nowMs);
    },
    states: () =>
      Object.fromEntries(book.list().map(({ model, state }): [string, AlarmState] => [model.name, state])),
  };
}

const withActions = (name: string): AlarmModel =>
  metricAlarm({
    name,
    actions: {
      areEnabled: true,
      on: { OK: ['arn:ok'], ALARM: ['arn:alarm', 'arn:more'], INSUFFICIENT_DATA: [] },
    },
  });

describe('an alarm', () => {
  test('begins without data, and says so', () => {
    const { book } = bookOf([metricAlarm()]);
    expect(book.find('lost')).toMatchObject({
      state: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
    });
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html: an alarm invokes actions for state changes only
  test('acts when its state changes, and only then', async () => {
    const { book, minute, acted, facts } = bookOf([withActions('lost')]);
    minute(1);
    minute(1);
    minute(0);
    await book.acted();
    expect(acted).toEqual([
      'lost INSUFFICIENT_DATA -> ALARM: arn:alarm',
      'lost INSUFFICIENT_DATA -> ALARM: arn:more',
      'lost ALARM -> OK: arn:ok',
    ]);
    expect(facts.map((fact) => fact.kind)).toEqual(['alarm.changed', 'alarm.changed']);
  });

  test('changes its state without acting while its actions are disabled', async () => {
    const model = withActions('lost');
    const { book, minute, acted, states } = bookOf([
      { ...model, actions: { ...model.actions, areEnabled: false } },
    ]);
    minute(1);
    await book.acted();
    expect(states()).toEqual({ lost: 'ALARM' });
    expect(acted).toEqual([]);
  });

  test('tells of an action that fails, and does the next', async () => {
    const { book, minute, facts, acted } = bookOf([withActions('lost')], async (actionArn) => {
      if (actionArn === 'arn:alarm') throw new Error('nobody there');
    });
    minute(1);
    await book.acted();
    expect(acted).toHaveLength(2);
    expect(facts.at(-1)).toEqual({
      kind: 'alarm.actionFailed',
      alarmName: 'lost',
      actionArn: 'arn:alarm',
      reason: 'nobody there',
    });
    expect(book.history.items().map(({ summary }) => summary)).toEqual([
      'Alarm "lost" created',
      'Alarm updated from INSUFFICIENT_DATA to ALARM',
      'Failed to execute action arn:alarm. Received error: "nobody there"',
      'Successfully executed action arn:more',
    ]);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
  test('set by hand keeps its state until the next evaluation', () => {
    const { book, minute, states } = bookOf([metricAlarm()]);
    minute(0);
    const record = book.find('lost');
    if (record) book.setState(record, { state: 'ALARM', reason: 'a drill' });
    expect(states()).toEqual({ lost: 'ALARM' });
    minute(0);
    expect(states()).toEqual({ lost: 'OK' });
  });

  test('given another configuration keeps its state', () => {
    const { book, minute, states } = bookOf([metricAlarm()]);
    minute(1);
    book.put(metricAlarm({ threshold: 5 }));
    expect(states()).toEqual({ lost: 'ALARM' });
    minute(1);
    expect(states()).toEqual({ lost: 'OK' });
  });

  test('with periods of ten seconds is judged at each, others only at whole minutes', () => {
    const source = { metric, stat: 'Sum', periodSeconds: 10 };
    const { book, states } = bookOf([
      metricAlarm({ name: 'quick', watched: { source }, missingData: 'breaching' }),
      metricAlarm({ missingData: 'breaching' }),
    ]);
    book.evaluate(START + 10_000);
    expect(states()).toEqual({ quick: 'ALARM', lost: 'INSUFFICIENT_DATA' });
  });
});

describe('a composite alarm', () => {
  // API reference, "SetAlarmState": it returns to its actual state only once any of its children change theirs.
  test('that was set by hand stays so until one of its children changes', () => {
    const { book, minute, states } = bookOf([metricAlarm(), compositeAlarm('bad', 'ALARM(lost)')]);
    minute(0);
    expect(states()).toEqual({ lost: 'OK', bad: 'OK' });
    const record = book.find('bad');
    if (record) book.setState(record, { state: 'ALARM', reason: 'a drill' });
    minute(0);
    expect(states()).toEqual({ lost: 'OK', bad: 'ALARM' });
    minute(7);
    minute(0);
    expect(states()).toEqual({ lost: 'OK', bad: 'OK' });
  });

  test('follows a child that was set by hand at once', () => {
    const { book, states } = bookOf([metricAlarm(), compositeAlarm('bad', 'ALARM(lost)')]);
    const record = book.find('lost');
    if (record) book.setState(record, { state: 'ALARM', reason: 'a drill' });
    expect(states()).toEqual({ lost: 'ALARM', bad: 'ALARM' });
  });

  test('goes by others, by name and ARN, and by other composites in any order', () => {
    const { minute, states, book } = bookOf([
      compositeAlarm('worst', 'ALARM(bad) AND NOT INSUFFICIENT_DATA(lost)'),
      compositeAlarm('bad', `ALARM("${metricAlarm().arn}")`),
      metricAlarm(),
    ]);
    minute(1);
    expect(states()).toEqual({ worst: 'ALARM', bad: 'ALARM', lost: 'ALARM' });
    expect(book.find('bad')?.reason).toBe(
      'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:bad was created and its alarm rule evaluates to ALARM',
    );
    minute(0);
    expect(states()).toEqual({ worst: 'OK', bad: 'OK', lost: 'OK' });
    expect(book.find('bad')?.reason).toBe(
      'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:lost transitioned to OK at Monday 23 November, 2026 09:32:00 UTC',
    );
  });

  test('that go by each other in a circle come to an end', () => {
    const { minute, book } = bookOf([
      compositeAlarm('one', 'NOT ALARM(other)'),
      compositeAlarm('other', 'ALARM(one)'),
    ]);
    minute();
    expect(book.list().map(({ state }) => state)).not.toContain('INSUFFICIENT_DATA');
  });
});
