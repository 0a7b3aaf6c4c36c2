import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

const ROOT = path.resolve(import.meta.dirname, '..');

export interface Finished {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of scripts/ to its end, with nothing on its standard input. */
export function runCommand(
  [file = '', ...args]: string[],
  { env = {} }: { env?: Record<string, string> } = {},
): Promise<Finished> {
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'scripts/launch.mjs'), path.join(ROOT, file), ...args],
    {
      cwd: ROOT,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    printed.stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    printed.stderr += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...printed }));
  });
}
