import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { inSlices } from '../../../aws/in-slices.ts';

/** A process of this user that runs now. */
export interface ListedProcess {
  pid: number;
  parent: number;
  /** The environment that it was started with, among other text. */
  environment: string;
}

/** Those whose environment this user may read; none where the system doesn't tell. */
export async function listProcesses(): Promise<ListedProcess[]> {
  try {
    return process.platform === 'linux' ? await inSlices(listProc()) : await listPs();
  } catch {
    return [];
  }
}

/** The processes that a process has started, and those again, as far as nobody between them has ended; and all that carry the mark. */
export function familyOf(processes: readonly ListedProcess[], head: number, mark: string): Set<number> {
  const family = new Set(
    processes.filter(({ environment }) => environment.includes(mark)).map(({ pid }) => pid),
  );
  family.add(head);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  family.delete(head);
  family.delete(process.pid);
  return family;
}

/**
 * Linux has a folder for each process. Read each at once: that takes 10 to 50 ms in all, and by asynchronous calls 200 on a busy
 * machine. It yields after each, so that others are served between two slices of them.
 */
function* listProc(): Generator<undefined, ListedProcess[]> {
  const processes: ListedProcess[] = [];
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? readProc(name) : undefined;
    if (found) processes.push(found);
    yield;
  }
  return processes;
}

function readProc(pid: string): ListedProcess | undefined {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the name, in parentheses, and may hold any character.
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid: Number(pid), parent: Number(parent), environment };
  } catch {
    // Another user's, or ended meanwhile.
    return undefined;
  }
}

/** With `e`, BSD's ps shows the environment behind the command. */
async function listPs(): Promise<ListedProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['axeww', '-o', 'pid=,ppid=,command='], {
    maxBuffer: 256 * 1024 * 1024,
  });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, environment = ''] = /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), environment }];
  });
}
