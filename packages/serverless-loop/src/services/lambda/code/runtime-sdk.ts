import { execFile } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Report } from '../../../facts.ts';
import { waitForLockFile } from '../../../lock-file.ts';
import { PACKAGE_FOLDER } from '../../../package-folder.ts';

/**
 * The AWS SDK that the runtimes have themselves: version 3 from nodejs18.x on, version 2 before (Lambda guide, "Runtime-included
 * SDK versions"; AWS keeps both at a late one). What lies beside this package serves at once, other clients are installed into
 * the cache when the first function asks for one.
 */
export interface RuntimeSdk {
  /** Folders in which a runtime finds its packages, the first ones first. */
  foldersFor(runtime: string): string[];
  /** Resolves when the package is there, or can't be, which is told. */
  install(name: string, runtime: string, functionName: string): Promise<void>;
}

const run = promisify(execFile);

/** npm's own time-out is five minutes. */
const MAX_MS = 120_000;

export function runtimeSdk(cacheDir: string, report: Report): RuntimeSdk {
  const installs = new Map<string, Promise<string | undefined>>();
  let last: Promise<unknown> = Promise.resolve();

  return {
    foldersFor: (runtime) => [folderOf(cacheDir, runtime), PACKAGE_FOLDER],
    async install(name, runtime, functionName) {
      const folder = folderOf(cacheDir, runtime);
      const wanted = `${name}@${rangeOf(name, runtime)}`;
      const startedAt = performance.now();
      const known = installs.get(wanted);
      // One after the other: npm takes a folder for itself.
      if (!known) report({ kind: 'sdk.installing', functionName, name });
      const installing = known ?? last.then(() => installInto(folder, wanted));
      last = installing;
      installs.set(wanted, installing);
      const reason = await installing;
      if (reason !== undefined) {
        const command = `npm install --prefix ${folder} ${wanted}`;
        report({ kind: 'sdk.missing', functionName, name, command, reason });
        // Somebody may type it, or the network come back.
        installs.delete(wanted);
      } else if (!known)
        report({ kind: 'sdk.installed', functionName, name, durationMs: performance.now() - startedAt });
    },
  };
}

function folderOf(cacheDir: string, runtime: string): string {
  return path.join(cacheDir, `sdk-${lineOf(runtime)}`);
}

function lineOf(runtime: string): number {
  return Number(/nodejs(\d+)/.exec(runtime)?.[1] ?? 24) >= 18 ? 3 : 2;
}

/** Packages of Smithy have versions of their own. */
function rangeOf(name: string, runtime: string): string {
  return name.startsWith('@smithy/') ? 'latest' : String(lineOf(runtime));
}

/** Resolves with the reason why it could not be; undefined when it is there. */
async function installInto(folder: string, wanted: string): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  // Another loop may install at the same time.
  const lock = await waitForLockFile(`${folder}.lock`);
  try {
    const manifest = path.join(folder, 'package.json');
    if (!statSync(manifest, { throwIfNoEntry: false })) writeFileSync(manifest, '{"private":true}');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev', '--fetch-retries=0'];
    await run('npm', ['install', '--prefix', folder, ...flags, wanted], {
      cwd: folder,
      timeout: MAX_MS,
      // Windows of npm's progress, and what a script of npm's that started the loop says, are for others.
      env: withoutNpm(process.env),
    });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    lock.release();
  }
}

function withoutNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !/^npm_(lifecycle|package|command|execpath|node_execpath|config_(local_)?prefix)/.test(name),
  );
  return Object.fromEntries(kept);
}

function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'there is no npm';
  const stderr = 'stderr' in error ? String(error.stderr) : '';
  const lines = stderr.split('\n').filter((line) => /^npm (error|ERR!)/.test(line));
  const [first] = lines.filter((line) => !/ (code|errno|syscall) /.test(line));
  return first?.replace(/^npm (error|ERR!) /, '') ?? String('message' in error ? error.message : error);
}
