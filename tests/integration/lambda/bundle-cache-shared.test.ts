import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bundleCache } from '../../../local/lambda/code/bundle-cache.ts';
import { answering } from './bundled-function.ts';
import { testFolder } from './test-lambda.ts';

const run = promisify(execFile);

it('loops that start at once on an empty cache all answer, and leave one whole bundle', async () => {
  const codeUri = testFolder({ 'handler.ts': answering('"shared"') });
  const cacheDir = path.join(testFolder(), 'made', 'by', 'the', 'first');
  const script = path.join(import.meta.dirname, 'start-once.ts');
  const starts = await Promise.all(
    [1, 2, 3].map(() => run(process.execPath, [script, codeUri, cacheDir], { encoding: 'utf8' })),
  );
  expect(starts.map(({ stdout }) => stdout)).toEqual(['"shared"', '"shared"', '"shared"']);

  const [folder, ...others] = readdirSync(cacheDir).filter(
    (name) => name.startsWith('Packer-') && !name.endsWith('.compiled'),
  );
  expect(others).toEqual([`${folder}.json`]);
});

it('a bundle that another loop has placed is left where it is', () => {
  const cacheDir = testFolder();
  const bundle = { inputs: [], files: [{ path: 'handler.js', contents: Buffer.from('exports.a = 1;') }] };
  const [one, other] = [bundleCache(cacheDir), bundleCache(cacheDir)];
  const first = one.store('Packer', 'settings', {}, bundle);
  const second = other.store('Packer', 'settings', {}, bundle);
  expect(second).toEqual(first);
  expect(one.find('Packer', 'settings')).toEqual(first);
});
