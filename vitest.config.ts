import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const habits = {
  testTimeout: 20_000,
  hookTimeout: 30_000,
  expect: { poll: { timeout: 10_000 } },
  // Files share a process and what it has loaded, which is half of the work of a file alone. They mock no module, and put
  // back what they stub.
  isolate: false,
};

export default defineConfig({
  test: {
    // Most tests wait for processes of their own.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      { test: { name: 'unit', include: ['{,packages/*/}tests/unit/**/*.test.ts'], ...habits } },
      {
        test: {
          name: 'integration',
          include: ['{,packages/*/}tests/integration/**/*.test.ts'],
          globalSetup: ['tests/loop-cache.ts'],
          ...habits,
        },
      },
      {
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
