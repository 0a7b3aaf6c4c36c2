import { defineConfig } from 'vitest/config';
import { BEFORE_ALL, BUILT_PAGE, HABITS, SOURCES } from './packages/serverless-loop/tests/vitest-habits.ts';

/** The console's page in a real Chromium, which Debian's package `chromium` installs. */
export default defineConfig({
  resolve: SOURCES,
  ssr: { resolve: SOURCES },
  environments: { __vitest__: { resolve: SOURCES } },
  test: {
    ...HABITS,
    expect: { poll: { timeout: 60_000 } },
    name: 'browser',
    include: ['{,packages/*/}tests/browser/**/*.test.ts'],
    globalSetup: [...BEFORE_ALL, BUILT_PAGE],
    // Each file has a browser of its own, which has processes of its own.
    maxWorkers: 2,
  },
});
