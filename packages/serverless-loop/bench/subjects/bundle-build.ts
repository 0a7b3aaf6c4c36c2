import { build } from 'esbuild';
import { esbuildOptions } from '../../src/services/lambda/code/build-properties.ts';

export interface BundleBuild {
  codeUri: string;
  entryPoint: string;
  /** The template's BuildProperties. */
  properties: Record<string, unknown>;
  /** Nothing is written without. */
  outdir?: string;
}

/** One full build, as `sam build` and the loop have it: nothing of an earlier one is reused. */
export async function buildBundle({ codeUri, entryPoint, properties, outdir }: BundleBuild): Promise<void> {
  await build({
    ...esbuildOptions(properties),
    absWorkingDir: codeUri,
    entryPoints: [entryPoint],
    bundle: true,
    platform: 'node',
    outdir: outdir ?? '.',
    write: outdir !== undefined,
    logLevel: 'silent',
  });
}
