import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';

const MODULE = path.resolve('packages/serverless-loop/src/cache-folder.ts');

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cache-folder-'));
  return () => rmSync(root, { recursive: true, force: true });
});

/** Asks in a process of its own, whose end matters here; `then` runs in it with `folder`. */
function askedWith(environment: Record<string, string>, then = ''): string {
  const script = `import { cacheFolder } from ${JSON.stringify(MODULE)}; import fs from 'node:fs';
    const folder = cacheFolder(); ${then}; console.log(folder);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH, TMPDIR: root, ...environment },
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(stderr).toBe('');
  return stdout.trim();
}

it('is the cache folder of the user, for the user alone', () => {
  const cache = path.join(root, 'cache');
  const folder = askedWith({ XDG_CACHE_HOME: cache });
  expect(folder).toBe(path.join(cache, 'serverless-loop'));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it.each(['', 'relative/cache'])('is in the home where XDG_CACHE_HOME is %j', (unset) => {
  const folder = askedWith({ HOME: root, XDG_CACHE_HOME: unset });
  expect(path.relative(root, folder)).toMatch(/^(\.cache|Library\/Caches)\/serverless-loop$/);
});

it('is a temporary one, which goes with the process, where another user could change that of the user', () => {
  const cache = path.join(root, 'cache');
  mkdirSync(cache);
  chmodSync(cache, 0o777);
  const folder = askedWith({ XDG_CACHE_HOME: cache }, `fs.writeFileSync(folder + '/kept', '')`);
  expect(path.dirname(folder)).toBe(root);
  expect(existsSync(folder)).toBe(false);
});

it('is a temporary one where the home is no folder', () => {
  writeFileSync(path.join(root, 'home'), '');
  const folder = askedWith({ HOME: path.join(root, 'home') });
  expect(path.dirname(folder)).toBe(root);
  expect(existsSync(folder)).toBe(false);
});

it('takes away the temporary ones of processes that were killed, and no other', () => {
  writeFileSync(path.join(root, 'home'), '');
  const environment = { HOME: path.join(root, 'home') };
  const ended = execFileSync('/bin/sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim();
  mkdirSync(path.join(root, `serverless-loop-${ended}-left`));
  mkdirSync(path.join(root, `serverless-loop-${process.pid}-used`));
  mkdirSync(path.join(root, 'serverless-loop-notes'));
  askedWith(environment);
  expect(readdirSync(root).sort()).toEqual(
    ['home', `serverless-loop-${process.pid}-used`, 'serverless-loop-notes'].sort(),
  );
});

it.runIf(process.platform === 'linux')('is another where the one wished for can take no folder', () => {
  expect(askedWith({ XDG_CACHE_HOME: '/proc/self/cache' })).toMatch(new RegExp(`^${root}/`));
});
