import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

/** Root may give a folder to another user, which is how a stranger's looks. */
const isRoot = process.getuid?.() === 0;

let cache: string;
let temporary: string;

beforeEach(() => {
  const root = mkdtempSync(path.join(tmpdir(), 'compile-cache-'));
  cache = path.join(root, 'cache');
  temporary = path.join(root, 'temporary');
  mkdirSync(cache, { mode: 0o700 });
  mkdirSync(temporary, { mode: 0o700 });
  return () => rmSync(root, { recursive: true });
});

function runCommand() {
  const said = execFileSync(
    process.execPath,
    ['packages/serverless-loop/bin/serverless-loop.mjs', 'env', '--help'],
    {
      env: { PATH: process.env.PATH, HOME: '/nowhere', TMPDIR: temporary, XDG_CACHE_HOME: cache },
      encoding: 'utf8',
    },
  );
  expect(said).toContain('usage: ');
}

const own = () => path.join(cache, 'serverless-loop');
const compiled = () => path.join(own(), 'commands');

describe('the bytecode of the commands', () => {
  it('is kept in a folder of the user alone, never in the temporary one', () => {
    runCommand();
    expect(readdirSync(compiled())).not.toEqual([]);
    expect(statSync(compiled()).mode & 0o777).toBe(0o700);
    expect(existsSync(path.join(temporary, 'node-compile-cache'))).toBe(false);
  });

  it('is not kept where other users could put a folder in place of the cache', () => {
    chmodSync(cache, 0o777);
    runCommand();
    expect(readdirSync(compiled())).toEqual([]);
    expect(existsSync(path.join(temporary, 'node-compile-cache'))).toBe(false);
  });

  it('is not kept where the folder is a symbolic link', () => {
    mkdirSync(own());
    symlinkSync(temporary, compiled());
    runCommand();
    expect(existsSync(path.join(temporary, 'node-compile-cache'))).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.runIf(isRoot)('is neither kept in nor read from a folder of another user', () => {
    mkdirSync(compiled(), { recursive: true });
    execFileSync('chown', ['65534', compiled()]);
    runCommand();
    expect(readdirSync(compiled())).toEqual([]);
  });

  it('is kept again for the user alone where the folder was open to others', () => {
    mkdirSync(compiled(), { recursive: true });
    chmodSync(compiled(), 0o777);
    runCommand();
    expect(statSync(compiled()).mode & 0o777).toBe(0o700);
  });
});
