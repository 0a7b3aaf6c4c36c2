import { defineConfig } from 'vitest/config';

/** Checks by tools that npm doesn't bring: the SAM CLI, cfn-lint, the AWS CLI, Docker and Chromium. */
export default defineConfig({
  test: {
    include: ['tests/tools/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
