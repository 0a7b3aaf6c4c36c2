import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import {
  BenchError,
  buildBundle,
  type FigureOptions,
  type FunctionModel,
  temporaryFolder,
} from 'serverless-loop/bench';

const run = promisify(execFile);
const COLD_IMPORT = path.join(import.meta.dirname, 'cold-import.cjs');

export interface BundleUnderTest {
  /** Of the code, without its source map. */
  sizeBytes: number;
  importsMs: number[];
  /** Imports it as Lambda would, in a process of its own that has compiled nothing before. */
  importOnce(): Promise<void>;
}

/** Builds the function, or another entry point with its options. */
export async function bundleUnderTest(
  fn: FunctionModel,
  options: FigureOptions,
  otherEntry?: string,
): Promise<BundleUnderTest> {
  if (fn.code.kind !== 'esbuild') throw new BenchError(`the BuildMethod of ${fn.logicalId} is not esbuild`);
  const { codeUri, entryPoints, properties } = fn.code;
  const entryPoint = otherEntry ?? entryPoints[0] ?? '';
  const outdir = temporaryFolder(options);
  await buildBundle({ codeUri, entryPoint, properties, outdir });
  const file = path.join(outdir, `${path.basename(entryPoint, '.ts')}.js`);
  const env = {
    ...fn.environment,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: '/var/task',
  };
  const importsMs: number[] = [];
  return {
    sizeBytes: statSync(file).size,
    importsMs,
    async importOnce() {
      const { stdout } = await run(process.execPath, [COLD_IMPORT, file], { env });
      importsMs.push(Number(stdout));
    },
  };
}

/** Built of whole packages, as everybody else's: what stands in for them must not make a reference smaller too. */
export function withoutAlias(fn: FunctionModel): FunctionModel {
  if (fn.code.kind !== 'esbuild') return fn;
  const { Alias: _, ...properties } = fn.code.properties;
  return { ...fn, code: { ...fn.code, properties } };
}
