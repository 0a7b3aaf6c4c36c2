import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { promisify } from 'node:util';

/** Linux counts in hundredths of a second, whatever the machine's clock. */
const TICK_MS = 10;

/** Milliseconds of processor time that a process has taken. */
export async function cpuTimeMs(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the name, in parentheses, and may hold any character; 11 fields further stand the times.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'time=', '-p', String(pid)]);
  return stdout
    .trim()
    .split(':')
    .reduce((total, part) => total * 60 + Number(part) * 1000, 0);
}
