import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Place } from './place.ts';
import type { Running } from './step.ts';
import { runTool } from './tool.ts';

/** The folder of the project. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Runs a tool in the checkout, and shows what it says. */
export function runHere(
  command: string,
  args: string[],
  { running, place, env = {} }: { running: Running; place?: Place; env?: NodeJS.ProcessEnv },
): Promise<string[]> {
  return runTool({
    command,
    args,
    cwd: ROOT,
    env: { ...(place?.env() ?? process.env), ...env },
    signal: running.signal,
    onLine: running.say,
  });
}

/** A command that npm ci brings, in the Node that runs this. */
export function ownCommand(name: string): [command: string, script: string] {
  const script = path.join(ROOT, 'node_modules/.bin', name);
  if (!existsSync(script)) throw new Error(`${script} is missing: run npm ci`);
  return [process.execPath, script];
}
