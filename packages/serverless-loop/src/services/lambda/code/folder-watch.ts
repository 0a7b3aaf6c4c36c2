import { type FSWatcher, statSync, watch } from 'node:fs';
import path from 'node:path';

export interface FolderWatch {
  /** Watches these folders, not what is below them, in place of the ones before. */
  follow(folders: Iterable<string>): void;
  stop(): void;
}

interface WatchedFolder {
  /** Another one for another folder of its name. */
  identity: string;
  watcher: FSWatcher;
}

/** Tells of every file that is written, made, renamed or removed in some folders; of one save more than once. */
export function watchFolders(onChange: (file: string) => void): FolderWatch {
  let watched = new Map<string, WatchedFolder>();

  function watchFolder(folder: string, identity: string): WatchedFolder | undefined {
    try {
      const watcher = watch(folder, (_event, name) =>
        onChange(name === null ? folder : path.join(folder, name)),
      );
      // A folder that goes away takes its watcher along.
      watcher.on('error', () => watcher.close());
      return { identity, watcher };
    } catch {
      return undefined;
    }
  }

  function follow(folders: Iterable<string>): void {
    const outdated = watched;
    watched = new Map();
    for (const folder of new Set(folders)) {
      const identity = identityOf(folder);
      if (identity === undefined) continue;
      const before = outdated.get(folder);
      const isSame = before?.identity === identity;
      if (isSame) outdated.delete(folder);
      const now = isSame ? before : watchFolder(folder, identity);
      if (now) watched.set(folder, now);
    }
    for (const { watcher } of outdated.values()) watcher.close();
  }

  return { follow, stop: () => follow([]) };
}

/** An inode's number is given again to a folder that is made anew. */
function identityOf(folder: string): string | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats && `${stats.dev} ${stats.ino} ${stats.birthtimeMs}`;
}
