import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { RunnableCode } from '../environments/runtime-program.ts';
import type { BundleCache } from './bundle-cache.ts';
import type { Bundler } from './bundler.ts';
import type { Fingerprints } from './fingerprint.ts';
import type { Inputs } from './inputs.ts';

/** A function's code, ready to run. */
export interface LoadedCode extends RunnableCode {
  /** The same for the same content. */
  version: string;
  /** Without source maps; undefined for code that has yet to settle. */
  sizeBytes?: number;
  /** The files that it is made of, as far as a change of them can be noticed. */
  inputs: Inputs;
  /** The files of its packages were not looked at: they may be others than it was made of. */
  isUnsure?: boolean;
}

export interface LoadOptions {
  /** The files that the code was made of the last time, as they are now. A change of these during the build aborts it. */
  known?: Fingerprints;
  signal?: AbortSignal;
  /** It has to be built. */
  onBuild?: () => void;
  /** Whoever asks looks at the files of packages later. */
  mayBeUnsure?: boolean;
}

export interface CodeSource {
  /** Makes the code from what is saved now. Rejects with BuildError, also when it is aborted. */
  load(options: LoadOptions): Promise<LoadedCode>;
  /**
   * Called when nothing is saved for a while: makes what the next load will be the quicker for, and the code that
   * `load` put off, if it did, for the environments that start from now on. Rejects with BuildError, also when it is
   * aborted.
   */
  settle?(current: LoadedCode, signal: AbortSignal): Promise<LoadedCode | undefined>;
  /** Folders where a change may matter while nothing is known of what the code is made of. */
  folders(): string[];
  /** True when a new file changes the code, and not only the files that it was made of do. */
  takesNewFiles: boolean;
}

export interface CodeSourceOptions {
  fn: FunctionModel;
  cache: BundleCache;
  bundler: Bundler;
  cacheDir: string;
  projectDir: string;
  report: Report;
  /** The cache doesn't count at first. */
  buildsAnew?: boolean | undefined;
  /** Functions may connect to AWS. */
  allowsAws?: boolean | undefined;
}
