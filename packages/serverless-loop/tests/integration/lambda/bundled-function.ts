import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import type { FunctionModel } from '../../../src/template/model.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';

export interface BundledFunction extends Partial<FunctionModel> {
  entryPoints?: string[];
  properties?: Record<string, unknown>;
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
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => Number(match?.[2]) === process.pid && command.test(match?.[3] ?? ''))
    .map((match) => Number(match?.[1]));
}

/** The bundles that a cache holds of such a function. */
export function bundlesIn(cacheDir: string): string[] {
  return readdirSync(cacheDir).filter((name) => /^Packer-[0-9a-f]+$/.test(name));
}
