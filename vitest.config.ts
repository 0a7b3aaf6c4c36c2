import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const BEFORE_ALL = ['loop-cache', 'built-commands'].map(
  (name) => `packages/serverless-loop/tests/${name}.ts`,
);

/** The sources of the loop's package, which the project's tests import by its name. */
const resolve = { conditions: ['serverless-loop-source'] };
const NATIVE = {
  experimental: { viteModuleRunner: false, nodeLoader: false },
  execArgv: ['--conditions=serverless-loop-source', '--disable-warning=ExperimentalWarning'],
};

const habits = {
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 60_000 } },
  // Files share a process and what it has loaded, which is half of the work of a file alone. They mock no module, and put
  // back what they stub.
  isolate: false,
  runner: './packages/serverless-loop/tests/quick-runner.ts',
  ...NATIVE,
};

export default defineConfig({
  resolve,
  ssr: { resolve },
  // Where vitest runs what comes before all tests.
  environments: { __vitest__: { resolve } },
  test: {
    // Most tests wait for processes of their own.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{,packages/*/}tests/unit/**/*.test.ts'], ...habits },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{,packages/*/}tests/{integration,apps}/**/*.test.ts'],
          globalSetup: BEFORE_ALL,
          ...habits,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          ...habits,
        },
      },
    ],
  },
});
