import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { onlyInMatrix, sampleOf } from 'serverless-loop/tests';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const PATIENCE_MS = 90_000;

/** The text of a start on a terminal of so many columns until it is ready, without colours. */
async function startShown(columns: number, ...flags: string[]): Promise<string> {
  const args = [
    'packages/serverless-loop/bin/serverless-loop.mjs',
    'start',
    '--port',
    '0',
    '--no-watch',
    ...flags,
  ];
  const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: '1', COLUMNS: String(columns) };
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const signal = AbortSignal.timeout(PATIENCE_MS);
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    shown += chunk.replaceAll(/.\[\d+m/g, '');
  });
  try {
    while (!/Ready in .*\n\n.*\n\n/s.test(shown)) await once(child.stdout, 'data', { signal });
    return shown;
  } finally {
    child.kill('SIGINT');
    await ended;
  }
}

/** As `startShown`, once for a terminal of each width. */
const startsShown = new Map<number, Promise<string>>();
function shownAt(columns: number): Promise<string> {
  const shown = startsShown.get(columns) ?? startShown(columns);
  startsShown.set(columns, shown);
  return shown;
}

test.each(sampleOf([40, 80, 200], 1))(
  'a start fits a terminal of %i columns and a screen',
  async (columns) => {
    const shown = await shownAt(columns);
    const rows = shown.split('\n');
    // An address that is broken in two is none.
    const broken = rows.filter((row) => !row.includes('#token='));
    expect(Math.max(...broken.map((row) => row.length))).toBeLessThanOrEqual(columns);
    expect(rows.length).toBeLessThanOrEqual(columns === 40 ? 48 : 24);
  },
);

test('a start names the commands of this project, and not each resource', async () => {
  const words = (await shownAt(40)).replaceAll(/(?:\\?\s)+/g, ' ');
  expect(words).toMatch(/ emulated \d+ functions, 1 table, 1 event bus, \d+ rules?, \d+ queues, /);
  expect(words).toContain('# places an order npm run invoke -- OrderCreatorFunction -e events/order.json #');
  expect(words).toContain('npm run order -- ORDER-ID');
  expect(words).not.toContain('OrderCreatorRole');
});

onlyInMatrix(() => {
  test('on a wide terminal it says so in lines', async () => {
    const shown = await shownAt(200);
    expect(shown).toMatch(/emulated {6}\d+ functions, 1 table, 1 event bus, \d+ rules?, \d+ queues, /);
    expect(shown).toMatch(/npm run invoke -- OrderCreatorFunction -e events\/order\.json +# places an order/);
    expect(shown).toMatch(/npm run order -- ORDER-ID/);
  });
});

onlyInMatrix(() => {
  test('a start names each resource when asked', async () => {
    expect(await startShown(200, '--resources')).toMatch(/OrderCreatorRole +AWS::IAM::Role +emulated/);
  });
});
