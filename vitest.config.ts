import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BEFORE_ALL, HABITS, SOURCES } from './packages/serverless-loop/tests/vitest-habits.ts';

export default defineConfig({
  resolve: SOURCES,
  ssr: { resolve: SOURCES },
  // Where vitest runs what comes before all tests.
  environments: { __vitest__: { resolve: SOURCES } },
  test: {
    expect: { poll: { timeout: 60_000 } },
    // Most tests wait for processes of their own.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{,packages/*/}tests/unit/**/*.test.ts'], ...HABITS },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{,packages/*/}tests/{integration,apps}/**/*.test.ts'],
          globalSetup: BEFORE_ALL,
          ...HABITS,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          ...HABITS,
        },
      },
    ],
  },
});
