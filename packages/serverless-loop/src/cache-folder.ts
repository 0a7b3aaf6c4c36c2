import { accessSync, constants, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { privateFolder, userCacheFolder } from '../bin/private-folder.mjs';
import { isRunning } from './is-running.ts';

/** The process, so that what a killed one left is known; and what can't be guessed. */
const TEMPORARY = /^serverless-loop-(\d+)-/;

/**
 * Finds the folder that keeps bundles between runs: the user's own cache folder, never the project's, because Node would find the
 * project's node_modules from there and a bundle that lacks a package would work here and fail on AWS. Where that can't
 * be written or isn't the user's alone, a temporary one serves, which goes with the process.
 */
export function cacheFolder(environment: Record<string, string | undefined> = process.env): string {
  try {
    const folder = privateFolder(userCacheFolder(environment));
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return temporaryFolder();
  }
}

function temporaryFolder(): string {
  removeDeserted();
  const folder = mkdtempSync(path.join(tmpdir(), `serverless-loop-${process.pid}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Of processes that were killed. */
function removeDeserted(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(TEMPORARY.exec(name)?.[1] ?? 0);
    const folder = path.join(tmpdir(), name);
    if (pid > 0 && !isRunning(pid) && isOwn(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

function isOwn(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && stats.uid === process.getuid?.();
}
