import { defineConfig } from 'vitest/config';
import { longestFirst } from './packages/serverless-loop/tests/longest-first.ts';

/** These build into the checkout's own .aws-sam, or share Docker's images and networks. */
const IN_TURN = [
  ...['compose', 'sam-local', 'sam-local-faults', 'sam-profile', 'sam'],
  ...['deploy-guided', 'page-commands', 'troubleshooting-endpoint'],
].map((name) => `tests/tools/${name}.test.ts`);

const BEFORE_ALL = ['loop-cache', 'built-commands'].map(
  (name) => `packages/serverless-loop/tests/${name}.ts`,
);

/** They take a minute or more. */
const LONGEST = ['deploy-and-test', 'extended', 'sam-deploy', 'install'].map(
  (name) => `tests/tools/${name}.test.ts`,
);

/** The sources of the loop's package, which the project's scripts import by its name. */
const resolve = { conditions: ['serverless-loop-source'] };
const habits = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
  globalSetup: BEFORE_ALL,
  // As in vitest.config.ts.
  isolate: false,
  runner: './packages/serverless-loop/tests/quick-runner.ts',
  experimental: { viteModuleRunner: false, nodeLoader: false },
  execArgv: ['--conditions=serverless-loop-source', '--disable-warning=ExperimentalWarning'],
};

/** Checks by tools that npm doesn't bring: the SAM CLI, cfn-lint, the AWS CLI, Docker and Chromium. */
export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    sequence: { sequencer: longestFirst(...LONGEST) },
    projects: [
      {
        extends: true,
        test: {
          name: 'tools',
          include: ['{,packages/*/}tests/tools/**/*.test.ts'],
          exclude: IN_TURN,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          ...habits,
        },
      },
      {
        extends: true,
        test: {
          name: 'tools in turn',
          include: IN_TURN,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          ...habits,
        },
      },
    ],
  },
});
