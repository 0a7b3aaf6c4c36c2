import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import type { FunctionModel } from '../../../src/template/model.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';

export interface BundledFunction extends Partial<FunctionModel> {
  entryPoints?: string[];
  properties?: Record<string, unknown>;
}

interface Listed {
  pid: number;
  args: string;
}

/** A function that esbuild makes of handler.ts in this folder, but for what a test says. */
export function bundledFunction(
  codeUri: string,
  { entryPoints = ['handler.ts'], properties = {}, ...changes }: BundledFunction = {},
): FunctionModel {
  return functionModel({
    handler: 'handler.handler',
    timeoutMs: 10_000,
    code: { kind: 'esbuild', codeUri, entryPoints, properties },
    ...changes,
  });
}

/** A handler that answers with this. */
export function answering(answer: string): string {
  return `export const handler = async (): Promise<unknown> => (${answer});\n`;
}

/** The process ids of this process's own esbuild services. */
export function esbuildProcesses(): number[] {
  return ownProcesses(/esbuild\b.* --service=/);
}

/** The process ids of this process's own runtimes that were started before there was code for them. */
export function spareProcesses(): number[] {
  return ownProcesses(/runtime\/spare\.cjs/);
}

function ownProcesses(command: RegExp): number[] {
  return (process.platform === 'linux' ? childrenInProc() : childrenByPs())
    .filter(({ args }) => command.test(args))
    .map(({ pid }) => pid);
}

/** Without a process of its own, and without all others: these tests ask often. */
function childrenInProc(): Listed[] {
  const threads = readdirSync('/proc/self/task');
  const pids = threads.flatMap((thread) => read(`/proc/self/task/${thread}/children`).match(/\d+/g) ?? []);
  return pids.map((pid) => ({ pid: Number(pid), args: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }));
}

/** Nothing of what has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function childrenByPs(): Listed[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === process.pid ? [{ pid: Number(pid), args }] : [];
  });
}

/** The bundles that a cache holds of such a function. */
export function bundlesIn(cacheDir: string): string[] {
  return readdirSync(cacheDir).filter((name) => /^Packer-[0-9a-f]+$/.test(name));
}
