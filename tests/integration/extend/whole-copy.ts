import { execFile, execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { projectFolder } from '../../loop.ts';
import { ROOT } from '../../unit/app/template.ts';
import { addConsumer, makeChanges } from './projects.ts';

/** Files that are made, or fetched, and not written. */
const NOT_COPIED = new Set(['node_modules', '.git', 'build', '.aws-sam', 'reports', 'coverage']);

/** The additions of docs/extend.md to a copy of the project, by the headings of the page. */
export const EXTENSIONS: Readonly<Record<string, (folder: string) => void>> = {
  'A second consumer': (folder) => addConsumer(folder),
  'A field of the order': (folder) => makeChanges(folder, 'A field of the order'),
  'A status of the order': (folder) => makeChanges(folder, 'A status of the order'),
};

/**
 * A copy of the whole project with its tests, gone after the test. Its packages are the project's own, by a link; what
 * looks at where they are needs them in the copy itself (`copiesPackages`).
 */
export function wholeCopy({ copiesPackages = false } = {}): string {
  const folder = projectFolder({});
  for (const name of readdirSync(ROOT).filter((name) => !NOT_COPIED.has(name)))
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  const [packages, inCopy] = [ROOT, folder].map((root) => path.join(root, 'node_modules'));
  if (packages === undefined || inCopy === undefined) throw new Error('no place for packages');
  if (copiesPackages) copyFast(packages, inCopy);
  else symlinkSync(packages, inCopy);
  return folder;
}

/** By hard links, where both are in one file system. */
function copyFast(from: string, to: string): void {
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' });
  } catch {
    rmSync(to, { recursive: true, force: true });
    execFileSync('cp', ['-a', from, to]);
  }
}

/** Runs a command in a copy to its end, as a person would and not as a test of this run; rejects when it fails, with all it said. */
export async function runIn(folder: string, [file = '', ...args]: string[]): Promise<string> {
  const { PATH, HOME, TMPDIR, VITEST_MAX_WORKERS } = process.env;
  const env = { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...(VITEST_MAX_WORKERS && { VITEST_MAX_WORKERS }) };
  const said = (output: unknown) => Object(output).stdout + Object(output).stderr;
  const run = promisify(execFile)(file, args, { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 });
  return run.then(said, (error) => {
    throw new Error(`${[file, ...args].join(' ')} failed:\n${said(error)}`);
  });
}
