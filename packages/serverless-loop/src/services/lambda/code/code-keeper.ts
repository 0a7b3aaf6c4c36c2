import path from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Report } from '../../../facts.ts';
import { buildReports } from './build-reports.ts';
import { codeMaker } from './code-maker.ts';
import { changedFile } from './fingerprint.ts';
import { allOf, NO_INPUTS } from './inputs.ts';
import { type CodeRunner, goOn, type KeptCode, run, runWhole } from './kept-code.ts';
import type { CodeSource, LoadedCode } from './loaded-code.ts';
import type { ReloadTurn } from './reload-turns.ts';
import { watchSaves } from './save-watch.ts';
import { settling } from './settling.ts';

/** Keeps a function's running code the same as what is saved. */
export interface CodeKeeper {
  /** Resolves when the first code runs; rejects with BuildError when there is none. */
  first: Promise<void>;
  /** Makes sure that the code is that of the files as they are now: called before an invocation. */
  confirm(): void;
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
  /** The source may settle when nothing is saved for so long. */
  settleAfterMs: number;
  turn: ReloadTurn;
  report: Report;
  /** Takes its work, for the versions to find. */
  code: KeptCode;
  runner: CodeRunner;
}

/**
 *                 a save                  its turn comes
 *   upToDate ─────────────────▶ saved ─────────────────────▶ making
 *      ▲                          ▲  another save: once more    │
 *      │                          └─────────────────────────────┤
 *      └──── it is made, comes to nothing new, or can't be made ┘
 */
type State =
  | { name: 'upToDate' }
  /** A file's change is in no code yet. An attempt from before it may still be under way, for those who wait for that. */
  | { name: 'saved'; file: string; attempt?: AbortController | undefined }
  | { name: 'making'; attempt: AbortController }
  | { name: 'stopped' };

/** By then most functions have started, which is more urgent. */
const CONFIRM_AFTER_MS = 500;

export function keepCode(options: CodeKeeperOptions): CodeKeeper {
  const { source, projectDir, turn, functionName, report, code, runner } = options;
  const reports = buildReports(functionName, projectDir, report);
  const settled = settling(settle, options.settleAfterMs);
  const firstAttempt = new AbortController();
  const saves = watchSaves({
    source,
    watch: options.watch,
    isMaking: () => attemptOf(state) !== undefined,
    hasFailed: () => hasFailed,
    onSave,
    onOwnWrite: (file) =>
      report({ kind: 'code.ownWrite', functionName, file: path.relative(projectDir, file) }),
  });
  const maker = codeMaker(source, saves, reports);
  let state: State = { name: 'upToDate' };
  /** Of the last attempt. */
  let hasFailed = false;
  /** Saves are being given their turns. */
  let isCatchingUp = false;
  /** The first code, until its packages are looked at and its files watched: a start has more urgent things to do. */
  let unsure: LoadedCode | undefined;
  let work: Promise<unknown>;

  const isStopped = () => state.name === 'stopped';

  function onSave(file: string): void {
    if (isStopped()) return;
    const attempt = attemptOf(state);
    if (!runner.isAwaited()) attempt?.abort();
    state = { name: 'saved', file, attempt };
    code.saves += 1;
    code.refusal = undefined;
    void settled.interrupt();
    if (isCatchingUp) return;
    isCatchingUp = true;
    work = work.then(catchUp);
  }

  async function catchUp(): Promise<void> {
    await settled.interrupt();
    while (savedFile(state) !== undefined) {
      const done = await turn.begin();
      const made = await makeLatest();
      // Its initialisation may take seconds, and must not hold up the next save.
      if (made) void adopt(made).finally(done);
      else done();
    }
    isCatchingUp = false;
    if (!isStopped()) settled.begin();
  }

  /** Makes the code anew for as long as it is saved meanwhile. */
  async function makeLatest(): Promise<LoadedCode | undefined> {
    for (let file = savedFile(state); file !== undefined; file = savedFile(state)) {
      const attempt = new AbortController();
      state = { name: 'making', attempt };
      const made = await make(file, attempt.signal);
      endAttempt();
      if (made) return made;
    }
    return undefined;
  }

  function endAttempt(): void {
    const file = savedFile(state);
    if (!isStopped()) state = file === undefined ? { name: 'upToDate' } : { name: 'saved', file };
  }

  async function make(file: string, signal: AbortSignal): Promise<LoadedCode | undefined> {
    const strangers = saves.strangers();
    const made = await maker.make({
      file,
      signal,
      isAfterFailure: hasFailed,
      onRead() {
        code.savesRead = code.saves;
      },
      onBuild: runner.codeComes,
    });
    if (signal.aborted) return undefined;
    if (made?.kind === 'code') return made.code;
    if (made?.kind === 'same') goOn(code, runner);
    if (made?.kind === 'failure') {
      fail(made.error);
      // A file that the code lacked may have come while it was built.
      if (strangers !== saves.strangers()) onSave(file);
    }
    return undefined;
  }

  /** Has the code run, and goes on with what was saved while nobody looked. */
  async function adopt(made: LoadedCode): Promise<void> {
    const isSame = made.version === saves.followed()?.version;
    hasFailed = false;
    const running = isSame
      ? goOn(code, runner)
      : run({ ...made, tellsWrites: saves.isSuspected() }, code, runner);
    saves.follow(made);
    const missed = saves.missed();
    if (missed !== undefined) onSave(missed);
    await running;
    saves.active();
  }

  function fail(error: unknown): Error {
    hasFailed = true;
    const failure = reports.failed(error, saves.followed() !== undefined);
    goOn(code, runner, `${functionName} could not be built: ${failure.message}`);
    return failure;
  }

  async function settle(signal: AbortSignal): Promise<void> {
    const current = saves.followed();
    if (!current || hasFailed || !source.settle) return;
    try {
      const whole = await source.settle(current, signal);
      if (isStopped() || signal.aborted) return;
      if (whole) takeWhole(whole);
      reports.settled();
    } catch (error) {
      if (!isStopped() && !signal.aborted) fail(error);
    }
  }

  /** Takes the same code in its whole form, unless it is that of a save which nobody has told of yet. */
  function takeWhole(whole: LoadedCode): void {
    const seen = allOf(saves.followed()?.inputs ?? NO_INPUTS);
    const now = allOf(whole.inputs);
    const missed = Object.keys(now).find((file) => seen[file] && seen[file] !== now[file]);
    if (missed === undefined) {
      runWhole(whole, code);
      saves.follow(whole);
    } else onSave(missed);
  }

  async function loadFirst(): Promise<void> {
    // The process that is to run it comes up meanwhile.
    await endOfTurn();
    const { signal } = firstAttempt;
    const made = await maker.first({ signal, mayBeUnsure: options.watch });
    if (isStopped()) return;
    if (made.isUnsure) await begin(made);
    else await adopt(made);
  }

  /** Has it run, and looks later whether it is still what is saved, at the latest when it is invoked. */
  async function begin(made: LoadedCode): Promise<void> {
    unsure = made;
    setTimeout(confirmInTurn, CONFIRM_AFTER_MS).unref();
    await run(made, code, runner);
    saves.active();
  }

  async function confirmInTurn(): Promise<void> {
    const done = await turn.begin();
    confirm();
    done();
  }

  function confirm(): void {
    const made = unsure;
    unsure = undefined;
    if (!made || isStopped()) return;
    saves.follow(made);
    const missed = saves.missed() ?? changedFile(made.inputs.packages);
    if (missed !== undefined) onSave(missed);
  }

  const first = loadFirst().catch((error) => {
    if (isStopped()) throw error;
    const failure = fail(error);
    if (saves.strangers() > 0) onSave(source.folders()[0] ?? projectDir);
    throw failure;
  });
  work = first.catch(() => {});

  return {
    first,
    confirm,
    active: saves.active,
    wrote: saves.wrote,
    async stop() {
      attemptOf(state)?.abort();
      firstAttempt.abort();
      state = { name: 'stopped' };
      saves.stop();
      await settled.interrupt();
      await work;
    },
  };
}

function attemptOf(state: State): AbortController | undefined {
  return 'attempt' in state ? state.attempt : undefined;
}

function savedFile(state: State): string | undefined {
  return state.name === 'saved' ? state.file : undefined;
}
