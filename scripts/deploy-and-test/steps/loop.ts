import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../checkout.ts';
import { type Step, StepFailure, type Undo } from '../step.ts';
import { endGroup } from '../tool.ts';

export interface OwnLoop {
  step: Step;
  endpoint(): string;
  pid(): number | undefined;
}

/**
 * A loop without a stack, in place of an account. Its output goes to a file, so that it may outlive this process; it
 * is of another process group, so that Ctrl-C leaves it for what is to be taken back on it.
 */
export function ownLoop({ keep }: { keep: boolean }): OwnLoop {
  let child: ChildProcess | undefined;
  let folder: string | undefined;
  let found: string | undefined;
  const endpoint = () => {
    if (found !== undefined) return found;
    throw new StepFailure('the loop does not run');
  };
  const undo: Undo = {
    id: 'loop-stop',
    title: 'Stop the loop',
    when: 'always',
    failure: 'cleanup',
    limitMs: 30_000,
    isUrgent: true,
    async start() {
      if (child && child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'close');
        endGroup(child);
        await ended;
      }
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
    check: async () => 'stopped',
  };
  return {
    endpoint,
    pid: () => child?.pid,
    step: {
      id: 'loop',
      title: 'Loop',
      failure: 'prerequisite',
      limitMs: 120_000,
      async start({ signal }) {
        folder = mkdtempSync(path.join(tmpdir(), 'deploy-and-test-loop-'));
        const file = path.join(folder, 'loop.jsonl');
        child = startLoop(file);
        while (found === undefined) {
          found = readyEndpoint(file);
          if (child.exitCode !== null || child.signalCode !== null)
            throw new StepFailure(`the loop did not start: ${readFileSync(file, 'utf8').trim()}`);
          await sleep(50, undefined, { signal });
        }
        if (keep) child.unref();
      },
      check: async () => endpoint(),
      ...(!keep && { undo }),
    },
  };
}

function startLoop(file: string): ChildProcess {
  const output = openSync(file, 'a');
  const args = ['--json', '--empty', '--port', '0', '--no-watch', '--retry-speed', '1000'];
  return spawn(
    process.execPath,
    [path.join(ROOT, 'node_modules/serverless-loop/bin/serverless-loop.mjs'), 'start', ...args],
    { cwd: ROOT, detached: true, stdio: ['ignore', output, output] },
  );
}

function readyEndpoint(file: string): string | undefined {
  const ready = readFileSync(file, 'utf8')
    .split('\n')
    .find((line) => line.includes('"kind":"ready"'));
  if (ready === undefined) return undefined;
  const { endpoint }: { endpoint: unknown } = JSON.parse(ready);
  return typeof endpoint === 'string' ? endpoint : undefined;
}
