import { execFile } from 'node:child_process';
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { bundleCache } from '../../../src/services/lambda/code/bundle-cache.ts';
import { sampleOf } from '../../matrix.ts';
import { answering, bundledFunction, bundlesIn } from './bundled-function.ts';
import { testFolder, testLambda } from './test-lambda.ts';

const run = promisify(execFile);

const isWanted = (settings: string) => settings === 'settings';
const BUNDLE = { inputs: [], files: [{ path: 'handler.js', contents: Buffer.from('exports.a = 1;') }] };

it.each<[string, (cacheDir: string, bundle: string) => void]>([
  ['lacks a file', (cacheDir, bundle) => rmSync(path.join(cacheDir, bundle, 'handler.js'))],
  [
    'has a file of other content',
    (cacheDir, bundle) => writeFileSync(path.join(cacheDir, bundle, 'handler.js'), ''),
  ],
  ['is gone', (cacheDir, bundle) => rmSync(path.join(cacheDir, bundle), { recursive: true })],
  [
    'has a broken manifest',
    (cacheDir, bundle) => writeFileSync(path.join(cacheDir, `${bundle}.json`), '{"settings":'),
  ],
  ['has no manifest', (cacheDir, bundle) => rmSync(path.join(cacheDir, `${bundle}.json`))],
  [
    'has no list of its packages',
    (cacheDir, bundle) => rmSync(path.join(cacheDir, `${bundle}.packages.json`)),
  ],
  [
    'has something else in its place',
    (cacheDir, bundle) => {
      rmSync(path.join(cacheDir, bundle), { recursive: true });
      writeFileSync(path.join(cacheDir, bundle), 'no folder');
    },
  ],
])('a bundle that %s is not found, and can be placed again', (_damage, harm) => {
  const cacheDir = testFolder();
  const cache = bundleCache(cacheDir);
  const stored = cache.store('Packer', 'settings', {}, BUNDLE);
  harm(cacheDir, path.basename(stored.folder));
  expect(cache.find('Packer', isWanted)).toBeUndefined();
  expect(cache.get('Packer', 'settings', {})).toBeUndefined();
  expect(cache.store('Packer', 'settings', {}, BUNDLE)).toEqual(stored);
  expect(cache.find('Packer', isWanted)).toEqual(stored);
  expect(cache.get('Packer', 'settings', {})).toEqual(stored);
});

it('a bundle that another loop has placed is left where it is', () => {
  const cacheDir = testFolder();
  const first = bundleCache(cacheDir).store('Packer', 'settings', {}, BUNDLE);
  const handler = path.join(first.folder, 'handler.js');
  utimesSync(handler, 0, 0);
  const other = bundleCache(cacheDir);
  expect(other.store('Packer', 'settings', {}, BUNDLE)).toEqual(first);
  expect(other.find('Packer', isWanted)).toEqual(first);
  expect(statSync(handler).mtimeMs).toBe(0);
});

it('a bundle goes, with all that is beside it, when newer ones are there and nobody used it for a day', () => {
  const cacheDir = testFolder();
  const cache = bundleCache(cacheDir);
  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
  for (const edition of ['1', '2', '3', '4', '5']) {
    const { folder } = cache.store('Packer', edition, {}, BUNDLE);
    utimesSync(folder, yesterday, yesterday);
  }
  const kept = bundlesIn(cacheDir);
  expect(kept.length).toBe(3);
  expect(cache.find('Packer', (settings) => settings === '5')).toBeDefined();
  expect(readdirSync(cacheDir).filter((name) => !kept.some((bundle) => name.startsWith(bundle)))).toEqual([
    'package.json',
  ]);
});

it('a bundle stays when it was used within a day, however many are newer', () => {
  const cacheDir = testFolder();
  const cache = bundleCache(cacheDir);
  for (const edition of ['1', '2', '3', '4', '5']) cache.store('Packer', edition, {}, BUNDLE);
  expect(bundlesIn(cacheDir).length).toBe(5);
});

it('a bundle that a loop runs stays for as long as it runs, however long ago it was asked for', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const cacheDir = testFolder();
  const [running, other] = [bundleCache(cacheDir), bundleCache(cacheDir)];
  const { folder } = running.store('Packer', 'running', {}, BUNDLE);

  for (let hours = 1; hours <= 72; hours += 1) {
    vi.advanceTimersByTime(60 * 60 * 1000);
    other.store('Packer', `edition ${hours}`, {}, BUNDLE);
  }
  expect(bundlesIn(cacheDir)).toContain(path.basename(folder));

  running.stop();
  vi.advanceTimersByTime(25 * 60 * 60 * 1000);
  other.store('Packer', 'the last edition', {}, BUNDLE);
  expect(bundlesIn(cacheDir)).not.toContain(path.basename(folder));
});

const IN_THIS_PROCESS = 2;

it.each(sampleOf([0, 3], 1))(
  'loops that start at once on an empty cache all answer, %i of them in processes of their own, and leave one whole bundle',
  async (processes) => {
    const codeUri = testFolder({ 'handler.ts': answering('"shared"') });
    const cacheDir = path.join(testFolder(), 'made', 'by', 'the', 'first');
    const script = path.join(import.meta.dirname, 'start-once.ts');
    const answers = await Promise.all([
      ...Array.from({ length: processes }, async () => {
        const { stdout } = await run(process.execPath, [script, codeUri, cacheDir], { encoding: 'utf8' });
        return JSON.parse(stdout);
      }),
      ...Array.from({ length: IN_THIS_PROCESS }, async () => {
        const { call } = await testLambda([bundledFunction(codeUri)], { cacheDir });
        return (await call()).answer;
      }),
    ]);
    expect(answers).toEqual(Array.from({ length: processes + IN_THIS_PROCESS }, () => 'shared'));

    const [folder, ...others] = readdirSync(cacheDir).filter(
      (name) => name.startsWith('Packer-') && !name.endsWith('.compiled'),
    );
    expect(others.sort()).toEqual([`${folder}.json`, `${folder}.packages.json`]);
  },
);
