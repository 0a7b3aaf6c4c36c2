import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '../..');

/** Needs npm's registry, which other tests do without. */
const isWanted = process.env.REQUIRE_TOOLS === '1';

/** The oldest pair that a system's packages bring, and the newest, and where each comes from. */
const SYSTEMS = [
  { from: 'Debian 13', node: '20.19.2', npm: '9.2.0' },
  { from: 'nodejs.org, Node 24, and the newest npm', node: '24.21.0', npm: '12.2.2' },
];

/** A Node with its npm, as a folder for the PATH. */
async function installSystem(folder: string, { node, npm }: { node: string; npm: string }): Promise<string> {
  const wanted = [`node-linux-${process.arch}@${node}`, `npm@${npm}`];
  await run('npm', ['install', '--no-save', '--ignore-scripts', '--prefix', folder, ...wanted]);
  return path.join(folder, 'node_modules/.bin');
}

/** The files that a clone of the checkout would hold, and those not committed yet. */
async function copyCheckout(target: string): Promise<void> {
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    maxBuffer: 2 ** 24,
  });
  for (const file of stdout.split('\0').filter((name) => name && existsSync(path.join(ROOT, name)))) {
    mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
    cpSync(path.join(ROOT, file), path.join(target, file));
  }
}

describe.skipIf(!isWanted).each(SYSTEMS)('with Node $node and npm $npm ($from)', (system) => {
  test('npm ci && npm run demo takes an order to PROCESSED', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'install-'));
    try {
      const bin = await installSystem(path.join(folder, 'system'), system);
      const checkout = path.join(folder, 'checkout');
      await copyCheckout(checkout);
      const env = { ...outerEnvironment(), PATH: `${bin}:/usr/bin:/bin` };
      await run('npm', ['ci'], { cwd: checkout, env });
      const own = readlinkSync(path.join(checkout, 'node_modules/.bin/node'));
      if (system.node.startsWith('24.')) expect(own).toContain(path.join(folder, 'system'));
      else expect(own).toBe('../.runtime-node/bin/node');
      const { stdout } = await run('npm', ['run', 'demo'], { cwd: checkout, env });
      expect(stdout).toContain('PROCESSED');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 600_000);
});

/** This machine's settings for a network, and npm's own; what the npm that runs this test tells its scripts is not of them. */
function outerEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_/i.test(name) || /^npm_config_(registry|cache)$/i.test(name),
    ),
  );
}
