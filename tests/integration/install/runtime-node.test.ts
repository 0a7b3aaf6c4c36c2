import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { onlyInMatrix } from 'serverless-loop/tests';
import { expect, onTestFinished, test, vi } from 'vitest';
import { bringNode } from '../../../scripts/runtime-node.mjs';
import { packageOf, registryOf, temporaryFolder } from './npm-registry.ts';

const NAME = 'node-of-test';
const OLD = { version: 'v20.19.0', file: '/usr/bin/node' };
const SCRIPT = '#!/bin/sh\necho v24.1.0\n';

/** A project before its Node is there, and a registry that has `script` as one, pinned by `integrity`. */
async function arrange({ script = SCRIPT, integrity = '' } = {}) {
  const made = packageOf(NAME, script);
  const registry = await registryOf(NAME, made);
  vi.stubEnv('npm_config_registry', registry.url);
  vi.stubEnv('npm_config_cache', temporaryFolder());
  onTestFinished(() => void vi.unstubAllEnvs());
  const modules = path.join(temporaryFolder(), 'node_modules');
  const packages = { here: { name: `${NAME}@24.1.0`, integrity: integrity || made.integrity } };
  const bring = (from: Parameters<typeof bringNode>[1] = {}) =>
    bringNode(modules, { self: OLD, platform: 'here', packages, npm: ['npm'], ...from });
  return { registry, modules, link: path.join(modules, '.bin/node'), bring };
}

test('a Node 24 comes from the registry where npm runs on another, and is not taken for one of the system later', async () => {
  const { modules, link, bring } = await arrange();
  await bring();
  expect(execFileSync(link, { encoding: 'utf8' })).toBe('v24.1.0\n');
  const target = readlinkSync(link);
  await bring({ self: { version: 'v24.1.0', file: path.join(modules, '.runtime-node/bin/node') } });
  expect(readlinkSync(link)).toBe(target);
});

onlyInMatrix(() => {
  test('what is there already is not asked for again', async () => {
    const { registry, bring } = await arrange();
    await bring();
    const before = registry.asked.length;
    await bring();
    expect(registry.asked.length).toBe(before);
  });
});

onlyInMatrix(() => {
  test('another pinned package takes the place of the one that is there', async () => {
    const first = await arrange();
    await first.bring();
    const other = packageOf(NAME, '#!/bin/sh\necho v24.2.0\n');
    const registry = await registryOf(NAME, other);
    vi.stubEnv('npm_config_registry', registry.url);
    vi.stubEnv('npm_config_cache', temporaryFolder());
    await first.bring({ packages: { here: { name: `${NAME}@24.1.0`, integrity: other.integrity } } });
    expect(execFileSync(first.link, { encoding: 'utf8' })).toBe('v24.2.0\n');
  });
});

test('a package that is not, byte for byte, the pinned one is refused, and nothing of it is left', async () => {
  const pinned = `sha512-${'A'.repeat(86)}==`;
  const { modules, link, bring } = await arrange({ integrity: pinned });
  await expect(bring()).rejects.toThrow(
    /node-of-test@24\.1\.0 is not the package that this project names.*expected sha512-AAA/,
  );
  expect(existsSync(link)).toBe(false);
  expect(readdirSync(modules)).toEqual([]);
});

test('a Node 24 of the system serves, and nothing is downloaded', async () => {
  const { registry, link, bring } = await arrange();
  await bring({ self: { version: 'v24.3.0', file: '/opt/node24/bin/node' } });
  expect(readlinkSync(link)).toBe('/opt/node24/bin/node');
  expect(registry.asked).toEqual([]);
});

test('a platform without a package is named, with what to do', async () => {
  const { bring } = await arrange();
  await expect(bring({ platform: 'sunos-sparc' })).rejects.toThrow(
    /no package with a Node 24 for sunos-sparc\.\nInstall Node 24/,
  );
});

onlyInMatrix(() => {
  test('a registry that lacks the package is named, with what to do', async () => {
    const { bring } = await arrange();
    const packages = { here: { name: 'not-there@24.1.0', integrity: 'sha512-x' } };
    await expect(bring({ packages })).rejects.toThrow(
      /not-there@24\.1\.0 could not be had[\s\S]*Install Node 24/,
    );
  });
});

onlyInMatrix(() => {
  test('a Node that does not run on this system is named, and not put in place', async () => {
    const { link, bring } = await arrange({ script: '#!/nowhere/sh\n' });
    await expect(bring()).rejects.toThrow(/does not run on this system[\s\S]*Install Node 24/);
    expect(existsSync(link)).toBe(false);
  });
});
