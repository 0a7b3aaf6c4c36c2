import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { longestFirst } from './packages/serverless-loop/tests/longest-first.ts';

/** The files of `npm test` that run a sample of their cases there (packages/serverless-loop/tests/matrix.ts), here with every one. */
const files = globSync('{,packages/*/}tests/{unit,integration,apps}/**/*.test.ts').filter((file) =>
  /\b(?:sampleOf|runsOf|onlyInMatrix)[(<]/.test(readFileSync(file, 'utf8')),
);

/** They take a minute or more, in tests that run one after the other. */
const LONGEST = [
  ...['hostile/described', 'app/same-signals', 'extend/field-and-status'],
  ...['dynamodb/crash', 'crash/crash', 'deploy-and-test/faults'],
].map((name) => `/${name}.test.ts`);

const BEFORE_ALL = ['loop-cache', 'built-commands'].map(
  (name) => `packages/serverless-loop/tests/${name}.ts`,
);
const resolve = { conditions: ['serverless-loop-source'] };

export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    name: 'matrix',
    include: files,
    globalSetup: BEFORE_ALL,
    sequence: { sequencer: longestFirst(...LONGEST) },
    runner: './packages/serverless-loop/tests/matrix-runner.ts',
    // Most tests wait for processes of their own.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    env: { TEST_MATRIX: 'whole' },
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    isolate: false,
    experimental: { viteModuleRunner: false, nodeLoader: false },
    execArgv: ['--conditions=serverless-loop-source', '--disable-warning=ExperimentalWarning'],
  },
});
