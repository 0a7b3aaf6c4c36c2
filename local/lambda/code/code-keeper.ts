import path from 'node:path';
import type { Report } from '../../facts.ts';
import { BuildError } from './build-error.ts';
import type { CodeSource, LoadedCode } from './code-source.ts';
import { fingerprint } from './fingerprint.ts';
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
  let stopped = false;
  let work: Promise<unknown>;

  const watched = options.watch ? watchFolders(onFileChange) : undefined;

  function onFileChange(file: string): void {
    if (stopped || !matters(file)) return;
    changes += 1;
    options.onChange();
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      work = work.then(() => reload(path.relative(projectDir, file)));
    }, QUIET_MS);
  }

  function matters(file: string): boolean {
    const known = current?.inputs[file];
    if (known === undefined) return lastFailed || source.takesNewFiles;
    return lastFailed || fingerprint(file) !== known;
  }

  async function reload(changed: string): Promise<void> {
    if (stopped) return;
    const seen = changes;
    report({ kind: 'build.started', functionName, changed });
    const startedAt = performance.now();
    try {
      const code = await source.load(() => {});
      // Saved again meanwhile: that reload is on its way.
      if (stopped || seen !== changes) return;
      succeed(code, startedAt);
      const isSame = code.version === current?.version;
      // Its initialisation may take seconds, and must not hold up the next save.
      void adopt(code, isSame);
    } catch (error) {
      if (!stopped && seen === changes) fail(error);
    }
  }

  async function loadFirst(): Promise<void> {
    const startedAt = performance.now();
    let isBuilt = false;
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
    follow(code);
    current = code;
    lastFailed = false;
    if (isSame) options.onSame();
    else await options.onCode(code);
  }

  function fail(error: unknown): BuildError {
    const failure = error instanceof BuildError ? error : new BuildError([String(error)], { cause: error });
    lastFailed = true;
    if (!current) watched?.follow(source.folders());
    report({ kind: 'build.failed', functionName, errors: failure.errors });
    options.onFailure(failure);
    return failure;
  }

  function follow(code: LoadedCode): void {
    const folders = Object.keys(code.inputs).map((file) => path.dirname(file));
    watched?.follow(source.takesNewFiles ? [...folders, ...source.folders()] : folders);
  }

  const first = loadFirst().catch((error) => {
    throw fail(error);
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
