// Compares what a store could stand on: sorted maps in memory (with a log for a folder) and Node's SQLite (in WAL mode).
//
//   node --expose-gc packages/serverless-loop/bench/dynamodb/stores.ts
//
// All in one run, each as a ratio to the first of its kind, because the machine's own speed says nothing.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderStore } from '../../src/services/dynamodb/engine/storage/folder-store.ts';
import { memoryStore } from '../../src/services/dynamodb/engine/storage/memory-store.ts';
import { hashPrefix, partitionHash } from '../../src/services/dynamodb/engine/storage/partition-hash.ts';
import type { Store } from '../../src/services/dynamodb/engine/storage/store.ts';
import { sqliteStore } from './sqlite-store.ts';

const ITEMS = 10_000;
const ROUNDS = 5;
const PAGE = 100;

/** An order's size, as the application keeps it. */
const itemOf = (n: number) => ({
  orderId: { S: `order-${n}` },
  status: { S: n % 2 === 0 ? 'NEW' : 'PROCESSED' },
  customer: { M: { name: { S: `Customer ${n}` }, email: { S: `customer-${n}@example.com` } } },
  items: { L: [1, 2, 3].map((at) => ({ M: { sku: { S: `sku-${n}-${at}` }, quantity: { N: String(at) } } })) },
  createdAt: { S: new Date(1_700_000_000_000 + n).toISOString() },
});

/** A hundred items a partition. */
function keyOf(n: number): string {
  const partition = `p${Math.floor(n / PAGE)}`;
  return `${hashPrefix(partitionHash(partition))}${partition}\0\0${String(n).padStart(8, '0')}`;
}

interface Times {
  puts: number;
  gets: number;
  updates: number;
  queries: number;
}

function measure(open: () => Store): Times & { kilobytesAnItem: number } {
  const before = memoryKb();
  const store = open();
  const items = store.map('items', (json) => json);
  const timed = (count: number, act: (n: number) => void): number => {
    const startedAt = process.hrtime.bigint();
    for (let n = 0; n < count; n += 1) act(n);
    return Number(process.hrtime.bigint() - startedAt) / 1000 / count;
  };
  const puts = timed(ITEMS, (n) =>
    store.commit([items.put(keyOf(n), JSON.parse(JSON.stringify(itemOf(n))))]),
  );
  const kilobytesAnItem = (memoryKb() - before) / ITEMS;
  const gets = timed(ITEMS, (n) => items.get(keyOf((n * 7919) % ITEMS)));
  const updates = timed(ITEMS, (n) => {
    const key = keyOf((n * 7919) % ITEMS);
    const item = items.get(key);
    store.commit([items.put(key, Object.assign({}, item, { status: { S: 'PROCESSED' } }))]);
  });
  const queries = timed(ITEMS / PAGE, (n) => {
    const from = keyOf(n * PAGE);
    let size = 0;
    for (const [, item] of items.entries({ from, to: `${from.slice(0, -8)}\xff` })) size += item ? 1 : 0;
    if (size !== PAGE) throw new Error(`A query found ${size} items`);
  });
  void store.close();
  return { puts, gets, updates, queries, kilobytesAnItem };
}

function memoryKb(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 1024;
}

const folder = mkdtempSync(path.join(tmpdir(), 'stores-'));
let opened = 0;
const newPlace = () => {
  opened += 1;
  return path.join(folder, String(opened));
};
const kinds = {
  'in memory': {
    'sorted maps': () => memoryStore(),
    'node:sqlite': () => sqliteStore(':memory:'),
  },
  'in a folder': {
    'sorted maps and a log': () => folderStore(newPlace()),
    'node:sqlite, WAL': () => sqliteStore(`${newPlace()}.sqlite`),
  },
};

const median = (numbers: number[]): number =>
  numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

for (const [kind, stores] of Object.entries(kinds)) {
  const rounds = new Map<string, ReturnType<typeof measure>[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, open] of Object.entries(stores)) {
      rounds.set(name, [...(rounds.get(name) ?? []), measure(open)]);
    }
  }
  const [first] = rounds.values();
  console.log(`\n${kind}: microseconds, and how often the first's`);
  for (const [name, measured] of rounds) {
    const cells = (['puts', 'gets', 'updates', 'queries', 'kilobytesAnItem'] as const).map((what) => {
      const value = median(measured.map((times) => times[what]));
      const reference = median((first ?? []).map((times) => times[what]));
      return `${what} ${value.toFixed(1)} (${(value / reference).toFixed(1)})`;
    });
    console.log(`  ${name.padEnd(24)}${cells.join('  ')}`);
  }
}
rmSync(folder, { recursive: true, force: true });
