import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundler } from '../../../local/lambda/code/bundler.ts';
import type { LoadedCode } from '../../../local/lambda/code/code-source.ts';
import { generatedProject } from './generated-project.ts';
import { ownBuildOf } from './own-build.ts';
import { testFolder } from './test-lambda.ts';

const SEEDS = 40;
const esbuild = bundler(1000);

interface Answer {
  value: unknown;
  order: string[];
  exported: string[];
}

function answerOf({ taskRoot }: LoadedCode): Answer {
  const script = `
    const module = require(process.argv[1]);
    module.handler().then((answer) => console.log(JSON.stringify({ ...answer, exported: Object.keys(module).sort() })));`;
  const file = path.join(taskRoot, 'own0.js');
  return JSON.parse(execFileSync(process.execPath, ['-e', script, file], { encoding: 'utf8' }));
}

it('generated projects do the same when own code is built alone', { timeout: 60_000 }, async () => {
  let ownBuilds = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const { files, properties, isOfOneKind } = generatedProject(seed);
    const codeUri = path.join(testFolder(files), 'src');
    const subject = { codeUri, entryPoint: 'own0.ts', properties, cacheDir: testFolder() };
    const { whole, own, isOwn } = await ownBuildOf(esbuild, subject);
    ownBuilds += isOwn ? 1 : 0;
    const [expected, actual] = [answerOf(whole), answerOf(own)];
    // Where packages import others of another kind, esbuild runs the whole bundle's ES modules ahead.
    const orderOf = ({ order }: Answer) =>
      isOfOneKind ? order : [...order.filter((name) => name.startsWith('own')), ...order.toSorted()];
    const about = { seed, ...expected, order: orderOf(expected) };
    expect({ seed, ...actual, order: orderOf(actual) }).toEqual(about);
  }
  expect(ownBuilds).toBeGreaterThan(0.9 * SEEDS);
});
