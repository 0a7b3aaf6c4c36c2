import { expect, onTestFinished, test } from 'vitest';
import { movableClock } from '../../../src/loop/movable-clock.ts';
import { testClocks } from '../../../src/loop/test-clock.ts';

const NOTHING = { settled: async () => {}, factCount: () => 0 };

test('a clock that stands still runs what is due at once, and nothing else', async () => {
  const clock = movableClock(0);
  onTestFinished(clock.stop);
  const ran: string[] = [];
  clock.after(1, () => ran.push('in a millisecond'));
  await new Promise<void>((resolve) => clock.after(0, resolve));
  expect(ran).toEqual([]);
  expect(clock.nextInMs()).toBe(1);
});

test('a running clock runs tasks by its pace, and earlier when it is moved', async () => {
  const clock = movableClock(1_000);
  onTestFinished(clock.stop);
  await new Promise<void>((resolve) => clock.after(100, resolve));
  const moved = new Promise<void>((resolve) => clock.after(86_400_000, resolve));
  clock.move(86_400_000);
  await moved;
});

test('what is cancelled, or waits when the clock is stopped, never runs', async () => {
  const { clock, wallClock, forTest } = testClocks('manual', 1);
  const ran: string[] = [];
  clock.after(10, () => ran.push('cancelled')).cancel();
  wallClock.after(10, () => ran.push('of the stopped clock'));
  wallClock.stop();
  await forTest(NOTHING).advance(1_000);
  expect(ran).toEqual([]);
});

test('tasks of both clocks run in the order in which they are due, those that others set going, too', async () => {
  const { clock, wallClock, forTest } = testClocks('manual', 1_000);
  const ran: string[] = [];
  wallClock.after(200, () => ran.push('the day’s at 200'));
  clock.after(100, () => {
    ran.push('at 100');
    clock.after(50, () => ran.push('at 150'));
    clock.after(500, () => ran.push('at 600'));
  });
  clock.after(300, () => ran.push('at 300'));
  await forTest(NOTHING).advance(400);
  expect(ran).toEqual(['at 100', 'at 150', 'the day’s at 200', 'at 300']);
});

test('a task is followed by what it set going before time goes on', async () => {
  const { clock, forTest } = testClocks('manual', 1);
  const ran: string[] = [];
  let work = Promise.resolve();
  clock.after(10, () => {
    work = new Promise((resolve) => setTimeout(resolve, 5)).then(() => void ran.push('its work'));
  });
  clock.after(20, () => ran.push('the next'));
  await forTest({ ...NOTHING, settled: () => work }).advance(20);
  expect(ran).toEqual(['its work', 'the next']);
});

test('the day may stand still at a moment of the test’s own', async () => {
  const { wallClock, forTest } = testClocks({ day: new Date('2026-01-01T00:00:30Z') }, 1);
  await forTest(NOTHING).advance(60_000);
  expect(new Date(wallClock.now()).toISOString()).toBe('2026-01-01T00:01:30.000Z');
});

test('a task that is due may cancel another that is due with it', async () => {
  const clock = movableClock(0);
  onTestFinished(clock.stop);
  const ran: string[] = [];
  clock.after(10, () => {
    ran.push('first');
    other.cancel();
  });
  const other = clock.after(10, () => ran.push('other'));
  const last = new Promise<void>((resolve) => clock.after(20, resolve));
  clock.move(20);
  await last;
  expect(ran).toEqual(['first']);
});

test('another speed holds from now on: what waits is met by it, and what has gone stays', async () => {
  const clock = movableClock(0);
  onTestFinished(clock.stop);
  clock.move(100);
  const met = new Promise<void>((resolve) => clock.after(1_000_000, resolve));
  clock.setSpeed(10_000_000);
  await met;
  clock.setSpeed(0);
  expect(clock.elapsedMs()).toBeGreaterThanOrEqual(1_000_100);
});

test('its day goes back to the time that it is made for, and nothing else does', () => {
  const clock = movableClock(0, () => 5);
  onTestFinished(clock.stop);
  clock.move(100);
  expect([clock.now(), clock.aheadMs()]).toEqual([105, 100]);
  clock.resetDay();
  expect([clock.now(), clock.aheadMs(), clock.elapsedMs()]).toEqual([5, 0, 100]);
});
