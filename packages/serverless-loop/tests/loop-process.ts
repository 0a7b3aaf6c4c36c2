import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface LoopProcess {
  pid: number;
  endpoint: string;
  /** The facts printed so far, as JSON objects. */
  facts: Record<string, unknown>[];
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** The file that Node runs for a command: one of serverless-loop's by its name, one of the project's by its file. */
export function commandLine([name = '', ...rest]: string[]): string[] {
  return name.endsWith('.ts')
    ? [path.join(ROOT, 'scripts/launch.mjs'), path.join(ROOT, name), ...rest]
    : [path.join(ROOT, 'packages/serverless-loop/bin/serverless-loop.mjs'), name, ...rest];
}

/** Starts a command of the project that runs a loop with `--json`, and resolves when it says that it is ready. */
export function startCommand(args: string[], options: { cwd?: string } = {}): Promise<LoopProcess> {
  const [name = '', ...rest] = args;
  return startProcess(process.execPath, commandLine([name, '--json', ...rest]), options.cwd ?? ROOT);
}

/** As `startCommand`, by a script of package.json. */
export function startScript(script: string, args: string[]): Promise<LoopProcess> {
  return startProcess('npm', ['run', '--silent', script, '--', '--json', ...args], ROOT);
}

async function startProcess(command: string, args: string[], cwd: string): Promise<LoopProcess> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const facts: Record<string, unknown>[] = [];
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    void ended.then((code) => reject(new Error(`ended with ${code} before it was ready: ${errors}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const fact: Record<string, unknown> = JSON.parse(line);
      facts.push(fact);
      if (fact.kind === 'ready') resolve(String(fact.endpoint));
    });
  });
  return {
    pid: child.pid ?? 0,
    endpoint,
    facts,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

export interface Finished {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of the project to its end, with `input` on its standard input. */
export function runCommand(
  args: string[],
  options: { input?: string; cwd?: string; env?: Record<string, string> } = {},
): Promise<Finished> {
  const child = spawn(process.execPath, commandLine(args), {
    cwd: options.cwd ?? ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  // A command may end without reading all of its input.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}
