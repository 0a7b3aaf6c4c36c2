import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { longestFirst } from './packages/serverless-loop/tests/longest-first.ts';
import { BEFORE_ALL, HABITS, SOURCES } from './packages/serverless-loop/tests/vitest-habits.ts';

/** The files of `npm test` that run a sample of their cases there (packages/serverless-loop/tests/matrix.ts), here with every one. */
const files = globSync('{,packages/*/}tests/{unit,integration,apps}/**/*.test.ts').filter((file) =>
  /\b(?:sampleOf|runsOf|onlyInMatrix)[(<]/.test(readFileSync(file, 'utf8')),
);

/** They take a minute or more, in tests that run one after the other. */
const LONGEST = [
  ...['hostile/described', 'app/same-signals', 'extend/field-and-status'],
  ...['dynamodb/crash', 'crash/crash', 'deploy-and-test/faults'],
].map((name) => `/${name}.test.ts`);

export default defineConfig({
  resolve: SOURCES,
  ssr: { resolve: SOURCES },
  test: {
    ...HABITS,
    expect: { poll: { timeout: 60_000 } },
    name: 'matrix',
    include: files,
    globalSetup: BEFORE_ALL,
    sequence: { sequencer: longestFirst(...LONGEST) },
    runner: './packages/serverless-loop/tests/matrix-runner.ts',
    // Most tests wait for processes of their own.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    env: { TEST_MATRIX: 'whole' },
  },
});
