import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The sources of the loop's package, which the project's tests import by its name. */
const resolve = { conditions: ['serverless-loop-source'] };
const patience = { testTimeout: 20_000, hookTimeout: 30_000, expect: { poll: { timeout: 10_000 } } };

export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    // Most tests wait for processes of their own.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{,packages/*/}tests/unit/**/*.test.ts'], ...patience },
      },
      {
        extends: true,
        test: { name: 'integration', include: ['{,packages/*/}tests/integration/**/*.test.ts'], ...patience },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          ...patience,
        },
      },
    ],
  },
});
