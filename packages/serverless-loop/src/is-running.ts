import { hasCode } from './aws/has-code.ts';

/** True while a process with this id runs, whoever owns it. */
export function isRunning(pid: number): boolean {
  // These name groups of processes (kill(2)).
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user: it is there, but not ours to signal.
    return hasCode(error, 'EPERM');
  }
}
