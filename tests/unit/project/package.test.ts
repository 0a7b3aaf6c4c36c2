import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGES } from '../../../scripts/runtime-node.mjs';

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
  const addresses = [...read('package-lock.json').matchAll(/"resolved": "(.*)"/g)].map(([, found]) => found);
  expect(addresses).toEqual(['packages/serverless-loop']);
  expect(read('package-lock.json')).not.toMatch(/https?:\/\/registry/);
});

test('every version is pinned', () => {
  for (const file of ['package.json', 'packages/serverless-loop/package.json']) {
    const { dependencies, devDependencies } = JSON.parse(read(file));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version, name).toMatch(/^(\d+\.\d+\.\d+)$/);
    }
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

test('npm 9.2, which Debian 13 has, reads the package file: it takes no alias among the overrides', () => {
  expect(JSON.parse(read('package.json'))).not.toHaveProperty('overrides');
});

test('the Node of the project is that of the functions, on every platform', () => {
  expect(Object.keys(PACKAGES).sort()).toEqual(PLATFORMS);
  const runtime = /Runtime: nodejs(\d+)\.x/.exec(read('template.yaml'))?.[1];
  for (const { name, integrity } of Object.values(PACKAGES)) {
    expect(name.split('@')[1]?.split('.')[0]).toBe(runtime);
    expect(integrity).toMatch(/^sha512-[\w+/]{86}==$/);
  }
});
