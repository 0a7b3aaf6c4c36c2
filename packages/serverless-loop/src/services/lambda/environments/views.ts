import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { APART, mountedView } from './mounted-view.ts';
import { folderView, type OwnView, type ViewOptions } from './own-view.ts';

/** Gives each environment a view of its own, as far as the machine can. */
export type Views = (options: ViewOptions) => Promise<OwnView>;

/** By all that the answer may change with. */
const answers = new Map<string, Promise<boolean>>();

/** Tries once whether this machine lets its users mount, and keeps in the cache what came of it: a start needn't wait for that. */
export function views(cacheDir: string): Views {
  const canMount = process.platform === 'linux' ? canMountHere(cacheDir) : Promise.resolve(false);
  return async (options) => ((await canMount) ? mountedView(options) : folderView());
}

function canMountHere(cacheDir: string): Promise<boolean> {
  const machine = machineNow();
  const answer = answers.get(machine) ?? keptAnswer(machine, cacheDir);
  answers.set(machine, answer);
  return answer;
}

async function keptAnswer(machine: string, cacheDir: string): Promise<boolean> {
  const file = path.join(cacheDir, 'own-view.txt');
  const known = textOf(() => readFileSync(file, 'utf8'));
  for (const answer of [true, false]) if (known === `${machine} ${answer}`) return answer;
  const found = await tryMount();
  textOf(() => writeFileSync(file, `${machine} ${found}`));
  return found;
}

/** Does all that a view needs: Linux may be set not to let users have namespaces, and containers seldom do. */
function tryMount(): Promise<boolean> {
  const moving = 'mount -t tmpfs tmp /mnt && mount --move /mnt /tmp';
  return new Promise((resolve) => {
    const [command = '', ...args] = APART;
    execFile(command, [...args, 'sh', '-c', moving], (error) => resolve(error === null));
  });
}

/** All that the answer may change with: the kernel and its settings, the container, the user. */
function machineNow(): string {
  const kernel = ['kernel/random/boot_id', 'user/max_user_namespaces', 'kernel/unprivileged_userns_clone'];
  const settings = [...kernel, 'kernel/apparmor_restrict_unprivileged_userns'];
  const texts = [
    ...settings.map((name) => textOf(() => readFileSync(`/proc/sys/${name}`, 'utf8').trim())),
    ...['user', 'mnt'].map((name) => textOf(() => readlinkSync(`/proc/self/ns/${name}`))),
    process.getuid?.(),
  ];
  return texts.join(' ');
}

/** Undefined where there is none, or no place for it. */
function textOf<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
