import { execFile } from 'node:child_process';
import { APART, mountedView } from './mounted-view.ts';
import { folderView, type OwnView, type ViewOptions } from './own-view.ts';

/** Gives each environment a view of its own, as far as the machine can. */
export type Views = (options: ViewOptions) => Promise<OwnView>;

/** Looks once whether this machine lets its users mount. */
export function views(): Views {
  const canMount = process.platform === 'linux' ? canMountHere() : Promise.resolve(false);
  return async (options) => ((await canMount) ? mountedView(options) : folderView());
}

/** Does all that a view needs: Linux may be set not to let users have namespaces, and containers seldom do. */
function canMountHere(): Promise<boolean> {
  const moving = 'mount -t tmpfs tmp /mnt && mount --move /mnt /tmp';
  return new Promise((resolve) => {
    const [command = '', ...args] = APART;
    execFile(command, [...args, 'sh', '-c', moving], (error) => resolve(error === null));
  });
}
