import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** For a whole run of vitest: what one loop has built of a function, the next ones find (loop-in-process.ts). */
export default function shareCache(): () => void {
  // A function's /tmp is its own: the files that it shares with a test lie elsewhere.
  if (path.relative('/tmp', tmpdir()).split('/')[0] !== '..') process.env.TMPDIR = '/var/tmp';
  const folder = mkdtempSync(path.join(tmpdir(), 'loop-cache-'));
  process.env.TEST_LOOP_CACHE = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
