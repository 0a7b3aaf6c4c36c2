import { expect, test } from 'vitest';
import { list, map, structure, text } from '../../../src/aws/members.ts';
import { fromBody, toBody } from '../../../src/aws/rest-members.ts';

const BOX = structure({ Name: text(), Tags: map(text(), { name: 'tags' }) });
const DEPOT = structure({
  Boxes: list(BOX, { name: 'boxes' }),
  ByName: map(BOX),
  Id: text({ at: 'path' }),
});

test('members have their names of the wire at any depth of a body', () => {
  const box = { Name: 'a', Tags: { Tags: 'kept' } };
  const onWire = { Name: 'a', tags: { Tags: 'kept' } };
  const written = toBody(DEPOT, { Boxes: [box], ByName: { Tags: box }, Id: '1' });
  expect(written).toEqual({ boxes: [onWire], ByName: { Tags: onWire } });
  expect(fromBody(DEPOT, written)).toEqual({ Boxes: [box], ByName: { Tags: box } });
  expect(fromBody(DEPOT, { boxes: 'no list', ByName: [7] })).toEqual({ Boxes: 'no list', ByName: [7] });
});
