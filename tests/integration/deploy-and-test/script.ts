import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FakeCheckout } from './checkout.ts';

export interface ScriptOptions {
  args?: string[];
  env?: Record<string, string>;
  /** The tools' deeds in place of their work (fake-tool.mjs). */
  fake?: Record<string, { says: string; status: number } | 'hangs'>;
}

let runs = 0;

/** The strictest of shells; where it is not installed, whatever the system has. */
const SHELL = existsSync('/bin/dash') ? '/bin/dash' : '/bin/sh';

/** Starts one of the shell files. */
export function startScript(checkout: FakeCheckout, file: string, options: ScriptOptions = {}) {
  const { args = [], env = {}, fake = {} } = options;
  runs += 1;
  const log = path.join(checkout.root, `calls-${runs}.jsonl`);
  const child = spawn(SHELL, [path.join(checkout.root, file), ...args], {
    cwd: '/',
    env: { PATH: checkout.bin, HOME: checkout.root, FAKE: JSON.stringify(fake), FAKE_LOG: log, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += String(chunk);
      for (const listener of listeners) listener();
    });
  const ended = new Promise<{ status: number | null; said: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, said }));
  });
  return {
    ended,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** As a terminal that is closed: whatever is written from now on fails. */
    closeOutput() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    /** Resolves when the script has said a text; rejects when it ends before. */
    async saying(text: string): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => said.includes(text) && resolve();
      listeners.add(look);
      look();
      await Promise.race([
        promise,
        ended.then(({ status }) => {
          if (!said.includes(text)) throw new Error(`ended with ${status} before "${text}": ${said}`);
        }),
      ]);
      listeners.delete(look);
    },
    /** The tools' arguments, and the process that called each. */
    calls(): { pid: number; call: string; args: string[] }[] {
      if (!existsSync(log)) return [];
      return readFileSync(log, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    },
  };
}

export function runScript(checkout: FakeCheckout, file: string, options: ScriptOptions = {}) {
  return startScript(checkout, file, options).ended;
}
