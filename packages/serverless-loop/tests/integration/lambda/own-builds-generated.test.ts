import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundler } from '../../../src/services/lambda/code/bundler.ts';
import type { LoadedCode } from '../../../src/services/lambda/code/loaded-code.ts';
import { sampleOf } from '../../matrix.ts';
import { generatedProject } from './generated-project.ts';
import { ownBuildOf } from './own-build.ts';
import { testFolder } from './test-lambda.ts';

/** Each test has its own time: a build takes a busy machine half a second. */
const BATCHES = [0, 10, 20, 30];
const SEEDS = 10;
const esbuild = bundler(1000);

interface Answer {
  value: unknown;
  order: string[];
  exported: string[];
}

/** One after the other in one process, which takes as long to start as many of them to answer. */
function answersOf(codes: LoadedCode[]): Answer[] {
  const script = `
    (async () => {
      const answers = [];
      for (const file of process.argv.slice(1)) {
        const module = require(file);
        answers.push(JSON.stringify({ ...await module.handler(), exported: Object.keys(module).sort() }));
      }
      console.log('[' + answers + ']');
    })();`;
  const files = codes.map(({ taskRoot }) => path.join(taskRoot, 'own0.js'));
  return JSON.parse(execFileSync(process.execPath, ['-e', script, ...files], { encoding: 'utf8' }));
}

it.each(sampleOf(BATCHES, 1))(
  'generated projects from the %dth on do the same when own code is built alone',
  async (firstSeed) => {
    const projects = [];
    for (let seed = firstSeed; seed < firstSeed + SEEDS; seed += 1) {
      const { files, properties, isOfOneKind } = generatedProject(seed);
      const codeUri = path.join(testFolder(files), 'src');
      const subject = { codeUri, entryPoint: 'own0.ts', properties, cacheDir: testFolder() };
      projects.push({ seed, isOfOneKind, ...(await ownBuildOf(esbuild, subject)) });
    }
    const ofWhole = answersOf(projects.map(({ whole }) => whole));
    const ofOwn = answersOf(projects.map(({ own }) => own));
    for (const [index, { seed, isOfOneKind }] of projects.entries()) {
      // If packages import others of another kind, esbuild runs the whole bundle's ES modules ahead.
      const orderOf = (order: string[] = []) =>
        isOfOneKind ? order : [...order.filter((name) => name.startsWith('own')), ...order.toSorted()];
      const [expected, actual] = [ofWhole[index], ofOwn[index]];
      const about = { seed, ...expected, order: orderOf(expected?.order) };
      expect({ seed, ...actual, order: orderOf(actual?.order) }).toEqual(about);
    }
    const ownBuilds = projects.filter(({ isOwn }) => isOwn).length;
    expect(ownBuilds).toBeGreaterThanOrEqual(0.9 * SEEDS);
  },
);
