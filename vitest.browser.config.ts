import { defineConfig } from 'vitest/config';

const BEFORE_ALL = ['loop-cache', 'built-commands', 'built-page'].map(
  (name) => `packages/serverless-loop/tests/${name}.ts`,
);
const resolve = { conditions: ['serverless-loop-source'] };

/** The console's page in a real Chromium, which Debian's package `chromium` installs. */
export default defineConfig({
  resolve,
  ssr: { resolve },
  environments: { __vitest__: { resolve } },
  test: {
    name: 'browser',
    include: ['{,packages/*/}tests/browser/**/*.test.ts'],
    globalSetup: BEFORE_ALL,
    runner: './packages/serverless-loop/tests/quick-runner.ts',
    // Each file has a browser of its own, which has processes of its own.
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    isolate: false,
    experimental: { viteModuleRunner: false, nodeLoader: false },
    execArgv: ['--conditions=serverless-loop-source', '--disable-warning=ExperimentalWarning'],
  },
});
