import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

export interface FolderWatch {
  /** Watches these folders, not what is below them, in place of the ones before. */
  follow(folders: Iterable<string>): void;
  stop(): void;
}

/** Tells of every file that is written, made, renamed or removed in some folders; of one save more than once. */
export function watchFolders(onChange: (file: string) => void): FolderWatch {
  let watchers: FSWatcher[] = [];

  function watchFolder(folder: string): FSWatcher[] {
    try {
      const watcher = watch(folder, (_event, name) =>
        onChange(name === null ? folder : path.join(folder, name)),
      );
      // A folder that goes away takes its watcher along.
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  }

  return {
    follow(folders) {
      const outdated = watchers;
      // Anew every time, because a folder may have been replaced by another of its name.
      watchers = [...new Set(folders)].flatMap(watchFolder);
      for (const watcher of outdated) watcher.close();
    },
    stop() {
      for (const watcher of watchers) watcher.close();
      watchers = [];
    },
  };
}
