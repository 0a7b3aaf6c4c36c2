import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../facts.ts';
import { watchFolders } from '../services/lambda/code/folder-watch.ts';
import type { FollowedTemplate } from './followed-template.ts';

export interface TemplateWatchOptions {
  /** The template, and what else decides what of it is run, as of now; some may not be there. */
  files(): readonly string[];
  /** Runs what they say now. Rejects with what is wrong with them. */
  follow(): Promise<Omit<FollowedTemplate, 'stack'>>;
  report: Report;
}

/** An editor writes in several steps, and what is half written is broken. */
const SETTLE_MS = 100;

/**
 * Runs a template whenever it is saved, and tells of it; one save after the other, and of several that come meanwhile the last.
 * By its content: a save that changes nothing says nothing, and a file may be replaced by another.
 */
export function watchTemplate({ files, follow, report }: TemplateWatchOptions): { stop(): void } {
  const seen = new Map(files().map((file) => [file, contentOf(file)]));
  let watched = new Set<string>();
  let settling: NodeJS.Timeout | undefined;
  let following: Promise<void> | undefined;
  let isStopped = false;
  /** Saved once more while it is followed. */
  let isOutdated = false;
  let wasEmpty = false;

  const watch = watchFolders((file) => {
    if (watched.has(file) || foldersOf(watched).includes(file)) settle();
  });
  watchFiles();

  function settle(): void {
    isOutdated = following !== undefined;
    clearTimeout(settling);
    settling = setTimeout(look, SETTLE_MS);
  }

  /** A file that is new among them was read a moment ago. */
  function watchFiles(): void {
    for (const file of files()) if (!seen.has(file)) seen.set(file, contentOf(file));
    const wanted = new Set(files().flatMap((file) => [path.resolve(file), realPath(file)]));
    if (isDeepStrictEqual(wanted, watched)) return;
    watched = wanted;
    watch.follow(foldersOf(watched));
  }

  function look(): void {
    if (following) return;
    const changed = files().filter((file) => contentOf(file) !== seen.get(file));
    const [first] = changed;
    if (first === undefined) return;
    // A file is emptied before it is written: it gets another moment, and one that stays empty is meant so.
    const isEmpty = changed.some((file) => contentOf(file) === '');
    if (isEmpty && !wasEmpty) {
      wasEmpty = true;
      settle();
      return;
    }
    wasEmpty = false;
    for (const file of changed) seen.set(file, contentOf(file));
    isOutdated = false;
    following = run(first).finally(() => {
      following = undefined;
      if (isStopped) return;
      watchFiles();
      if (isOutdated) settle();
    });
  }

  async function run(changed: string): Promise<void> {
    const file = path.basename(changed);
    try {
      const { added, changed, removed, missing } = await follow();
      report({ kind: 'template.changed', file, added, changed, removed, missing });
    } catch (error) {
      if (isStopped) return;
      // It may have been read half written: the end of that save has the word.
      if (isOutdated) {
        seen.set(changed, undefined);
        return;
      }
      const errors = (error instanceof Error ? error.message : String(error)).split('\n');
      report({ kind: 'template.broken', file, errors });
    }
  }

  return {
    stop() {
      isStopped = true;
      clearTimeout(settling);
      watch.stop();
    },
  };
}

function foldersOf(files: Iterable<string>): string[] {
  return [...files].map((file) => path.dirname(file));
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
