import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

const BEFORE_ALL = ['loop-cache', 'built-commands'].map(
  (name) => `packages/serverless-loop/tests/${name}.ts`,
);

/** The sources of the loop's package, which the project's tests import by its name. */
const resolve = { conditions: ['serverless-loop-source'] };
const NATIVE = {
  experimental: { viteModuleRunner: false, nodeLoader: false },
  execArgv: [
    '--conditions=serverless-loop-source',
    '--disable-warning=ExperimentalWarning',
    // Processes are started from these ones, and a start takes 10 ms for every 100 MB of the one that starts.
    '--max-semi-space-size=4',
  ],
};

const PROCESSES = 'packages/*/tests/integration/{lambda,lambda-api,commands}/**/*.test.ts';
/**
 * Files of a project share processes, which keep what their files have loaded: those that start most processes themselves
 * are by themselves, in small ones.
 */
const INTEGRATION = {
  processes: { include: [PROCESSES, '{,packages/*/}tests/apps/**/*.test.ts'] },
  application: { include: ['tests/integration/**/*.test.ts'] },
  services: {
    include: ['packages/*/tests/integration/**/*.test.ts'],
    exclude: [...configDefaults.exclude, PROCESSES],
  },
};

const habits = {
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 60_000 } },
  // Files share a process and what it has loaded, which is half of the work of a file alone. They mock no module, and put
  // back what they stub.
  isolate: false,
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
      ...Object.entries(INTEGRATION).map(([name, files]) => ({
        extends: true as const,
        test: { name, ...files, globalSetup: BEFORE_ALL, ...habits },
      })),
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
