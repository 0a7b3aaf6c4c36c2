import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundler } from 'serverless-loop/tests/parts';
import { ownBuildOf } from 'serverless-loop/tests/services';
import { ROOT, treeAt } from '../../unit/app/template.ts';
import type { Bundle, BundleChanges } from './bundle.ts';

/** A function of template.yaml as the loop has it right after a save: its own code beside a bundle of its packages. */
export async function ownBundleOf(
  functionName: string,
  { entryPoint }: Pick<BundleChanges, 'entryPoint'>,
): Promise<Bundle & { stop(): void }> {
  const { EntryPoints, ...properties } = treeAt(`Resources.${functionName}.Metadata.BuildProperties`);
  const file = entryPoint ?? String(EntryPoints);
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'own-bundle-'));
  const esbuild = bundler(1000);
  const codeUri = path.join(ROOT, 'src');
  const { own, isOwn } = await ownBuildOf(esbuild, { codeUri, entryPoint: file, properties, cacheDir });
  esbuild.rest();
  if (!isOwn) throw new Error(`${functionName} was not built beside its packages`);
  return {
    file: path.join(own.taskRoot, `${path.basename(file, '.ts')}.js`),
    inputs: {},
    stop: () => rmSync(cacheDir, { recursive: true }),
  };
}
