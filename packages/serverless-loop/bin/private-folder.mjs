// Plain JavaScript, because the launcher needs it before TypeScript can be read.

import { chmodSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import path from 'node:path';

const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/**
 * The user's own folder for what the loop keeps between runs: bundles, and bytecode that the commands execute.
 * https://specifications.freedesktop.org/basedir-spec: an empty variable counts as unset, a relative one is invalid.
 *
 * @param {Record<string, string | undefined>} environment
 * @returns {string}
 */
export function userCacheFolder(environment) {
  const { XDG_CACHE_HOME: base = '' } = environment;
  if (path.isAbsolute(base)) return path.join(base, 'serverless-loop');
  const home = homedir();
  return path.join(home, platform() === 'darwin' ? 'Library/Caches' : '.cache', 'serverless-loop');
}

/**
 * Makes `folder` where it is missing and sees to it that nobody else can put a file there: it is the user's, with mode
 * 0700, and none of the folders above lets another user put a folder in its place.
 *
 * @param {string} folder
 * @returns {string} the folder, without symbolic links
 * @throws {Error} when it can't be had, or isn't the user's alone
 */
export function privateFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (lstatSync(folder).isSymbolicLink()) throw new Error(`${folder} is a symbolic link`);
  const real = realpathSync(folder);
  const { uid, mode } = statSync(real);
  if (uid !== process.getuid?.()) throw new Error(`${real} belongs to another user`);
  if (mode & 0o077) chmodSync(real, 0o700);
  for (let above = path.dirname(real); ; above = path.dirname(above)) {
    if (isOpenToOthers(above)) throw new Error(`${above} can be changed by other users`);
    if (above === path.dirname(above)) return real;
  }
}

/** A folder whose entries another user could rename; in a sticky one only the owner of an entry can. */
function isOpenToOthers(/** @type {string} */ folder) {
  const { uid, gid, mode } = statSync(folder);
  if (uid !== 0 && uid !== process.getuid?.()) return true;
  if (mode & STICKY) return false;
  // With umask 002 a user's folders are open to the user's own group.
  const isOpenToGroup = Boolean(mode & GROUP_WRITES) && gid !== 0 && gid !== process.getgid?.();
  return isOpenToGroup || Boolean(mode & OTHERS_WRITE);
}
