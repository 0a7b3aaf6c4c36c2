/** The sources of the loop's package, which the project's tests import by its name. */
export const SOURCES = { conditions: ['serverless-loop-source'] };

/** Shared by all configurations. How long a poll waits stands in each (tests/unit/project/patience.test.ts). */
export const HABITS = {
  testTimeout: 240_000,
  hookTimeout: 240_000,
  // Files share a process and what it has loaded, which is half of the work of a file alone. They mock no module, and put
  // back what they stub.
  isolate: false,
  runner: './packages/serverless-loop/tests/quick-runner.ts',
  experimental: { viteModuleRunner: false, nodeLoader: false },
  execArgv: ['--conditions=serverless-loop-source', '--disable-warning=ExperimentalWarning'],
};

const before = (name: string) => `packages/serverless-loop/tests/${name}.ts`;

/** Modules that run before all tests. */
export const BEFORE_ALL = ['loop-cache', 'built-commands'].map(before);
export const BUILT_PAGE = before('built-page');
