import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { LambdaOptions } from '../../../src/services/lambda/functions.ts';
import { type BundledFunction, bundledFunction } from './bundled-function.ts';
import { testFolder, testLambda, writeFiles } from './test-lambda.ts';

/** Packages of every kind, and own code that takes something of each. */
const PROJECT = {
  'package.json': '{"type":"module"}',
  'package-lock.json': '{"lockfileVersion":3}',
  'node_modules/common/package.json': '{}',
  'node_modules/common/index.js': `
    Object.defineProperty(exports, '__esModule', { value: true });
    exports.default = 'the default of common';
    exports.named = 'named of common';
    globalThis.order.push('common');`,
  'node_modules/modern/package.json':
    '{"type":"module","exports":{"import":"./modern.js","require":"./old.cjs"}}',
  'node_modules/modern/modern.js': `
    import { state } from 'state';
    export default 'the default of modern';
    export const named = 'named of modern';
    export let count = 0;
    export function add() { count += 1; return state; }
    export class Fault extends Error {}
    globalThis.order.push('modern');`,
  'node_modules/modern/old.cjs': "exports.named = 'of the wrong kind';",
  'node_modules/loud/index.js': "globalThis.order.push('loud');",
  'node_modules/quiet/package.json': '{"sideEffects":false}',
  'node_modules/quiet/index.js': "export const quiet = 'quiet'; globalThis.order.push('quiet');",
  'node_modules/data/facts.json': '{"fact":"a fact"}',
  'node_modules/more/index.js': "export const one = 'one of more'; export const two = 'two of more';",
  'node_modules/fresh/package.json': '{"type":"module","main":"fresh.js"}',
  'node_modules/fresh/fresh.js': "export const fresh = 'fresh';",
  // An alias has the package `modern` import it, too.
  'src/state.ts': 'export const state = { isShared: true };',
  'src/first.ts': 'globalThis.order = [];',
  'src/own.ts': "globalThis.order.push('own'); export const own = 'own';",
  'shared/package.json': '{"name":"shared","main":"shared.ts"}',
  'shared/shared.ts': "import { quiet } from 'quiet'; export const shared = ['shared', quiet];",
};

export const IMPORTS = `
import './first.ts';
import 'loud';
import { own } from './own.ts';
import common, { named as commonNamed } from 'common';
import modern, { add, count, Fault, named } from 'modern';
import { shared } from 'shared';
import data from 'data/facts.json';
import { one } from 'more';
import { readFileSync } from 'node:fs';
import { state } from './state.ts';
`;

const ANSWER = `{
  common, commonNamed, modern, named, own, shared, data, one,
  live: [count, add() === state, count],
  isFault: new Fault('text') instanceof Error && new Fault('text').constructor === Fault,
  order: globalThis.order,
  reads: typeof readFileSync,
}`;

const ALIAS = { Alias: ['state=./state.ts'] };

interface Shape extends Partial<BundledFunction> {
  folder?: string;
  withoutLock?: boolean;
  files?: Record<string, string>;
  options?: Partial<LambdaOptions>;
}

/** A function of that project which has settled after a save. */
export async function settled({
  folder = '.',
  withoutLock = false,
  files = {},
  options = {},
  properties = {},
  ...changes
}: Shape = {}) {
  const project = path.join(testFolder(), folder);
  writeFiles(project, { ...PROJECT, 'src/handler.ts': handler('0'), ...files });
  if (withoutLock) rmSync(path.join(project, 'package-lock.json'));
  symlinkSync('../shared', path.join(project, 'node_modules/shared'));
  const fn = bundledFunction(path.join(project, 'src'), {
    properties: { ...ALIAS, ...properties },
    ...changes,
  });
  const lambda = await testLambda([fn], { watch: true, settleAfterMs: 50, ...options });
  await lambda.ready();
  let settledTimes = 0;
  let saves = 0;
  const loop = {
    ...lambda,
    project,
    fn,
    async settle() {
      settledTimes += 1;
      await lambda.facts.until('build.settled', settledTimes);
    },
    /** Saves the files; resolves with the next answer, and whether it came of own code alone. */
    async save(changed: Record<string, string>) {
      saves += 1;
      writeFiles(project, changed);
      const built = (await lambda.facts.until('build.succeeded', 1 + saves)).at(-1);
      const { answer } = await lambda.call();
      return { answer, isOwn: built?.sizeBytes === undefined };
    },
  };
  const { answer, isOwn } = await loop.save({ 'src/handler.ts': handler('1') });
  expect(isOwn).toBe(false);
  await loop.settle();
  return { ...loop, ofWhole: Object(answer) };
}

export function handler(edition: string, imports = IMPORTS, answer = ANSWER): string {
  return `${imports}\nexport const handler = async (event: { waitMs?: number }) => ({ edition: ${edition}, ...${answer} });\n`;
}
