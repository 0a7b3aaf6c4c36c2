import path from 'node:path';
import type { BuildContext, BuildOptions, BuildResult } from 'esbuild';

/** Runs esbuild in this process's service, which alone takes 90 MB: loaded when needed, ended when not. */
export interface Bundler {
  /** Builds, the faster for having built the same before. Rejects with esbuild's BuildFailure. */
  bundle(options: BundleOptions): Promise<Bundle>;
  /** Ends the service. The next build starts it again. */
  rest(): Promise<void>;
}

export interface BundleOptions {
  codeUri: string;
  entryPoints: string[];
  /** From the build properties. */
  options: BuildOptions;
  /** Where the files will be: source maps are relative to it. Nothing is written. */
  outdir: string;
}

export interface Bundle {
  /** Absolute paths of all that went in. */
  inputs: string[];
  /** Paths relative to `outdir`. */
  files: { path: string; contents: Uint8Array }[];
}

/** How long the service stays after a build, for the next save. */
const LINGER_MS = 30_000;

export function bundler(): Bundler {
  const contexts = new Map<string, BuildContext>();
  let linger: NodeJS.Timeout | undefined;

  async function rebuild(options: BundleOptions): Promise<BuildResult> {
    const key = JSON.stringify(options);
    const context = contexts.get(key) ?? (await createContext(options));
    contexts.set(key, context);
    return await context.rebuild();
  }

  async function rest(): Promise<void> {
    clearTimeout(linger);
    if (contexts.size === 0) return;
    const open = [...contexts.values()];
    contexts.clear();
    await Promise.all(open.map((context) => context.dispose()));
    const { stop } = await import('esbuild');
    await stop();
  }

  return {
    async bundle(options) {
      clearTimeout(linger);
      try {
        const result = await rebuild(options).catch((error) => {
          if (!isServiceGone(error)) throw error;
          // The service is one for the whole process: someone else, or the system, may end it.
          contexts.clear();
          return rebuild(options);
        });
        return bundleOf(result, options);
      } finally {
        linger = setTimeout(() => void rest(), LINGER_MS).unref();
      }
    },
    rest,
  };
}

/** What `sam build` runs: `esbuild <entries> --bundle --platform=node --outdir=…`, in CodeUri. */
async function createContext({
  codeUri,
  entryPoints,
  options,
  outdir,
}: BundleOptions): Promise<BuildContext> {
  const { context } = await import('esbuild');
  return await context({
    ...options,
    absWorkingDir: codeUri,
    entryPoints,
    bundle: true,
    platform: 'node',
    outdir,
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
}

function bundleOf(result: BuildResult, { codeUri, outdir }: BundleOptions): Bundle {
  return {
    inputs: Object.keys(result.metafile?.inputs ?? {})
      .filter((input) => !isVirtual(input))
      .map((input) => path.resolve(codeUri, input)),
    files: (result.outputFiles ?? []).map((file) => ({
      path: path.relative(outdir, file.path),
      contents: file.contents,
    })),
  };
}

/** `<define:…>` and `(disabled):…` are no files. */
function isVirtual(input: string): boolean {
  return input.startsWith('<') || input.startsWith('(');
}

function isServiceGone(error: unknown): boolean {
  return error instanceof Error && /service (was stopped|is no longer running)/.test(error.message);
}
