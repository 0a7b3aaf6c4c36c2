import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startClock } from '../../../src/clock.ts';
import { startEngine } from '../../../src/services/dynamodb/engine/start-engine.ts';
import { runsOf } from '../../matrix.ts';
import { place } from './running-dynamodb.ts';

/** Of a run; `DYNAMODB_KILLS=100` for more. */
const KILLS = Number(process.env.DYNAMODB_KILLS ?? runsOf(15, 15));
const LONGEST_LIFE_MS = 400;

test('a process that is killed at any moment leaves what it acknowledged, and nothing half', {
  timeout: KILLS * 20_000,
}, async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'crash-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  let last = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const told = await writeUntilKilled(dataDir, last);
    const kept = await countsIn(dataDir);
    const highest = Math.max(0, ...[...kept].filter(([id]) => id.startsWith('single')).map(([, n]) => n));
    expect(highest).toBeGreaterThanOrEqual(told.single);
    expect(kept.get('left') ?? 0).toBeGreaterThanOrEqual(told.transaction);
    expect(kept.get('right')).toBe(kept.get('left'));
    last = highest;
  }
  expect(last).toBeGreaterThan(0);
});

/** The writes that the writer told of; one of each more may have been. */
async function writeUntilKilled(dataDir: string, from: number) {
  const writer = path.join(import.meta.dirname, 'fixtures/writer.ts');
  const child = spawn(process.execPath, [writer, dataDir, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (text) => {
    told += text;
  });
  await once(child.stdout, 'data');
  setTimeout(() => child.kill('SIGKILL'), Math.random() * LONGEST_LIFE_MS);
  await once(child, 'close');
  const lastOf = (kind: string) =>
    Number([...told.matchAll(new RegExp(`^${kind} (\\d+)\\n`, 'gm'))].at(-1)?.[1] ?? 0);
  return { single: lastOf('n'), transaction: lastOf('t') };
}

async function countsIn(dataDir: string): Promise<Map<string, number>> {
  const engine = startEngine({ clock: startClock(), place, dataDir });
  const items = [...(engine.findTable('counts')?.items.entries() ?? [])].map(([, item]) => item);
  await engine.stop();
  const text = (item: (typeof items)[number], name: string) => Object.values(item[name] ?? {}).join();
  return new Map(items.map((item) => [text(item, 'id'), Number(text(item, 'n'))]));
}
