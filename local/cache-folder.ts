import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs';
import { homedir, platform, tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Where bundles are kept between runs: the user's own cache folder, never the project's, because Node would find the
 * project's node_modules from there and a bundle that lacks a package would work here and fail on AWS. Where the
 * cache folder can't be written, a temporary one serves.
 */
export function cacheFolder(environment: Record<string, string | undefined> = process.env): string {
  const { XDG_CACHE_HOME = '' } = environment;
  // One that is empty or relative counts for nothing (XDG Base Directory Specification, "Basics").
  const base = path.isAbsolute(XDG_CACHE_HOME)
    ? XDG_CACHE_HOME
    : platform() === 'darwin'
      ? path.join(homedir(), 'Library', 'Caches')
      : path.join(homedir(), '.cache');
  const folder = path.join(base, 'serverless-loop');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return mkdtempSync(path.join(tmpdir(), 'serverless-loop-'));
  }
}
