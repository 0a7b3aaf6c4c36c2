import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from './project.ts';

let remove = () => {};
let system: RunningSystem;
beforeAll(async () => {
  system = await startSystem({ clock: 'manual' }, (undo) => {
    remove = undo;
  });
});
afterAll(async () => {
  await system?.loop.stop();
  remove();
});
beforeEach(() => system.loop.reset());

const kinds = () => system.loop.facts.soFar().map(({ kind }) => kind);
const tries = () => kinds().filter((kind) => kind === 'invocation.ended').length;

describe('a clock that a test moves', () => {
  test('stands still until then: a failed event is tried again after one minute and after two', async () => {
    const { loop, receive } = system;
    await loop.invoke('Writer', { fails: true }, { async: true });
    await loop.facts.waitFor((fact) => fact.kind === 'invocation.retry');
    await loop.clock.advance(59_000);
    expect(tries()).toBe(1);
    await loop.clock.advance(1_000);
    expect(tries()).toBe(2);
    await loop.clock.advance(119_000);
    expect(tries()).toBe(2);
    expect(await receive()).toEqual([]);
    await loop.clock.advance(1_000);
    expect(tries()).toBe(3);
    const [record = '{}'] = await receive();
    expect(JSON.parse(record)).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      responsePayload: { errorType: 'TypeError', errorMessage: 'as it was told' },
    });
  });

  test('lets all of an hour happen in one go, in its order', async () => {
    const { loop, publish, depth } = system;
    await publish({ fails: true });
    await loop.clock.advance(3_600_000);
    expect(tries()).toBe(3);
    expect(await depth()).toBe(1);
    const order = kinds().filter((kind) => /^(invocation\.(retry|dropped)|destination\.sent)$/.test(kind));
    expect(order).toEqual(['invocation.retry', 'invocation.retry', 'invocation.dropped', 'destination.sent']);
  });

  test('makes a received message visible again when its time is over', async () => {
    const { loop, send, receive } = system;
    await send('once more');
    expect(await receive()).toEqual(['once more']);
    await loop.clock.advance(29_999);
    expect(await receive()).toEqual([]);
    await loop.clock.advance(1);
    expect(await receive()).toEqual(['once more']);
  });

  test('drops messages when they have been kept for as long as their queue keeps any', async () => {
    const { loop, send, depth } = system;
    await send('to be forgotten');
    await loop.clock.advance(7_200_000 - 1);
    expect(await depth()).toBe(1);
    await loop.clock.advance(1);
    expect(await depth()).toBe(0);
  });

  test('deletes items that expire meanwhile, and no others', async () => {
    const { loop, put, has } = system;
    const inSeconds = (seconds: number) => Math.floor(loop.clock.now() / 1_000) + seconds;
    await put('soon', inSeconds(60));
    await put('later', inSeconds(7_200));
    await loop.clock.advance(120_000);
    expect([await has('soon'), await has('later')]).toEqual([false, true]);
    await loop.clock.advance(7_200_000);
    expect(await has('later')).toBe(false);
  });

  test('has alarms judged', async () => {
    const { loop, settings } = system;
    await loop.invoke('Writer', { fails: true });
    await loop.clock.advance(120_000);
    const changes = loop.facts
      .soFar()
      .flatMap((fact) => (fact.kind === 'alarm.changed' ? [fact.newState] : []));
    expect(changes).toContain('ALARM');
    await loop.reset();
    const { MetricAlarms } = await new CloudWatchClient(settings).send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms).toMatchObject([{ StateValue: 'INSUFFICIENT_DATA' }]);
  });

  test('goes ahead of the time of day by what it was moved, and never back', async () => {
    const { clock } = system.loop;
    const before = clock.now() - Date.now();
    await Promise.all([clock.advance(1_000), clock.advance(2_000)]);
    expect(Math.abs(clock.now() - Date.now() - before - 3_000)).toBeLessThan(500);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.advance(Number.NaN)).toThrow('found NaN');
  });
});
