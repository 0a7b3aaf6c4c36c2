import path from 'node:path';
import type { Report } from '../../facts.ts';
import { BuildError } from './build-error.ts';
import type { CodeSource, LoadedCode } from './code-source.ts';
import { fingerprint, isUnchanged } from './fingerprint.ts';
import { watchFolders } from './folder-watch.ts';

/** Keeps a function's running code the same as what is saved. */
export interface CodeKeeper {
  /** Resolves when the first code runs; rejects with BuildError when there is none. */
  first: Promise<void>;
  stop(): Promise<void>;
}

export interface CodeKeeperOptions {
  functionName: string;
  source: CodeSource;
  projectDir: string;
  watch: boolean;
  report: Report;
  /** A change was seen: other code is on its way. */
  onChange: () => void;
  /** Resolves when the code runs. */
  onCode: (code: LoadedCode) => Promise<void>;
  /** Nothing changed after all. */
  onSame: () => void;
  onFailure: (error: BuildError) => void;
}

/** A save is a handful of events; the build waits until they have been silent for so long. */
const QUIET_MS = 10;

export function keepCode(options: CodeKeeperOptions): CodeKeeper {
  const { functionName, source, projectDir, report } = options;
  let current: LoadedCode | undefined;
  let lastFailed = false;
  let quiet: NodeJS.Timeout | undefined;
  let changes = 0;
  let strangers = 0;
  let stopped = false;
  let work: Promise<unknown>;

  const watched = options.watch ? watchFolders(onFileChange) : undefined;

  function onFileChange(file: string): void {
    if (stopped) return;
    if (matters(file)) reloadFor(file);
    else strangers += 1;
  }

  function reloadFor(file: string): void {
    changes += 1;
    options.onChange();
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      work = work.then(() => reload(file));
    }, QUIET_MS);
  }

  function matters(file: string): boolean {
    const known = current?.inputs[file];
    if (known === undefined) return lastFailed || source.takesNewFiles;
    return lastFailed || fingerprint(file) !== known;
  }

  async function reload(changed: string): Promise<void> {
    if (stopped) return;
    if (!lastFailed && !source.takesNewFiles && current && isUnchanged(current.inputs)) {
      // An editor empties a file before it writes the same again.
      options.onSame();
      return;
    }
    const seen = { changes, strangers };
    report({ kind: 'build.started', functionName, changed: path.relative(projectDir, changed) });
    const startedAt = performance.now();
    followAround();
    try {
      const code = await source.load(() => {});
      // Saved again meanwhile: that reload is on its way.
      if (stopped || seen.changes !== changes) return;
      succeed(code, startedAt);
      const isSame = code.version === current?.version;
      // Its initialisation may take seconds, and must not hold up the next save.
      void adopt(code, isSame);
    } catch (error) {
      if (stopped || seen.changes !== changes) return;
      fail(error);
      // A file that the code lacked may have come while it was built.
      if (seen.strangers !== strangers) reloadFor(changed);
    }
  }

  async function loadFirst(): Promise<void> {
    const startedAt = performance.now();
    let isBuilt = false;
    followAround();
    const code = await source.load(() => {
      isBuilt = true;
      report({ kind: 'build.started', functionName, changed: 'not built before' });
    });
    if (isBuilt) succeed(code, startedAt);
    if (!stopped) await adopt(code, false);
  }

  function succeed({ sizeBytes }: LoadedCode, startedAt: number): void {
    report({ kind: 'build.succeeded', functionName, durationMs: performance.now() - startedAt, sizeBytes });
  }

  async function adopt(code: LoadedCode, isSame: boolean): Promise<void> {
    current = code;
    lastFailed = false;
    const running = isSame ? options.onSame() : options.onCode(code);
    follow(code);
    const missed = Object.keys(code.inputs).find(matters);
    if (watched && missed !== undefined) reloadFor(missed);
    await running;
  }

  function fail(error: unknown): BuildError {
    const failure = error instanceof BuildError ? error : new BuildError([String(error)], { cause: error });
    lastFailed = true;
    report({ kind: 'build.failed', functionName, errors: failure.errors });
    options.onFailure(failure);
    return failure;
  }

  /** Wherever a change may matter, as long as it isn't known what the next code is made of. */
  function followAround(): void {
    watched?.follow([...foldersOf(current), ...source.folders()]);
  }

  /** Where the code comes from, and nothing else. */
  function follow(code: LoadedCode): void {
    watched?.follow(source.takesNewFiles ? [...foldersOf(code), ...source.folders()] : foldersOf(code));
  }

  const first = loadFirst().catch((error) => {
    const failure = fail(error);
    if (strangers > 0) reloadFor(source.folders()[0] ?? projectDir);
    throw failure;
  });
  work = first.catch(() => {});

  return {
    first,
    async stop() {
      stopped = true;
      clearTimeout(quiet);
      watched?.stop();
      await work;
    },
  };
}

function foldersOf(code: LoadedCode | undefined): string[] {
  return Object.keys(code?.inputs ?? {}).map((file) => path.dirname(file));
}
