import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const lock: { packages: Record<string, { version?: string; hasInstallScript?: boolean }> } = JSON.parse(
  read('package-lock.json'),
);

const PLATFORMS = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'];

test.each(PLATFORMS)('the lock file brings esbuild and Biome for %s', (platform) => {
  expect(lock.packages).toHaveProperty([`node_modules/@esbuild/${platform}`]);
  expect(lock.packages).toHaveProperty([`node_modules/@biomejs/cli-${platform}`]);
});

test('the lock file names no host', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/registry/);
});

test('every version is pinned', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test('every install script in the tree is allowed or denied by name', () => {
  const { allowScripts } = JSON.parse(read('package.json'));
  const withScripts = Object.entries(lock.packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([location]) => location.replace(/^.*node_modules\//, ''))
    // fsevents is a macOS-only optional dependency of the test runner, with a binary of its own.
    .filter((name) => name !== 'fsevents');
  expect(withScripts.sort()).toEqual(Object.keys(allowScripts).sort());
});

test('the runtime of the functions is the Node of the project', () => {
  const major = lock.packages['node_modules/node']?.version?.split('.')[0];
  expect(read('template.yaml')).toContain(`Runtime: nodejs${major}.x`);
});
