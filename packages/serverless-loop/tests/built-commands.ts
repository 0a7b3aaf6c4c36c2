import { execFileSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { isBuilt } from '../bin/launch.mjs';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/**
 * For a whole run of vitest: commands start from what is built of them, in half of the time, as after an install. Some
 * source may have changed since then.
 */
export default function buildCommands(): void {
  for (const { build, folder } of [
    { build: 'packages/serverless-loop/build.mjs', folder: 'packages/serverless-loop/dist' },
    { build: 'scripts/build.mjs', folder: 'build' },
  ])
    if (!isBuilt(path.join(ROOT, folder)))
      execFileSync(process.execPath, [path.join(ROOT, build)], { cwd: ROOT, stdio: 'inherit' });
}
