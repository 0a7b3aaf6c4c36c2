import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { loadStack } from '../../local/template/load.ts';
import type { FunctionModel } from '../../local/template/model.ts';
import { BenchError } from '../bench-error.ts';
import { type Figure, type FigureOptions, scaled } from '../figure.ts';
import { median } from '../statistics.ts';
import { buildBundle } from '../subjects/bundle-build.ts';
import { ROOT, temporaryFolder } from '../subjects/project.ts';

const run = promisify(execFile);
const COLD_IMPORT = path.join(import.meta.dirname, '../subjects/cold-import.cjs');
const SDK_ONLY = path.join(import.meta.dirname, '../subjects/sdk-only.ts');

export const bundle: Figure = {
  name: 'bundle',
  title: "the order creator's bundle: its bytes, and its import in a new process",
  target: 'none: compared with its SDK clients alone, built with the same options',
  async run(options) {
    const creator = creatorOfTemplate();
    const own = await build(creator, options);
    const sdk = await build(creator, options, SDK_ONLY);

    const ownMs: number[] = [];
    const sdkMs: number[] = [];
    const rounds = scaled(options, 21, 3);
    for (let round = 1; round <= rounds; round++) {
      ownMs.push(await coldImport(own, creator));
      sdkMs.push(await coldImport(sdk, creator));
      if (round % 7 === 0) options.say(`round ${round} of ${rounds}`);
    }
    const what = 'its SDK clients alone';
    return [
      {
        what: 'cold import',
        unit: 'ms',
        measured: { median: median(ownMs) },
        reference: { what, median: median(sdkMs) },
        limits: [],
      },
      {
        what: 'bytes',
        unit: 'KB',
        measured: { median: statSync(own).size / 1024 },
        reference: { what, median: statSync(sdk).size / 1024 },
        limits: [],
      },
    ];
  },
};

function creatorOfTemplate(): FunctionModel {
  const { functions } = loadStack({
    path: path.join(ROOT, 'template.yaml'),
    stackName: 'bench',
    place: { partition: 'aws', region: 'us-east-1', accountId: '000000000000' },
    endpoint: 'http://127.0.0.1:1',
  });
  const creator = functions.find(({ logicalId }) => logicalId === 'OrderCreatorFunction');
  if (!creator) throw new BenchError('template.yaml has no OrderCreatorFunction');
  return creator;
}

/** Builds the function, or another entry point with its options, and gives the bundle's file. */
async function build({ code }: FunctionModel, options: FigureOptions, otherEntry?: string): Promise<string> {
  if (code.kind !== 'esbuild') throw new BenchError("the creator's BuildMethod is not esbuild");
  const { codeUri, properties } = code;
  const entryPoint = otherEntry ?? code.entryPoints[0] ?? '';
  const outdir = temporaryFolder(options);
  await buildBundle({ codeUri, entryPoint, properties, outdir });
  return path.join(outdir, `${path.basename(entryPoint, '.ts')}.js`);
}

/** Imports a bundle as Lambda would, in a process of its own that has compiled nothing before. */
async function coldImport(file: string, { name, environment }: FunctionModel): Promise<number> {
  const env = {
    ...environment,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  };
  const { stdout } = await run(process.execPath, [COLD_IMPORT, file], { env });
  return Number(stdout);
}
