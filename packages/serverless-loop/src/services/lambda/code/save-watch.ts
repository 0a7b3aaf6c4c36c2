import path from 'node:path';
import { fingerprint, isAbsent } from './fingerprint.ts';
import { watchFolders } from './folder-watch.ts';
import { inputsWith } from './inputs.ts';
import type { CodeSource, LoadedCode } from './loaded-code.ts';
import { ownWrites } from './own-writes.ts';
import { watchPackages } from './package-watch.ts';

/** Tells a save of what a function is made of from what else changes beside it, and from what the function writes itself. */
export interface SaveWatch {
  /** Watches where this code comes from, from now on. */
  follow(code: LoadedCode): void;
  /** Watches wherever a change may matter: it isn't known what the next code will be made of. */
  widen(): void;
  /** The code that is followed; of files that the function has written since as they are now. */
  followed(): LoadedCode | undefined;
  /** A file of that code, but for its packages, which is saved otherwise than it was read. */
  missed(): string | undefined;
  /** Counts the changes of files that are not known to matter. */
  strangers(): number;
  /** The function begins to work, or ends: what is saved then may be its own. */
  active(): void;
  /** A process of the function has told that it writes a file. */
  wrote(file: string): void;
  /** A save leads to a reload. */
  reloads(): void;
  /** The reloads look as if the function caused them: its processes are to tell what they write. */
  isSuspected(): boolean;
  stop(): void;
}

export interface SaveWatchOptions {
  source: CodeSource;
  watch: boolean;
  /** True while code is being made: then all that happens to its files matters, as they may be read half-written. */
  isMaking: () => boolean;
  /** True when the last code couldn't be made: then any file may be the one that it lacks. */
  hasFailed: () => boolean;
  onSave: (file: string) => void;
  /** Told once of a file that the function writes. */
  onOwnWrite: (file: string) => void;
}

/** By then the process of a function has told of what it wrote. */
const TOLD_MS = 20;

export function watchSaves(options: SaveWatchOptions): SaveWatch {
  const { source, isMaking, hasFailed, onSave } = options;
  const own = ownWrites(options.onOwnWrite);
  const folders = options.watch ? watchFolders(notice) : undefined;
  const packages = options.watch ? watchPackages(onSave) : undefined;
  let code: LoadedCode | undefined;
  /** Files and folders. Packages are looked at by their own watch, later: they are many files, and somebody waits for this. */
  let ownFiles: string[] = [];
  let besideCode = new Set(source.folders());
  let strangers = 0;
  let stopped = false;

  function knows(now: LoadedCode): void {
    code = now;
    ownFiles = Object.keys(now.inputs.own);
  }

  function notice(file: string): void {
    if (own.mayTake(file)) setTimeout(() => take(file), TOLD_MS).unref();
    else take(file);
  }

  function take(file: string): void {
    if (stopped) return;
    if (own.takes(file)) overlook(file);
    else if (matters(file)) onSave(file);
    else if (isBesideCode(file)) strangers += 1;
  }

  /** A function that was reloaded for what it has written itself would write it again, without an end. */
  function overlook(file: string): void {
    if (!code || !(source.takesNewFiles || file in code.inputs.own)) return;
    const { inputs } = code;
    const asWritten = { ...inputs.own, [file]: fingerprint(file) };
    knows({ ...code, inputs: inputsWith(asWritten, () => inputs.packages) });
  }

  function matters(file: string): boolean {
    return (
      (hasFailed() && isBesideCode(file)) ||
      (isMaking() && code?.inputs.own[file] !== undefined) ||
      isSaved(file)
    );
  }

  /** Folders above, as far as the root, are watched for a package.json alone: much else happens there. */
  function isBesideCode(file: string): boolean {
    return besideCode.has(path.dirname(file));
  }

  /** True when the file is another than the code was made of. */
  function isSaved(file: string): boolean {
    const known = code?.inputs.own[file];
    if (known !== undefined) return fingerprint(file) !== known;
    // It may come before one of those, as a.tsx does before a.ts.
    const folder = path.dirname(file);
    const knownFolder = code?.inputs.own[folder];
    return source.takesNewFiles || (knownFolder !== undefined && fingerprint(folder) !== knownFolder);
  }

  /** With `thereOnly`, of files that are there. */
  function foldersOfCode(thereOnly = false): string[] {
    const itself = new Set(ownFiles.map((file) => path.dirname(file)));
    return ownFiles
      .filter((file) => !itself.has(file) && !(thereOnly && isAbsent(code?.inputs.own[file])))
      .map((file) => path.dirname(file));
  }

  return {
    follow(followed) {
      knows(followed);
      const ofSource = source.folders();
      besideCode = new Set([...foldersOfCode(true), ...ofSource]);
      packages?.follow(followed.inputs);
      folders?.follow([...foldersOfCode(), ...(source.takesNewFiles ? ofSource : [])]);
    },
    widen: () => folders?.follow([...foldersOfCode(), ...source.folders()]),
    followed: () => code,
    missed: () => folders && ownFiles.find((file) => isSaved(file) && !own.has(file)),
    strangers: () => strangers,
    active: own.active,
    wrote: own.wrote,
    reloads: own.changed,
    isSuspected: own.isSuspected,
    stop() {
      stopped = true;
      folders?.stop();
      packages?.stop();
    },
  };
}
