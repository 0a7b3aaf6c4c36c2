import { readFileSync } from 'node:fs';
import process from 'node:process';

/** Ends what takes more memory than its function has (Lambda guide, "Configure Lambda function memory"). */
export interface MemoryLimit {
  /** From now on its process is looked at. */
  begin(): void;
  end(): void;
  /** Tells whether it took too much: it has been, or is to be, ended. */
  isExceeded(toldMB: number): boolean;
  /** As a report says it: never more than there is. */
  usedMB(toldMB: number): number;
}

/** An allocation of a gigabyte takes as long. */
const LOOK_EVERY_MS = 100;

/**
 * The mapped files of Node's own program don't count: on AWS other processes share it, here only the rest can be compared. So
 * nothing is ended that AWS would let go on. Only Linux says how much that is; elsewhere the peak alone is judged, and leniently.
 */
export function memoryLimit(pid: number, memorySizeMB: number, onExceeded: () => void): MemoryLimit {
  let timer: NodeJS.Timeout | undefined;
  let exceeded = false;

  function look(): void {
    const used = usedMB(pid);
    if (used === undefined || used.ownMB <= memorySizeMB) return;
    exceeded = true;
    clearInterval(timer);
    onExceeded();
  }

  return {
    begin() {
      clearInterval(timer);
      timer = setInterval(look, LOOK_EVERY_MS).unref();
    },
    end: () => clearInterval(timer),
    isExceeded(toldMB) {
      if (!exceeded && toldMB > memorySizeMB) exceeded = ownPeakMB(pid, toldMB) > memorySizeMB;
      return exceeded;
    },
    usedMB: (toldMB) => (exceeded ? memorySizeMB : Math.min(Math.ceil(peakOf(pid, toldMB)), memorySizeMB)),
  };
}

/** For a system that doesn't say: as much as Node's program and libraries take at most. */
const PROGRAM_MB = 80;

function ownPeakMB(pid: number, toldMB: number): number {
  const used = usedMB(pid);
  if (used) return used.peakMB - (used.allMB - used.ownMB);
  // On Linux it has ended; what it told may be the loop's.
  return process.platform === 'linux' ? 0 : toldMB - PROGRAM_MB;
}

function usedMB(pid: number): { allMB: number; ownMB: number; peakMB: number } | undefined {
  try {
    // proc(5): in kB.
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const ofLine = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024;
    const allMB = ofLine('VmRSS');
    return allMB === 0 ? undefined : { allMB, ownMB: allMB - ofLine('RssFile'), peakMB: ofLine('VmHWM') };
  } catch {
    return undefined;
  }
}

/**
 * The process's own peak. What it tells itself is that of the loop that started it, where that was larger: on Linux ru_maxrss
 * outlives execve (getrusage(2)).
 */
function peakOf(pid: number, toldMB: number): number {
  return usedMB(pid)?.peakMB ?? toldMB;
}
