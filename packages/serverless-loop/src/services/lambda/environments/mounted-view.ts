import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { OwnView, ViewOptions } from './own-view.ts';
import { type Program, RUNTIME_DIR } from './runtime-program.ts';

/** Begins the command of a program in namespaces of its own, in which its user may mount. */
export const APART = ['unshare', '--user', '--map-current-user', '--keep-caps', '--mount'] as const;

const SCRIPT = path.join(RUNTIME_DIR, 'own-view.sh');
/** Descriptors of the namespaces, as a process that joins them has them. */
const USER_FD = 4;
const MOUNT_FD = 5;
const JOINED = `cd "$0" && exec "$@" ${USER_FD}<&- ${MOUNT_FD}<&-`;

/**
 * A view by mounts, which nobody else sees: a tmpfs at /tmp, which takes no more than its size and counts as the machine's
 * memory, and the code for reading only. Open descriptors of its namespaces keep it while none of its processes lives.
 */
export function mountedView({ ephemeralStorageMB, readOnly, places }: ViewOptions): OwnView {
  const kept = new Set(places.filter((place) => place.startsWith('/tmp/')).map(entryOfTmp));
  let held: number[] = [];
  let stopped = false;

  function release(): void {
    for (const fd of held) closeSync(fd);
    held = [];
  }

  return {
    start(program, { folder, isTold, env }) {
      const joined = held.length > 0;
      const [command = '', ...args] = joined
        ? joining(folder, program)
        : [
            ...APART,
            'sh',
            SCRIPT,
            isTold ? 'meanwhile' : 'first',
            String(ephemeralStorageMB),
            folder,
            readOnly.join('\n'),
            [...kept].join('\n'),
            program.file,
            ...program.args,
          ];
      const child = spawn(command, args, {
        cwd: folder,
        env: { ...env, ...program.environment },
        stdio: ['pipe', 'pipe', 'pipe', 'pipe', ...(joined ? held : (['pipe'] as const))],
        detached: true,
      });
      const ready = joined ? Promise.resolve() : mounted(child);
      void ready.then(() => {
        if (!joined && !stopped && held.length === 0) held = namespacesOf(child);
      });
      return { child, ready };
    },
    stop() {
      stopped = true;
      release();
    },
  };
}

function joining(folder: string, { file, args }: Program): string[] {
  const namespaces = [`--user=/proc/self/fd/${USER_FD}`, `--mount=/proc/self/fd/${MOUNT_FD}`];
  return ['nsenter', '--preserve-credentials', ...namespaces, 'sh', '-c', JOINED, folder, file, ...args];
}

/** Its fourth descriptor is closed when all is mounted, or it has ended. */
function mounted(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const stream = child.stdio[4];
    stream?.on('error', () => {}).once('close', resolve);
    if (stream && 'resume' in stream) stream.resume();
    child.once('error', () => resolve());
  });
}

/** Nothing of a process that has ended: the next one begins with a view of its own. */
function namespacesOf({ pid }: ChildProcess): number[] {
  const opened: number[] = [];
  try {
    for (const name of ['user', 'mnt']) opened.push(openSync(`/proc/${pid}/ns/${name}`, 'r'));
    return opened;
  } catch {
    for (const fd of opened) closeSync(fd);
    return [];
  }
}

function entryOfTmp(place: string): string {
  return place.split('/').slice(0, 3).join('/');
}
