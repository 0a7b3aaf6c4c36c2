import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { BuildReports } from './build-reports.ts';
import { type Fingerprints, fingerprintAll, isEmptied } from './fingerprint.ts';
import { allOf } from './inputs.ts';
import type { CodeSource, LoadedCode, LoadOptions } from './loaded-code.ts';
import { isPackageFile } from './package-border.ts';
import type { SaveWatch } from './save-watch.ts';

/** The outcome of an attempt to make code; undefined when it was given up for another. */
export type Made =
  | { kind: 'code'; code: LoadedCode }
  /** Nothing is saved otherwise than the code was made of before. */
  | { kind: 'same' }
  | { kind: 'failure'; error: unknown }
  | undefined;

export interface CodeMaker {
  /** Makes the first code; with `mayBeUnsure`, whoever asks looks at the files of its packages later. */
  first(options: Pick<LoadOptions, 'signal' | 'mayBeUnsure'>): Promise<LoadedCode>;
  /** Makes the code as it is saved now. */
  make(attempt: Attempt): Promise<Made>;
}

export interface Attempt {
  /** The save that led to it. */
  file: string;
  signal: AbortSignal;
  /** The last one failed: then the same files may give other code. */
  isAfterFailure: boolean;
  /** Called before the files are read: all saves so far are in them. */
  onRead: () => void;
  /** Called when it is other code. */
  onBuild: () => void;
}

/** A file that a save has emptied may stay so for so long before it is taken for what is meant: on a busy machine the text comes late. */
const EMPTIED_MS = 100;

/** Makes a function's code, and tells of its builds but for those that fail. */
export function codeMaker(source: CodeSource, saves: SaveWatch, reports: BuildReports): CodeMaker {
  return {
    async first(options) {
      const startedAt = performance.now();
      let isBuilt = false;
      if (source.takesNewFiles) saves.widen();
      const code = await source.load({
        ...options,
        onBuild() {
          isBuilt = true;
          saves.widen();
          reports.started(undefined);
        },
      });
      if (isBuilt) reports.succeeded(code, startedAt);
      return code;
    },

    async make({ file, signal, isAfterFailure, onRead, onBuild }) {
      if (isEmptied(file)) await pause(EMPTIED_MS, undefined, { signal }).catch(() => {});
      if (signal.aborted) return undefined;
      onRead();
      const followed = saves.followed()?.inputs;
      const inputs = followed && allOf(followed);
      const known = inputs && fingerprintsNow(inputs, file);
      if (!isAfterFailure && !source.takesNewFiles && isDeepStrictEqual(known, inputs)) {
        reports.dropped();
        return { kind: 'same' };
      }
      saves.reloads();
      reports.started(file);
      const startedAt = performance.now();
      saves.widen();
      try {
        const loading = source.load({ ...(known && { known }), signal });
        onBuild();
        const code = await loading;
        if (signal.aborted) return undefined;
        reports.succeeded(code, startedAt);
        return { kind: 'code', code };
      } catch (error) {
        return signal.aborted ? undefined : { kind: 'failure', error };
      }
    },
  };
}

/** Those of packages are many; when one changes, that is a save of its own. */
function fingerprintsNow(inputs: Fingerprints, file: string): Fingerprints {
  const files = Object.keys(inputs);
  if (isPackageFile(file)) return fingerprintAll(files);
  return { ...inputs, ...fingerprintAll(files.filter((input) => !isPackageFile(input))) };
}
