import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../src/facts.ts';
import { faultBook } from '../../../src/faults/fault-book.ts';

const bookWith = (random = () => 0) => {
  const facts: Fact[] = [];
  return { facts, book: faultBook({ report: (fact) => facts.push(fact), random }) };
};
const hitsOf = (book: ReturnType<typeof faultBook>, calls: number) =>
  Array.from({ length: calls }, () => book.hit(() => true) !== undefined);

describe('a fault', () => {
  test('hits each call that it fits, unless it says which', () => {
    const { book } = bookWith();
    book.add({ action: 'api-drop' });
    expect(hitsOf(book, 3)).toEqual([true, true, true]);
  });

  test('with nth hits that call alone, and is over then', () => {
    const { book } = bookWith();
    book.add({ action: 'api-drop', nth: 3 });
    expect(hitsOf(book, 5)).toEqual([false, false, true, false, false]);
    expect(book.isOn).toBe(false);
  });

  test('with count hits so many, and is over then', () => {
    const { book } = bookWith();
    book.add({ action: 'api-drop', count: 2 });
    expect(hitsOf(book, 4)).toEqual([true, true, false, false]);
    expect(book.list()).toMatchObject([{ met: 2, hits: 2, isOver: true }]);
  });

  test('with percentage hits by chance', () => {
    const chances = [0.1, 0.3, 0.19, 0.2];
    const { book } = bookWith(() => chances.shift() ?? 1);
    book.add({ action: 'api-drop', percentage: 20 });
    expect(hitsOf(book, 4)).toEqual([true, false, true, false]);
  });

  test('that was set is told of, and undone by its id, or with all others', () => {
    const { book, facts } = bookWith();
    const { id } = book.add({ action: 'api-drop', service: 'sqs' });
    book.add({ action: 'api-drop' });
    expect(book.remove(id)).toBe(1);
    expect(book.isOn).toBe(true);
    expect(book.remove()).toBe(1);
    expect(book.isOn).toBe(false);
    expect(book.list()).toEqual([]);
    expect(facts.map(({ kind }) => kind)).toEqual([
      'fault.set',
      'fault.set',
      'fault.removed',
      'fault.removed',
    ]);
  });
});

/** The names of AWS FIS (FIS user guide, "AWS FIS Actions reference"). */
test.each([
  ['aws:fis:inject-api-internal-error', 'api-internal-error'],
  ['aws:fis:inject-api-throttle-error', 'api-throttle-error'],
  ['aws:fis:inject-api-unavailable-error', 'api-unavailable-error'],
  ['aws:lambda:invocation-error', 'invocation-error'],
])('%s is %s', (name, action) => {
  expect(bookWith().book.add({ action: name }).fault).toEqual({ action });
});

test('the delay of FIS is a delay here', () => {
  const { fault } = bookWith().book.add({ action: 'aws:lambda:invocation-add-delay', delayMs: 5 });
  expect(fault).toEqual({ action: 'invocation-add-delay', delayMs: 5 });
});

test.each([
  [{}, /action/],
  [{ action: 'explode' }, /action/],
  [{ action: 'api-delay' }, /api-delay needs delayMs/],
  [{ action: 'api-drop', operations: 'PutItem' }, /a fault has no "operations"/],
  [{ action: 'api-drop', nth: 0 }, /nth/],
  [{ action: 'api-drop', percentage: 101 }, /percentage/],
  [{ action: 'api-drop', nth: 1, count: 1 }, /nth is one call/],
  [{ action: 'invocation-error', service: 'sqs' }, /name the function/],
])('%j is no fault', (given, message) => {
  expect(() => bookWith().book.add(given)).toThrow(message);
});

test('a fault is described by what it does to which', () => {
  const { book } = bookWith();
  const { description } = book.add({
    action: 'api-throttle-error',
    service: 'dynamodb',
    operation: 'PutItem',
    function: 'Packer',
    resource: 'Boxes',
    percentage: 20,
    count: 5,
  });
  expect(description).toBe(
    'api-throttle-error: calls of dynamodb PutItem on Boxes by Packer (20 %, 5 in all)',
  );
  expect(book.add({ action: 'invocation-error' }).description).toBe(
    'invocation-error: invocations of every function',
  );
});
