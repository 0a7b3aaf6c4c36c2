import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../facts.ts';
import { watchFolders } from '../services/lambda/code/folder-watch.ts';

export interface TemplateWatchOptions {
  /** The template, and what else decides what of it is run; some may not be there. */
  files: readonly string[];
  /** Reads them as a start does. Throws what is wrong with them. */
  load(): void;
  report: Report;
}

/** An editor writes in several steps, and what is half written is broken. */
const SETTLE_MS = 100;

/**
 * Tells of a saved template, which runs only after a restart, and of one that can't be run. By its content: a save that
 * changes nothing says nothing, and a file may be replaced by another.
 */
export function watchTemplate({ files, load, report }: TemplateWatchOptions): { stop(): void } {
  const started = new Map(files.map((file) => [file, contentOf(file)]));
  const seen = new Map(started);
  let settling: NodeJS.Timeout | undefined;

  const watched = new Set(files.flatMap((file) => [path.resolve(file), realPath(file)]));
  const folders = [...watched].map((file) => path.dirname(file));
  const watch = watchFolders((file) => {
    if (!watched.has(file) && !folders.includes(file)) return;
    clearTimeout(settling);
    settling = setTimeout(look, SETTLE_MS);
  });
  watch.follow(folders);

  function look(): void {
    const changed = files.filter((file) => contentOf(file) !== seen.get(file));
    const [first] = changed;
    if (first === undefined) return;
    for (const file of changed) seen.set(file, contentOf(file));
    const file = path.basename(first);
    const isAsStarted = files.every((each) => seen.get(each) === started.get(each));
    try {
      if (!isAsStarted) load();
      report({ kind: 'template.changed', file, isAsStarted });
    } catch (error) {
      const errors = (error instanceof Error ? error.message : String(error)).split('\n');
      report({ kind: 'template.broken', file, errors });
    }
  }

  return {
    stop() {
      clearTimeout(settling);
      watch.stop();
    },
  };
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

/** The path that a link leads to. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}
