import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type LoopSchedules, NoSuchScheduleError, ownName, type Schedule } from '../../loop/schedules.ts';
import { printable } from '../../printable.ts';
import { scheduleRows } from './schedule-rows.ts';

/** Told beside how the loop is stopped. */
export const KEYS_HINT = 'f and Enter meets a schedule now';

export interface ScheduleKeysOptions {
  input: NodeJS.ReadableStream;
  out: { write(text: string): void };
  schedules: LoopSchedules;
}

/**
 * Lets a person at the terminal meet a schedule: `f` and Enter shows all, and a number or a name and Enter chooses one. By whole
 * lines, so that the terminal stays as it is, Ctrl-C and all.
 */
export function scheduleKeys({ input, out, schedules }: ScheduleKeysOptions): { stop(): void } {
  const lines = createInterface({ input, terminal: false });
  /** Those that were shown last, while it is asked which one. */
  let offered: Schedule[] | undefined;

  function offer(): void {
    const all = schedules.list();
    if (all.length === 0) {
      out.write('There is no schedule.\n');
      return;
    }
    offered = all;
    const rows = scheduleRows(all).map((row, at) => `  ${String(at + 1).padStart(2)}  ${row}\n`);
    out.write(`${rows.join('')}Which one? Its number or name and Enter; Enter alone for none.\n`);
  }

  function meet(name: string): void {
    try {
      const met = schedules.fire(name);
      out.write(`${printable(ownName(met))} is met\n`);
    } catch (error) {
      if (!(error instanceof NoSuchScheduleError)) throw error;
      out.write(`${printable(error.message)}\n`);
    }
  }

  lines.on('line', (line) => {
    const typed = line.trim();
    if (!offered) {
      if (typed === 'f') offer();
      return;
    }
    const chosen = /^\d+$/.test(typed) ? offered[Number(typed) - 1] : undefined;
    offered = undefined;
    if (typed !== '') meet(chosen ? ownName(chosen) : typed);
  });
  return { stop: () => lines.close() };
}

/** True where a person can type: of a process in the background the system would make a stopped one for reading what is typed. */
export function canBeTypedAt(input: { isTTY?: boolean }, out: { isTTY: boolean }): boolean {
  return input.isTTY === true && out.isTTY && isInForeground();
}

function isInForeground(): boolean {
  try {
    // proc_pid_stat(5): after the command's name state, parent, process group, session, terminal and its foreground group.
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === foreground;
  } catch {
    // ps(1): a plus is of the foreground.
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(process.pid)], { encoding: 'utf8' });
    return stdout?.includes('+') ?? false;
  }
}
