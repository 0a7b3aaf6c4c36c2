import { bundleCache } from '../../../src/services/lambda/code/bundle-cache.ts';
import { bundledSource } from '../../../src/services/lambda/code/bundled-source.ts';
import type { Bundler } from '../../../src/services/lambda/code/bundler.ts';
import type { LoadedCode } from '../../../src/services/lambda/code/loaded-code.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';

export interface OwnBuildSubject {
  codeUri: string;
  entryPoint: string;
  properties: Record<string, unknown>;
  cacheDir: string;
}

/** The whole bundle of a function, and what is built of it after a save; the same where that is whole, too. */
export async function ownBuildOf(
  bundler: Bundler,
  { codeUri, entryPoint, properties, cacheDir }: OwnBuildSubject,
): Promise<{ whole: LoadedCode; own: LoadedCode; isOwn: boolean }> {
  const source = bundledSource(
    { fn: functionModel(), cache: bundleCache(cacheDir), bundler, cacheDir, projectDir: codeUri },
    { kind: 'esbuild', codeUri, entryPoints: [entryPoint], properties },
  );
  const whole = await source.load({});
  await source.settle?.(whole, new AbortController().signal);
  // As after a save: what it was made of is known, and is not the same.
  const own = await source.load({ known: {} });
  return { whole, own, isOwn: own.sizeBytes === undefined };
}
