import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundleCache } from '../../../local/lambda/code/bundle-cache.ts';
import { bundledSource } from '../../../local/lambda/code/bundled-source.ts';
import { bundler } from '../../../local/lambda/code/bundler.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { generatedProject } from './generated-project.ts';
import { testFolder } from './test-lambda.ts';

const SEEDS = 40;
const esbuild = bundler(1000);

/** The folders of the whole bundle of a project and of what is built after a save. */
async function built(files: Record<string, string>, properties: Record<string, unknown>) {
  const [project, cacheDir] = [testFolder(files), testFolder()];
  const source = bundledSource(
    { fn: functionModel(), cache: bundleCache(cacheDir), bundler: esbuild, cacheDir, projectDir: project },
    { kind: 'esbuild', codeUri: path.join(project, 'src'), entryPoints: ['own0.ts'], properties },
  );
  const whole = await source.load({});
  await source.settle?.(whole, new AbortController().signal);
  // As after a save: what it was made of is known, and is not the same.
  const own = await source.load({ known: {} });
  return { whole: whole.taskRoot, own: own.taskRoot, isOwn: own.sizeBytes === undefined };
}

interface Answer {
  value: unknown;
  order: string[];
  exported: string[];
}

function answerOf(taskRoot: string): Answer {
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
    const { whole, own, isOwn } = await built(files, properties);
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
