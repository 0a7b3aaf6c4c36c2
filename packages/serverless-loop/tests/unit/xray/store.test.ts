import { describe, expect, it } from 'vitest';
import { traceStore } from '../../../src/services/xray/store.ts';

const DOCUMENT = 'x'.repeat(872);

function storeOf(maxBytes: number) {
  let told = 0;
  const store = traceStore({
    maxBytes,
    onFull: () => {
      told += 1;
    },
  });
  return { store, told: () => told, ids: () => [...store.all()].map(({ id }) => id) };
}

describe('the store of traces', () => {
  it('keeps the documents of a trace together, in the order they came', () => {
    const { store } = storeOf(10_000);
    store.keep('a', 'one');
    store.keep('b', 'two');
    store.keep('a', Buffer.from('three'));
    expect(store.get('a')?.documents.map(String)).toEqual(['one', 'three']);
    expect(store.get('c')).toBeUndefined();
  });

  it('drops the oldest traces whole when it is full, and says so once', () => {
    const { store, told, ids } = storeOf(4_000);
    for (const id of ['a', 'a', 'b', 'c']) store.keep(id, DOCUMENT);
    expect(told()).toBe(0);
    store.keep('d', DOCUMENT);
    expect(ids()).toEqual(['b', 'c', 'd']);
    store.keep('e', DOCUMENT);
    store.keep('f', DOCUMENT);
    expect(ids()).toEqual(['c', 'd', 'e', 'f']);
    expect(told()).toBe(1);
  });

  it('keeps the trace that grows, be it the oldest', () => {
    const { store, ids } = storeOf(3_000);
    for (const id of ['a', 'b', 'a', 'a']) store.keep(id, DOCUMENT);
    expect(ids()).toEqual(['a']);
    expect(store.get('a')?.documents).toHaveLength(3);
  });

  it('takes no more of a trace that fills it alone', () => {
    const { store, told } = storeOf(2_000);
    for (let count = 0; count < 5; count += 1) store.keep('a', DOCUMENT);
    expect(store.get('a')?.documents).toHaveLength(2);
    expect(told()).toBe(1);
  });
});
