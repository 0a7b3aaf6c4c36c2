import type { LoadedCode } from './loaded-code.ts';

/**
 * A function's code, between the keeper that makes it of what is saved and the versions that run it. Its saves are counted:
 * an invocation runs in code that has all of those before it.
 */
export interface KeptCode {
  /** The saves that were seen. */
  saves: number;
  /** Those that are in what was read last. */
  savesRead: number;
  running: RunningCode | undefined;
  /** The reason why there has been no code at all. */
  refusal: string | undefined;
  /** The last code that was built whole: right after a save there is its own code alone, beside its packages. */
  whole: LoadedCode | undefined;
}

/** Code that environments run, the outdated too. */
export interface RunningCode {
  /** For the environments that start from now on; those there are have the same in another form. */
  code: LoadedCode;
  /** The saves that it has: more of them when some came to nothing new. */
  saves: number;
}

/** Runs the code: the versions of a function. */
export interface CodeRunner {
  /** True while invocations wait for what is being made: a later save doesn't stop that. */
  isAwaited(): boolean;
  /** The code is being made. */
  codeComes(): void;
  /** There is other code. Resolves when it runs, where an environment is started ahead. */
  codeCame(): Promise<void>;
  /** It came to nothing new, or failed: what waits goes on with the code there is, or is refused where there is none. */
  noCodeComes(): void;
}

export function keptCode(): KeptCode {
  return { saves: 0, savesRead: 0, running: undefined, refusal: undefined, whole: undefined };
}

/** Has other code run. Resolves when it does. */
export async function run(made: LoadedCode, code: KeptCode, runner: CodeRunner): Promise<void> {
  if (made.sizeBytes !== undefined) code.whole = made;
  code.running = { code: made, saves: code.savesRead };
  code.refusal = undefined;
  await runner.codeCame();
}

/** Goes on with the code there is, which is as good as what was read last, or for want of any refuses with the reason. */
export function goOn(code: KeptCode, runner: CodeRunner, reason?: string): void {
  if (code.running) code.running.saves = code.savesRead;
  else if (reason !== undefined) code.refusal = reason;
  runner.noCodeComes();
}

/** Has the same code run in its whole form, in the environments that start from now on. */
export function runWhole(whole: LoadedCode, code: KeptCode): void {
  code.whole = whole;
  if (code.running) code.running.code = whole;
}
