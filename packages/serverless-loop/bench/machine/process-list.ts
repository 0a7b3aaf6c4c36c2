import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface ProcessEntry {
  pid: number;
  parentPid: number;
  /** Resident memory; pages that processes share are counted in each. */
  rssMB: number;
  command: string;
}

const run = promisify(execFile);

/** Every process of this machine. `ps` says it the same way on Linux and macOS. */
async function processes(): Promise<ProcessEntry[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=,args='], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parentPid, rssKB, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || command === undefined) return [];
    return [
      {
        pid: Number(pid),
        parentPid: Number(parentPid),
        rssMB: Number(rssKB) / 1024,
        command: command.trim(),
      },
    ];
  });
}

/** The process `pid` and all that it, or one of those, started; `pid` first. */
export async function processTree(pid: number): Promise<ProcessEntry[]> {
  const all = await processes();
  const tree = all.filter((entry) => entry.pid === pid);
  // A for…of over an array sees what is added to it on the way.
  for (const { pid: parent } of tree) tree.push(...all.filter((entry) => entry.parentPid === parent));
  return tree;
}
