import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fits, parseFilter } from '../../../console/state/filter.ts';
import { anyText } from '../../any-text.ts';

const row = {
  kind: 'event.published',
  source: 'com.shop',
  detailType: 'Order Created',
  targetArn: 'arn:aws:sqs:eu-west-1:000000000000:kept',
  detail: { total: 5, lines: [{ sku: 'a-1' }] },
};

test.each([
  ['', true],
  ['shop', true],
  ['SHOP', true],
  ['shop created', true],
  ['shop nothing', false],
  ['-nothing', true],
  ['-shop', false],
  ['source:shop', true],
  ['source:created', false],
  ['-source:created', true],
  ['detail-type:"order created"', true],
  ['detailtype:order', true],
  ['detail.total:5', true],
  ['detail:a-1', true],
  ['"order cre', true],
  ['source:', true],
  ['arn:aws:sqs', true],
  ['arn:aws:sns', false],
])('%j finds the row: %j', (typed, expected) => {
  expect(fits(row, parseFilter(typed))).toBe(expected);
});

describe('whatever is typed', () => {
  test('is a filter', () => {
    fc.assert(fc.property(anyText(), (typed) => typeof fits(row, parseFilter(typed)) === 'boolean'));
  });

  test('and with a minus before its one word finds the other rows', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,4}$/);
    fc.assert(
      fc.property(word, (text) => fits(row, parseFilter(text)) !== fits(row, parseFilter(`-${text}`))),
    );
  });
});
