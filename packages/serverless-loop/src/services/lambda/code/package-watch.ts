import path from 'node:path';
import { changedFile } from './fingerprint.ts';
import { watchFolders } from './folder-watch.ts';
import { type Inputs, NO_INPUTS } from './inputs.ts';

/** Tells when a package changes that a bundle is made of, or another one comes in its place. */
export interface PackageWatch {
  /** From now on it is about code of these. */
  follow(inputs: Inputs): void;
  stop(): void;
}

/** A start has more urgent things to do than to watch hundreds of folders. */
const BEGIN_AFTER_MS = 500;
/** npm changes a thousand files, one after the other. */
const SETTLE_MS = 200;

export function watchPackages(onChange: (file: string) => void): PackageWatch {
  const folders = watchFolders(lookSoon);
  let followed: Inputs = NO_INPUTS;
  let begin: NodeJS.Timeout | undefined;
  let settle: NodeJS.Timeout | undefined;

  function lookSoon(): void {
    clearTimeout(settle);
    settle = setTimeout(look, SETTLE_MS).unref();
  }

  function look(): void {
    const changed = changedFile(followed.packages);
    if (changed !== undefined) onChange(changed);
  }

  function watchAll(): void {
    const files = Object.keys(followed.packages);
    folders.follow(files.flatMap((file) => [path.dirname(file), ...placesOf(file)]));
    // And what has changed meanwhile.
    look();
  }

  return {
    follow(inputs) {
      followed = inputs;
      clearTimeout(begin);
      begin = setTimeout(watchAll, BEGIN_AFTER_MS).unref();
    },
    stop() {
      clearTimeout(begin);
      clearTimeout(settle);
      folders.stop();
    },
  };
}

/** The folder in which the package may be replaced as a whole, by a link for one, or come first; the folder above where there is none yet. */
function placesOf(file: string): string[] {
  const end = file.lastIndexOf('/node_modules/') + '/node_modules'.length;
  const folder = file.slice(0, end);
  const [scope = ''] = file.slice(end + 1).split('/');
  return [path.dirname(folder), folder, ...(scope.startsWith('@') ? [path.join(folder, scope)] : [])];
}
