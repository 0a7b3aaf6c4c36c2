import { spawn } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Output, RunOptions } from './tool.ts';

const PROGRAM = path.join(import.meta.dirname, 'forked_tool.py');

/** A tool's file and the Python that its first line names. */
export interface PythonScript {
  file: string;
  python: string;
}

/** Undefined where the command is not there, or no script in Python. */
export function pythonScript(command: string, searched = ''): PythonScript | undefined {
  const files = searched.split(path.delimiter).map((folder) => path.join(folder, command));
  const file = files.find(isExecutable);
  const [, python] = /^#!(\/.*python[\d.]*)\n/.exec(file ? beginningOf(file) : '') ?? [];
  return file && python ? { file, python } : undefined;
}

function beginningOf(file: string): string {
  const opened = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(1_024);
    return bytes.toString('latin1', 0, readSync(opened, bytes));
  } finally {
    closeSync(opened);
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs a tool, each time in a process that is forked from one that has loaded it; rejects as `execFile` does when it fails. */
export type Forked = (args: string[], options: ForkedOptions) => Promise<Output>;
type ForkedOptions = Omit<RunOptions, 'env'> & { env: NodeJS.ProcessEnv };

const started = new Map<string, Forked>();

/** The same for all tests of a worker, with which it ends. */
export function forkedTool(script: PythonScript): Forked {
  const forked = started.get(script.file) ?? startForking(script);
  started.set(script.file, forked);
  return forked;
}

function startForking({ file, python }: PythonScript): Forked {
  const { PATH, HOME } = process.env;
  const child = spawn(python, [PROGRAM, file], { env: { PATH, HOME }, stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<string, PromiseWithResolvers<number>>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { folder, code } = JSON.parse(line);
    waiting.get(folder)?.resolve(code);
    waiting.delete(folder);
  });
  const refuseAll = () => {
    started.delete(file);
    for (const { reject } of waiting.values()) reject(new Error(`${python} ${PROGRAM} ended`));
    waiting.clear();
  };
  child.once('error', refuseAll);
  child.once('close', refuseAll);
  child.stdin.on('error', refuseAll);
  child.unref();

  return async (args, { cwd = process.cwd(), env, input = '' }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'forked-'));
    try {
      writeFileSync(path.join(folder, 'stdin'), input);
      const ended = Promise.withResolvers<number>();
      waiting.set(folder, ended);
      child.stdin.write(`${JSON.stringify({ args, cwd, env, folder })}\n`);
      const code = await ended.promise;
      const [stdout = '', stderr = ''] = ['stdout', 'stderr'].map((name) =>
        readFileSync(path.join(folder, name), 'utf8'),
      );
      if (code === 0) return { stdout, stderr };
      const failure = new Error(`Command failed: ${[file, ...args].join(' ')}\n${stderr}`);
      throw Object.assign(failure, { code, stdout, stderr });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}
