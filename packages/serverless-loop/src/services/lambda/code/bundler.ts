import path from 'node:path';
import type { BuildContext, BuildOptions, BuildResult, ImportKind, Metafile } from 'esbuild';

/** Runs esbuild in this process's service, which alone takes 90 MB: loaded when needed, ended when not. */
export interface Bundler {
  /**
   * Builds, the faster for having built the same before. One at a time with the same options. Rejects with esbuild's
   * BuildFailure, also when `signal` is aborted.
   */
  bundle(options: BundleOptions, signal?: AbortSignal): Promise<Bundle>;
  /** Ends the service, unless it is at work. The next build starts it again. */
  rest(): void;
}

export interface BundleOptions {
  codeUri: string;
  entryPoints: string[];
  /** From the build properties. A plugin's name says all that it does: what has the same name is the same. */
  options: BuildOptions;
  /** The folder that the files will be in: source maps are relative to it. Nothing is written. */
  outdir: string;
}

export interface Bundle {
  /** Absolute paths of all that went in. */
  inputs: string[];
  /** Those of them in which esbuild found nothing. */
  emptyInputs: string[];
  /** Paths in `metafile` are relative to it. */
  codeUri: string;
  outdir: string;
  files: BundledFile[];
  metafile: Metafile;
}

export interface BundledFile {
  /** Relative to `outdir`. */
  path: string;
  contents: Uint8Array;
  /** Imports that are left for the run. */
  imports: { specifier: string; kind: ImportKind | 'file-loader' }[];
}

/**
 * The service of esbuild is one for all loops of a process, and a build that waits for one that was stopped waits for ever: so
 * its use is counted for all of them.
 */
let esbuild: typeof import('esbuild') | undefined;
let building = 0;
let linger: NodeJS.Timeout | undefined;
/** The number of services that were stopped: their contexts went with them. */
let stopped = 0;

/** `lingerMs` is how long the service stays after a build, for the next save. */
export function bundler(lingerMs: number): Bundler {
  let own = { service: stopped, contexts: new Map<string, BuildContext>() };

  function contexts(): Map<string, BuildContext> {
    if (own.service !== stopped) own = { service: stopped, contexts: new Map() };
    return own.contexts;
  }

  async function build(options: BundleOptions, signal?: AbortSignal): Promise<BuildResult> {
    esbuild ??= await import('esbuild');
    const used = stopped;
    try {
      return await rebuild(esbuild, contexts(), options, signal);
    } catch (error) {
      if (!isServiceGone(error)) throw error;
      // Once for all the builds that went down with it.
      if (stopped === used) stopService();
      return await rebuild(esbuild, contexts(), options, signal);
    }
  }

  return {
    async bundle(options, signal) {
      building += 1;
      try {
        return bundleOf(await build(options, signal), options);
      } finally {
        building -= 1;
        clearTimeout(linger);
        linger = setTimeout(rest, lingerMs).unref();
      }
    },
    rest,
  };
}

/** Takes effect at once; esbuild starts no other service before this, not even for one that the system has killed. */
function stopService(): void {
  stopped += 1;
  void esbuild?.stop();
}

function rest(): void {
  if (building > 0) return;
  clearTimeout(linger);
  stopService();
}

async function rebuild(
  esbuild: typeof import('esbuild'),
  contexts: Map<string, BuildContext>,
  options: BundleOptions,
  signal?: AbortSignal,
): Promise<BuildResult> {
  const key = JSON.stringify(options);
  const context = contexts.get(key) ?? (await esbuild.context(contextOptions(options)));
  contexts.set(key, context);
  const cancel = () => void context.cancel();
  signal?.throwIfAborted();
  signal?.addEventListener('abort', cancel);
  try {
    return await context.rebuild();
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** The options of the command that `sam build` runs: `esbuild <entries> --bundle --platform=node --outdir=…`, in CodeUri. */
function contextOptions({ codeUri, entryPoints, options, outdir }: BundleOptions) {
  return {
    ...options,
    absWorkingDir: codeUri,
    entryPoints,
    bundle: true,
    platform: 'node',
    outdir,
    write: false,
    metafile: true,
    logLevel: 'silent',
  } satisfies BuildOptions;
}

function bundleOf({ metafile, outputFiles = [] }: BuildResult, { codeUri, outdir }: BundleOptions): Bundle {
  const { inputs, outputs } = metafile ?? { inputs: {}, outputs: {} };
  const described = new Map(
    Object.entries(outputs).map(([output, description]) => [path.resolve(codeUri, output), description]),
  );
  const files = Object.entries(inputs)
    .filter(([input]) => !isVirtual(input))
    .map(([input, { bytes }]) => ({ file: path.resolve(codeUri, input), bytes }));
  return {
    inputs: files.map(({ file }) => file),
    emptyInputs: files.filter(({ bytes }) => bytes === 0).map(({ file }) => file),
    codeUri,
    outdir,
    files: outputFiles.map((file) => ({
      path: path.relative(outdir, file.path),
      contents: file.contents,
      imports: (described.get(file.path)?.imports ?? []).map(({ path: specifier, kind }) => ({
        specifier,
        kind,
      })),
    })),
    metafile: { inputs, outputs },
  };
}

/** `<define:…>` and `(disabled):…` are no files. */
function isVirtual(input: string): boolean {
  return input.startsWith('<') || input.startsWith('(');
}

function isServiceGone(error: unknown): boolean {
  return error instanceof Error && /service (was stopped|is no longer running)/.test(error.message);
}
