import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Segment, waterfall } from '../../../console/state/waterfall.ts';

const segment = (id: string, start: number, end: number, more: Partial<Segment> = {}): Segment => ({
  id,
  name: id,
  start_time: start,
  end_time: end,
  ...more,
});
const shape = (documents: Segment[]) =>
  waterfall(documents, 0).bars.map(({ id, depth, offsetMs, durationMs }) => [
    id,
    depth,
    offsetMs,
    durationMs,
  ]);

test('each bar lies below that which it lies in, in the order in which they began, whatever the documents’ order', () => {
  const fn = segment('fn', 102, 104, {
    parent_id: 'lambda',
    subsegments: [segment('put', 103, 104), segment('get', 102, 103)],
  });
  expect(
    shape([
      fn,
      segment('later', 106, 107, { parent_id: 'api' }),
      segment('lambda', 101, 105, { parent_id: 'api' }),
      segment('api', 100, 106),
    ]),
  ).toEqual([
    ['api', 0, 0, 6_000],
    ['lambda', 1, 1_000, 4_000],
    ['fn', 2, 2_000, 2_000],
    ['get', 3, 2_000, 1_000],
    ['put', 3, 3_000, 1_000],
    ['later', 1, 6_000, 1_000],
  ]);
});

test('the whole lasts until the end of its last bar', () => {
  const { startedAt, durationMs } = waterfall([segment('a', 100, 101), segment('b', 105, 109)], 0);
  expect([startedAt, durationMs]).toEqual([100_000, 9_000]);
});

test('one whose parent has not come lies in none', () => {
  expect(shape([segment('a', 1, 2, { parent_id: 'nobody' })])).toEqual([['a', 0, 0, 1_000]]);
});

test('one that goes on reaches to now', () => {
  const { id, name, start_time } = segment('a', 100, 0);
  expect(waterfall([{ id, name, start_time }], 103_500).bars).toMatchObject([
    { durationMs: 3_500, isGoingOn: true },
  ]);
});

test('a throttle, a fault and an error are told apart', () => {
  const states = [{ error: true, throttle: true }, { fault: true }, { error: true }, {}].map((more, at) =>
    segment(String(at), at, at + 1, more),
  );
  expect(waterfall(states, 0).bars.map(({ state }) => state)).toEqual(['throttled', 'fault', 'error', 'ok']);
});

test('no documents make no bars', () => {
  expect(waterfall([], 5)).toEqual({ bars: [], startedAt: 5, durationMs: 0 });
});

test('whoever names whom as parent, each bar is drawn once', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const documents = fc.uniqueArray(fc.record({ id: ids, parent: ids, start: fc.nat(5) }), {
    selector: ({ id }) => id,
  });
  fc.assert(
    fc.property(documents, (given) => {
      const segments = given.map(({ id, parent, start }) =>
        segment(id, start, start + 1, { parent_id: parent }),
      );
      const drawn = waterfall(segments, 0).bars.map(({ id }) => id);
      expect(drawn.toSorted()).toEqual(given.map(({ id }) => id).toSorted());
    }),
  );
});
