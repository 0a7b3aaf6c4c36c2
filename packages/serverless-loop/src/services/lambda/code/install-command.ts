import { spawn } from 'node:child_process';

/** Runs a command that installs something, as the leader of a group that is killed when `signal` is aborted. Rejects with what it said. */
export function runInstall(command: string, args: readonly string[], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    // Its children may outlive it, and go on writing.
    const end = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
    signal?.addEventListener('abort', end, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', end);
      if (code === 0) resolve();
      else reject(signal?.aborted ? signal.reason : new Error(said.join('').trim()));
    });
  });
}
