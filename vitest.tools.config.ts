import { defineConfig } from 'vitest/config';
import { longestFirst } from './packages/serverless-loop/tests/longest-first.ts';
import { BEFORE_ALL, HABITS, SOURCES } from './packages/serverless-loop/tests/vitest-habits.ts';

/** These build into the checkout's own .aws-sam, or share Docker's images and networks. */
const IN_TURN = [
  ...['compose', 'sam-local', 'sam-local-faults', 'sam-profile', 'sam'],
  ...['deploy-guided', 'page-commands', 'troubleshooting-endpoint'],
].map((name) => `tests/tools/${name}.test.ts`);

/** They take a minute or more. */
const LONGEST = ['deploy-and-test', 'extended', 'sam-deploy', 'install'].map(
  (name) => `tests/tools/${name}.test.ts`,
);

const habits = { ...HABITS, globalSetup: BEFORE_ALL, testTimeout: 300_000, hookTimeout: 300_000 };

/** Checks by tools that npm doesn't bring: the SAM CLI, cfn-lint, the AWS CLI, Docker and Chromium. */
export default defineConfig({
  resolve: SOURCES,
  ssr: { resolve: SOURCES },
  test: {
    expect: { poll: { timeout: 60_000 } },
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
