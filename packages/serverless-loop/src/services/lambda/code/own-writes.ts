import path from 'node:path';

/** Tells what a function writes itself, where its code is, from what somebody saves. */
export interface OwnWrites {
  /** The function begins to work, or ends. */
  active(): void;
  /** A change that is in no code yet leads to a reload. */
  changed(): void;
  /** The function's changes look as if they were its own: its processes are to tell what they write. */
  isSuspected(): boolean;
  /** A process of the function has told that it writes a file. */
  wrote(file: string): void;
  /** True when it has written beside that file: then it may be about to tell that it wrote this one. */
  mayTake(file: string): boolean;
  /** True when the file is known as one that the function writes. */
  has(file: string): boolean;
  /** True when a change of the file that was just noticed is the function's; only once for each time that it wrote. */
  takes(file: string): boolean;
}

/** A change so soon after the function was at work may be by it; two in a row are suspicious. */
const SOON_MS = 3_000;
const SUSPICIOUS_CHANGES = 2;
/** By then a change is noticed, unless the machine is busy: then it makes one more reload. */
const NOTICED_MS = 500;
/** A function may write another file each time: so many are told of, and so many are kept in mind. */
const MAX_TOLD = 5;
const MAX_KNOWN = 1_000;

export function ownWrites(onFirst: (file: string) => void): OwnWrites {
  const last = new Map<string, number>();
  const known = new Set<string>();
  const folders = new Set<string>();
  let activeAt = Number.NEGATIVE_INFINITY;
  let suspicious = 0;

  return {
    active() {
      activeAt = performance.now();
    },
    changed() {
      suspicious = performance.now() - activeAt < SOON_MS ? suspicious + 1 : 0;
    },
    isSuspected: () => suspicious >= SUSPICIOUS_CHANGES || known.size > 0,
    wrote(file) {
      if (last.size >= MAX_KNOWN) last.clear();
      last.set(file, performance.now());
      folders.add(path.dirname(file));
    },
    mayTake: (file) => folders.has(path.dirname(file)),
    has: (file) => known.has(file),
    takes(file) {
      const isOwn = performance.now() - (last.get(file) ?? Number.NEGATIVE_INFINITY) < NOTICED_MS;
      if (!isOwn) return false;
      last.delete(file);
      if (!known.has(file) && known.size < MAX_TOLD) onFirst(file);
      if (known.size < MAX_KNOWN) known.add(file);
      return true;
    },
  };
}
