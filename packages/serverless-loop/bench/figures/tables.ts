import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { TableOperation } from '../client/job.ts';
import { benchItem, fillPages, PAGE_ITEMS } from '../client/table-calls.ts';
import { type Figure, type FigureOptions, type Result, scaled } from '../figure.ts';
import { median } from '../statistics.ts';
import { createTable, startDynalite } from '../subjects/dynalite-process.ts';
import { type MeasuredLoop, startMeasuredLoop } from '../subjects/measured-loop.ts';

const AT_ONCE = 16;
const ROUNDS = 5;
const CALLS = 2_000;
const KEPT = 20_000;
const PAGES = { tableName: 'bench-pages', keyName: 'page', sortKeyName: 'at' };
const OPERATIONS: TableOperation[] = ['PutItem', 'GetItem', 'UpdateItem', 'Query'];
const CLIENTS = [
  { kind: 'socket table', what: 'by plain sockets' },
  { kind: 'sdk table', what: 'by one SDK client' },
] as const;

export const tables: Figure = {
  name: 'tables',
  title: `calls of the loop's DynamoDB a second with ${AT_ONCE} at once, and what an item costs that is kept`,
  target: "by plain sockets at least 1.5 of dynalite's; an item at most 4.4 KB",
  async run(options) {
    const loop = await startMeasuredLoop(options);
    const dynalite = await startDynalite(loop.table, options);
    for (const endpoint of [loop.table.endpoint, dynalite]) {
      await createTable(endpoint, PAGES);
      await fillPages({ ...PAGES, endpoint });
    }
    const results: Result[] = [];
    await options.profiled(async () => {
      for (const operation of OPERATIONS)
        for (const client of CLIENTS)
          results.push(await compared(operation, client, loop, dynalite, options));
    });
    return [...results, await keptItem(loop, options)];
  },
};

async function compared(
  operation: TableOperation,
  { kind, what }: (typeof CLIENTS)[number],
  { client, table }: MeasuredLoop,
  dynalite: string,
  options: FigureOptions,
): Promise<Result> {
  const count = scaled(options, operation === 'Query' ? CALLS / 4 : CALLS, 100);
  const { tableName, keyName } = operation === 'Query' ? PAGES : table;
  const callsPerSecond = async (endpoint: string) => {
    const job = { kind, operation, tableName, keyName, endpoint, count, atOnce: AT_ONCE } as const;
    return (1000 * count) / (await client.run(job)).elapsedMs;
  };
  const endpoints = { loop: table.endpoint, dynalite };
  await callsPerSecond(endpoints.loop);
  await callsPerSecond(endpoints.dynalite);
  const rates: Record<keyof typeof endpoints, number[]> = { loop: [], dynalite: [] };
  for (let round = 1; round <= ROUNDS; round++) {
    rates.loop.push(await callsPerSecond(endpoints.loop));
    rates.dynalite.push(await callsPerSecond(endpoints.dynalite));
  }
  options.say(
    `${operation} ${what}: ${rates.loop.map(Math.round).join(', ')}; dynalite ${rates.dynalite.map(Math.round).join(', ')} a second`,
  );
  return {
    what: `${operation}${operation === 'Query' ? ` of ${PAGE_ITEMS}` : ''}, ${what}`,
    unit: 'calls/s',
    measured: { median: median(rates.loop) },
    reference: { what: 'dynalite', median: median(rates.dynalite) },
    // An SDK client does more for a call than either of the two, and so decides the rate itself.
    limits: kind === 'socket table' ? [{ of: 'ratio', atLeast: 1.5 }] : [],
  };
}

/** Heap that each new item takes, in the process that the loop runs in, against the bytes of its JSON. */
async function keptItem({ client, table }: MeasuredLoop, options: FigureOptions): Promise<Result> {
  const count = scaled(options, KEPT, 2_000);
  const job = { kind: 'socket table', operation: 'PutItem', ...table, atOnce: AT_ONCE } as const;
  const before = heapKb();
  await client.run({ ...job, count });
  return {
    what: 'an item kept',
    unit: 'KB',
    measured: { median: (heapKb() - before) / count },
    reference: {
      what: 'its JSON',
      median: Buffer.byteLength(JSON.stringify(benchItem(table.keyName, 0))) / 1024,
    },
    limits: [{ of: 'median', atMost: 4.4 }],
  };
}

/** The process's heap after a collection. */
function heapKb(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  return process.memoryUsage().heapUsed / 1024;
}
