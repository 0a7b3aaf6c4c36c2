import { expect, test } from 'vitest';
import { connect, type SourceEvents } from '../../../console/state/connection.ts';

/** A page whose frames, timers and sources come when the test says so. */
function page() {
  const opened: { after: string | undefined; events: SourceEvents; isClosed: boolean }[] = [];
  const frames: (() => void)[] = [];
  const waits: { task: () => void; ms: number; isOff: boolean }[] = [];
  let changes = 0;
  const connection = connect({
    open(after, events) {
      const source = { after, events, isClosed: false };
      opened.push(source);
      return {
        close() {
          source.isClosed = true;
        },
      };
    },
    atNextFrame: (task) => void frames.push(task),
    later(task, ms) {
      const wait = { task, ms, isOff: false };
      waits.push(wait);
      return () => {
        wait.isOff = true;
      };
    },
    onChange() {
      changes += 1;
    },
  });
  const last = () => opened.at(-1)?.events;
  return {
    connection,
    opened,
    waits,
    changes: () => changes,
    open: () => last()?.onOpen(),
    lose: (isOver: boolean) => last()?.onError(isOver),
    tell(...numbers: number[]) {
      const facts = numbers.map((seq) => ({ seq, time: '', kind: 'queue.deleted' }));
      last()?.onFacts(JSON.stringify({ facts, next: `run.${numbers.at(-1)}`, hasMore: false }));
    },
    frame() {
      for (const task of frames.splice(0)) task();
    },
    wait() {
      for (const { task, isOff } of waits.splice(0)) if (!isOff) task();
    },
  };
}
const numbers = ({ connection }: ReturnType<typeof page>) =>
  connection.store().groups.queues.facts.map(({ seq }) => seq);

test('batches that come between two frames are one change', () => {
  const it = page();
  it.open();
  const before = it.changes();
  it.tell(1);
  it.tell(2, 3);
  expect(it.changes()).toBe(before);
  it.frame();
  expect([numbers(it), it.changes()]).toEqual([[1, 2, 3], before + 1]);
});

test('a stream that tries again by itself is left to do so, and the page says that it is lost meanwhile', () => {
  const it = page();
  it.open();
  it.lose(false);
  expect([it.connection.state(), it.opened.length, it.waits.length]).toEqual(['lost', 1, 0]);
  it.open();
  expect(it.connection.state()).toBe('open');
});

test('a stream that is over is opened again from the last fact that came, drawn or not', () => {
  const it = page();
  it.open();
  it.tell(7);
  it.lose(true);
  it.wait();
  expect(it.opened.map(({ after, isClosed }) => [after, isClosed])).toEqual([
    [undefined, true],
    ['run.7', false],
  ]);
});

test('it waits longer each time, and no longer than five seconds, until it is open again', () => {
  const it = page();
  const waited: number[] = [];
  for (let time = 0; time < 6; time += 1) {
    it.lose(true);
    waited.push(it.waits[0]?.ms ?? 0);
    it.wait();
  }
  expect(waited).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  it.open();
  it.lose(true);
  expect(it.waits[0]?.ms).toBe(500);
});

test('a page that is closed opens nothing more', () => {
  const it = page();
  it.lose(true);
  it.connection.close();
  it.wait();
  expect(it.opened).toHaveLength(1);
});
