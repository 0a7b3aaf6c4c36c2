import type { LoadedCode } from './code-source.ts';

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
  /** Why there has been no code at all. */
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

export function keptCode(): KeptCode {
  return { saves: 0, savesRead: 0, running: undefined, refusal: undefined, whole: undefined };
}

/** Runs the code: the versions of a function. */
export interface CodeRunner {
  /** Whether invocations wait for what is being made: a later save doesn't stop that. */
  isAwaited(): boolean;
  /** The code is being made. */
  codeComes(): void;
  /** There is other code. Resolves when it runs, where an environment is started ahead. */
  codeCame(): Promise<void>;
  /** It came to nothing new, or failed: what waits goes on with the code there is, or is refused where there is none. */
  noCodeComes(): void;
}
