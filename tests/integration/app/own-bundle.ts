import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleCache } from '../../../local/lambda/code/bundle-cache.ts';
import { bundledSource } from '../../../local/lambda/code/bundled-source.ts';
import { bundler } from '../../../local/lambda/code/bundler.ts';
import { ROOT, treeAt } from '../../unit/app/template.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';
import type { Bundle, BundleChanges } from './bundle.ts';

/** A function of template.yaml as the loop has it right after a save: its own code beside a bundle of its packages. */
export async function ownBundleOf(
  functionName: string,
  { entryPoint }: Pick<BundleChanges, 'entryPoint'>,
): Promise<Bundle> {
  const { EntryPoints, ...properties } = treeAt(`Resources.${functionName}.Metadata.BuildProperties`);
  const file = entryPoint ?? String(EntryPoints);
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'own-bundle-'));
  const esbuild = bundler(1000);
  const source = bundledSource(
    {
      fn: functionModel({ logicalId: functionName }),
      cache: bundleCache(cacheDir),
      bundler: esbuild,
      cacheDir,
      projectDir: ROOT,
    },
    { kind: 'esbuild', codeUri: path.join(ROOT, 'src'), entryPoints: [file], properties },
  );
  const whole = await source.load({});
  await source.settle?.(whole, new AbortController().signal);
  // As after a save: what it was made of is known, and is not the same.
  const own = await source.load({ known: {} });
  esbuild.rest();
  if (own.sizeBytes !== undefined) throw new Error(`${functionName} was not built beside its packages`);
  return {
    file: path.join(own.taskRoot, `${path.basename(file, '.ts')}.js`),
    inputs: {},
    stop: () => rmSync(cacheDir, { recursive: true }),
  };
}
