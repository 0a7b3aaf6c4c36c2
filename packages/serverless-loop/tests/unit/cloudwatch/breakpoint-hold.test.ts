import { expect, it, onTestFinished } from 'vitest';
import type { Fact } from '../../../src/facts.ts';
import { startCloudWatch } from '../../../src/services/cloudwatch/cloudwatch.ts';
import { manualClock } from '../../manual-clock.ts';
import { metricAlarm } from './test-alarm.ts';

const MINUTE_MS = 60_000;

/** CloudWatch with an alarm on any error of `packer`, judged each minute. */
async function watched() {
  const clock = manualClock();
  const facts: Fact[] = [];
  const metric = {
    namespace: 'AWS/Lambda',
    name: 'Errors',
    dimensions: [{ name: 'FunctionName', value: 'packer' }],
  };
  const cloudwatch = startCloudWatch({
    place: { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' },
    clock,
    report: (fact) => facts.push(fact),
    alarms: [metricAlarm({ watched: { source: { metric, stat: 'Sum', periodSeconds: 60 } } })],
    dashboards: [],
    queueDepths: () => [],
    receiverOf: () => undefined,
  });
  // The judging code is loaded when it is first needed: here that is before.
  await cloudwatch.service.load();
  cloudwatch.begin();
  onTestFinished(cloudwatch.stop);
  const fail = () =>
    cloudwatch.observe({
      kind: 'invocation.ended',
      functionName: 'packer',
      executedVersion: '$LATEST',
      requestId: 'req',
      attempt: 1,
      outcome: 'error',
      durationMs: 0,
    });
  const rung = () =>
    facts.filter((fact) => fact.kind === 'alarm.changed' && fact.newState === 'ALARM').length;
  const held = () => facts.filter((fact) => fact.kind === 'alarms.held');
  return { clock, cloudwatch, fail, rung, held };
}

it('an alarm rings for what happens while no function stands at a breakpoint', async () => {
  const { clock, fail, rung, held } = await watched();
  fail();
  await clock.advance(MINUTE_MS);
  expect([rung(), held()]).toEqual([1, []]);
});

it.each(['debugger.resumed', 'debugger.detached'] as const)(
  'alarms hold still while one does, say so once, and are judged again a minute after %s',
  async (kind) => {
    const { clock, cloudwatch, fail, rung, held } = await watched();
    cloudwatch.observe({ kind: 'debugger.paused', functionName: 'packer' });
    for (let minute = 0; minute < 3; minute += 1) {
      fail();
      await clock.advance(MINUTE_MS);
    }
    expect(rung()).toBe(0);
    expect(held()).toEqual([{ kind: 'alarms.held', functionName: 'packer' }]);

    cloudwatch.observe({ kind, functionName: 'packer' });
    await clock.advance(2 * MINUTE_MS);
    fail();
    await clock.advance(MINUTE_MS);
    expect(rung()).toBe(1);
    expect(held()).toHaveLength(1);
  },
);
