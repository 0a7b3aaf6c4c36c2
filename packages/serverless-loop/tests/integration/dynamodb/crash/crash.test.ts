import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { runsOf } from '../../../matrix.ts';
import { engineWithTable, TABLE } from '../../../unit/dynamodb/model/engine-under-test.ts';
import { after, changeOf, type State } from './load.ts';

/** More of them by hand: `CRASHES=100 npx vitest run …/crash.test.ts`. */
const CRASHES = Number(process.env.CRASHES ?? runsOf(15, 15));

const dataDir = mkdtempSync(join(tmpdir(), 'serverless-loop-crash-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Writes from the `first` change on until it is killed in the middle; gives the number of the last that it told. */
async function writeUntilKilled(first: number): Promise<number> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), dataDir, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  const ended = new Promise<void>((resolve) => writer.once('close', () => resolve()));
  const started = new Promise<void>((resolve, reject) => {
    writer.stdout.once('data', () => resolve());
    writer.once('close', (code) => reject(new Error(`The writer ended by itself: ${code}`)));
  });
  writer.stdout.on('data', (chunk) => {
    told += chunk;
  });
  await started;
  await delay(Math.random() * 150);
  writer.kill('SIGKILL');
  await ended;
  return Number(told.trimEnd().split('\n').at(-1));
}

/** The items of the table and its index, read by an engine that is started on the folder. */
async function stored(): Promise<{ table: State; index: State }> {
  const engine = engineWithTable(dataDir);
  const read = (index?: string): State => {
    const state = new Map<string, string>();
    let start: unknown;
    do {
      const { Items, LastEvaluatedKey } = engine.operations.Scan({
        TableName: TABLE,
        ...(index !== undefined && { IndexName: index }),
        ...(start !== undefined && { ExclusiveStartKey: start }),
      });
      for (const { pk, sk, n, text } of Array.isArray(Items) ? Items : [])
        state.set(`${pk.S} ${sk.N}`, `${n.N} ${text.S}`);
      start = LastEvaluatedKey;
    } while (start !== undefined);
    return state;
  };
  const states = { table: read(), index: read('byG') };
  await engine.stop();
  return states;
}

const entries = (state: State) => [...state].sort();

test('a process that is killed loses nothing that it told, and leaves nothing half', {
  timeout: 30_000 + CRASHES * 20_000,
}, async () => {
  let state: State = new Map();
  let next = 1;
  for (let crash = 0; crash < CRASHES; crash += 1) {
    const told = await writeUntilKilled(next);
    for (; next <= told; next += 1) state = after(state, changeOf(next));
    const { table, index } = await stored();
    const untold = after(state, changeOf(next));
    const isUntoldThere = JSON.stringify(entries(table)) === JSON.stringify(entries(untold));
    if (isUntoldThere) {
      state = untold;
      next += 1;
    }
    expect(entries(table)).toEqual(entries(state));
    expect(entries(index)).toEqual(entries(state));
  }
  expect(next).toBeGreaterThan(CRASHES);
});
