import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export class ToolMissingError extends Error {
  override readonly name = 'ToolMissingError';

  constructor(command: string, options: ErrorOptions) {
    super(`${command} was not found on the PATH, or can't be run`, options);
  }
}

/** A tool ended with another status than 0. */
export class ToolFailedError extends Error {
  override readonly name = 'ToolFailedError';
  readonly lines: readonly string[];

  constructor(call: string, ending: string, lines: readonly string[]) {
    const telling = tellingLine(lines);
    super(`${call} ended with ${ending}${telling === undefined ? '' : `: ${telling}`}`);
    this.lines = lines;
  }
}

export interface ToolCall {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onLine?(line: string): void;
  /** Between asking it to end and ending it. */
  killAfterMs?: number;
}

const LAST_LINES = 60;
const KILL_AFTER_MS = 5_000;

/**
 * Runs a tool to its end and gives what it wrote. It is the head of a process group of its own: a terminal's Ctrl-C
 * doesn't reach it, and an abort ends it with all that it has started. Throws ToolMissingError and ToolFailedError.
 */
export async function runTool(call: ToolCall): Promise<string[]> {
  const { command, args, cwd, env, signal, onLine, killAfterMs } = call;
  signal.throwIfAborted();
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    onLine?.(line);
  };
  read(child.stdout, keep);
  read(child.stderr, keep);
  const stop = () => endGroup(child, killAfterMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const [status, ending] = await once(child, 'close').catch((cause) => {
      throw new ToolMissingError(command, { cause });
    });
    signal.throwIfAborted();
    if (status === 0) return lines;
    const name = [command, args[0]].join(' ').replace(/^.*\//, '');
    throw new ToolFailedError(
      name,
      status === null ? String(ending) : `status ${status}`,
      lines.slice(-LAST_LINES),
    );
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function read(stream: Readable, keep: (line: string) => void): void {
  createInterface({ input: stream }).on('line', keep);
}

/** Ends a process group: by SIGTERM, and what is still there after a while by SIGKILL. */
export function endGroup(child: ChildProcess, killAfterMs = KILL_AFTER_MS): void {
  const { pid } = child;
  if (pid === undefined) return;
  const send = (signal: NodeJS.Signals) => {
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended.
    }
  };
  send('SIGTERM');
  const timer = setTimeout(() => send('SIGKILL'), killAfterMs);
  child.once('close', () => clearTimeout(timer));
}

/** The line that most likely says why: the last one about an error, else the last one. */
function tellingLine(lines: readonly string[]): string | undefined {
  const said = lines.map((line) => line.trim()).filter((line) => line !== '');
  return said.findLast((line) => /\berror\b|failed/i.test(line)) ?? said.at(-1);
}
