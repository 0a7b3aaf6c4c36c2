import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../../../facts.ts';
import type { BuildError } from './build-error.ts';
import { buildReports } from './build-reports.ts';
import type { CodeSource, LoadedCode } from './code-source.ts';
import { watchCode } from './code-watch.ts';
import { fingerprint, fingerprintAll, isEmptied } from './fingerprint.ts';
import { ownWrites } from './own-writes.ts';
import type { ReloadTurn } from './reload-turns.ts';
import { settling } from './settling.ts';

/** Keeps a function's running code the same as what is saved. */
export interface CodeKeeper {
  /** Resolves when the first code runs; rejects with BuildError when there is none. */
  first: Promise<void>;
  /** The function begins to work, or ends: what is saved then may be its own. */
  active(): void;
  /** A process of the function has told that it writes a file. */
  wrote(file: string): void;
  stop(): Promise<void>;
}

export interface CodeKeeperOptions {
  functionName: string;
  source: CodeSource;
  projectDir: string;
  watch: boolean;
  /** How long nothing is saved until the source may settle. */
  settleAfterMs: number;
  turn: ReloadTurn;
  report: Report;
  /** A change was seen: other code is on its way. */
  onChange: () => void;
  /** What is saved now is being read. */
  onRead: () => void;
  /** Somebody waits for the code that is being made: a later save doesn't stop that. */
  isAwaited: () => boolean;
  /** The code is being made. */
  onReload: () => void;
  /** Resolves when the code runs. */
  onCode: (code: LoadedCode) => Promise<void>;
  /** The same code, whole: for the environments that start from now on. */
  onSettled: (code: LoadedCode) => void;
  /** Nothing changed after all. */
  onSame: () => void;
  onFailure: (error: BuildError) => void;
}

/** How long a file that a save has emptied may stay so before it is taken for what is meant: on a busy machine the text comes late. */
const EMPTIED_MS = 100;

/** By then the process of a function has told of what it wrote. */
const TOLD_MS = 20;

export function keepCode(options: CodeKeeperOptions): CodeKeeper {
  const { source, projectDir, turn, functionName } = options;
  const own = ownWrites((file) =>
    options.report({ kind: 'code.ownWrite', functionName, file: path.relative(projectDir, file) }),
  );
  const reports = buildReports(functionName, projectDir, options.report);
  let current: LoadedCode | undefined;
  let lastFailed = false;
  /** A file whose change is in no code yet. */
  let saved: string | undefined;
  let attempt: AbortController | undefined;
  const stopping = new AbortController();
  /** Changes of files that are not known to matter. */
  let strangers = 0;
  let isCatchingUp = false;
  let stopped = false;
  let work: Promise<unknown>;

  const settled = settling(settle, options.settleAfterMs);
  const watched = options.watch ? watchCode(source, onFileChange) : undefined;

  function onFileChange(file: string): void {
    if (own.mayTake(file)) setTimeout(() => takeChange(file), TOLD_MS).unref();
    else takeChange(file);
  }

  function takeChange(file: string): void {
    if (stopped) return;
    if (own.takes(file)) overlook(file);
    else if (matters(file)) reloadFor(file);
    else strangers += 1;
  }

  /** What the function has written itself is no reason to reload it: it would write it again, without an end. */
  function overlook(file: string): void {
    if (!current || !(source.takesNewFiles || file in current.inputs)) return;
    current = { ...current, inputs: { ...current.inputs, [file]: fingerprint(file) } };
  }

  /** While code is made of a file, everything that happens to it matters: it may have been read half-written. */
  function matters(file: string): boolean {
    if (lastFailed) return true;
    const known = current?.inputs[file];
    if (known === undefined) return source.takesNewFiles;
    return attempt !== undefined || fingerprint(file) !== known;
  }

  function reloadFor(file: string): void {
    saved = file;
    if (!options.isAwaited()) attempt?.abort();
    void settled.interrupt();
    options.onChange();
    if (isCatchingUp) return;
    isCatchingUp = true;
    work = work.then(catchUp);
  }

  async function catchUp(): Promise<void> {
    await settled.interrupt();
    while (saved !== undefined && !stopped) {
      const done = await turn.begin();
      const code = await reloadLatest();
      // Its initialisation may take seconds, and must not hold up the next save.
      if (code) void adopt(code).finally(done);
      else done();
    }
    isCatchingUp = false;
    if (!stopped) settled.begin();
  }

  async function settle(signal: AbortSignal): Promise<void> {
    if (!current || lastFailed || !source.settle) return;
    try {
      const code = await source.settle(current, signal);
      if (stopped || signal.aborted) return;
      if (code) replace(code);
      reports.settled();
    } catch (error) {
      if (!stopped && !signal.aborted) fail(error);
    }
  }

  /** By the same code, unless it is that of a save which nobody has told of yet. */
  function replace(code: LoadedCode): void {
    const seen = current?.inputs ?? {};
    const missed = Object.keys(code.inputs).find((file) => seen[file] && seen[file] !== code.inputs[file]);
    if (missed === undefined) {
      current = code;
      options.onSettled(code);
      watched?.on(code);
    } else reloadFor(missed);
  }

  async function reloadLatest(): Promise<LoadedCode | undefined> {
    let code: LoadedCode | undefined;
    while (!code && saved !== undefined && !stopped) {
      attempt = new AbortController();
      code = await reload(saved, attempt.signal);
      attempt = undefined;
    }
    return code;
  }

  /** The code as it is saved now, unless it is the one that runs, can't be made or is saved again meanwhile. */
  async function reload(changed: string, signal: AbortSignal): Promise<LoadedCode | undefined> {
    saved = undefined;
    const seenStrangers = strangers;
    if (isEmptied(changed)) await pause(EMPTIED_MS, undefined, { signal }).catch(() => {});
    if (stopped || signal.aborted) return undefined;
    options.onRead();
    const known = current && fingerprintAll(Object.keys(current.inputs));
    if (!lastFailed && !source.takesNewFiles && isDeepStrictEqual(known, current?.inputs)) {
      reports.dropped();
      options.onSame();
      return undefined;
    }
    own.changed();
    reports.started(changed);
    const startedAt = performance.now();
    watched?.around(current);
    try {
      const loading = source.load({ ...(known && { known }), signal });
      options.onReload();
      const code = await loading;
      if (stopped || signal.aborted) return undefined;
      reports.succeeded(code, startedAt);
      return code;
    } catch (error) {
      if (stopped || signal.aborted) return undefined;
      fail(error);
      // A file that the code lacked may have come while it was built.
      if (seenStrangers !== strangers) reloadFor(changed);
      return undefined;
    }
  }

  async function loadFirst(): Promise<void> {
    const startedAt = performance.now();
    let isBuilt = false;
    watched?.around(current);
    const code = await source.load({
      signal: stopping.signal,
      onBuild() {
        isBuilt = true;
        reports.started(undefined);
      },
    });
    if (isBuilt) reports.succeeded(code, startedAt);
    if (!stopped) await adopt(code);
  }

  function fail(error: unknown): BuildError {
    lastFailed = true;
    const failure = reports.failed(error, current !== undefined);
    options.onFailure(failure);
    return failure;
  }

  async function adopt(code: LoadedCode): Promise<void> {
    const isSame = code.version === current?.version;
    current = code;
    lastFailed = false;
    const running = isSame ? options.onSame() : options.onCode({ ...code, tellsWrites: own.isSuspected() });
    watched?.on(code);
    const missed = Object.keys(code.inputs).find((file) => matters(file) && !own.has(file));
    if (watched && missed !== undefined) reloadFor(missed);
    await running;
    own.active();
  }

  const first = loadFirst().catch((error) => {
    if (stopped) throw error;
    const failure = fail(error);
    if (strangers > 0) reloadFor(source.folders()[0] ?? projectDir);
    throw failure;
  });
  work = first.catch(() => {});

  return {
    first,
    active: own.active,
    wrote: own.wrote,
    async stop() {
      stopped = true;
      stopping.abort();
      attempt?.abort();
      watched?.stop();
      await settled.interrupt();
      await work;
    },
  };
}
