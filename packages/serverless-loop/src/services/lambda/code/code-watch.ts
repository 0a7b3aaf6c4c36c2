import path from 'node:path';
import type { CodeSource, LoadedCode } from './code-source.ts';
import { watchFolders } from './folder-watch.ts';

/** Tells of changes where a function's code comes from. */
export interface CodeWatch {
  /** From now on wherever a change may matter: it isn't known what the next code will be made of. */
  around(current: LoadedCode | undefined): void;
  /** From now on where this code comes from. */
  on(code: LoadedCode): void;
  stop(): void;
}

export function watchCode(source: CodeSource, onChange: (file: string) => void): CodeWatch {
  const folders = watchFolders(onChange);

  function around(code: LoadedCode | undefined): void {
    folders.follow([...foldersOf(code), ...source.folders()]);
  }

  return {
    around,
    on(code) {
      if (source.takesNewFiles) around(code);
      else folders.follow(foldersOf(code));
    },
    stop: folders.stop,
  };
}

function foldersOf(code: LoadedCode | undefined): string[] {
  return Object.keys(code?.inputs ?? {}).map((file) => path.dirname(file));
}
