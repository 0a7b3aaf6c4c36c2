import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT, treeAt } from '../../unit/app/template.ts';

export interface Bundle {
  /** The handler's file, in a folder outside the repository, as in Lambda: no package.json makes a module of it. */
  file: string;
  /** Every source file that went into it, as a path from the project's root, with what it imports by name. */
  inputs: Record<string, { imports: { path: string; original?: string }[] }>;
  stop(): void;
}

export interface BundleChanges {
  /** Instead of the function's own, relative to `src/`. */
  entryPoint?: string;
  /** Whole packages, not the files of src/platform/lean/ that stand in for them. */
  withoutAlias?: boolean;
}

/**
 * Bundles a function of template.yaml with its own BuildProperties, as `sam build` does: each becomes a flag, and each
 * item of a list.
 */
export async function bundleOf(functionName: string, changes: BundleChanges = {}): Promise<Bundle> {
  const { EntryPoints, Alias, ...others } = treeAt(`Resources.${functionName}.Metadata.BuildProperties`);
  const properties = changes.withoutAlias ? others : { ...others, Alias };
  const entryPoint = changes.entryPoint ?? String(EntryPoints);
  const folder = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  const metafile = path.join(folder, 'meta.json');
  const flags = Object.entries(properties).flatMap(([name, value]) => flagsOf(kebab(name), value));
  await promisify(execFile)(
    path.join(ROOT, 'node_modules/.bin/esbuild'),
    [entryPoint, '--bundle', '--platform=node', `--outdir=${folder}`, `--metafile=${metafile}`, ...flags],
    { cwd: path.join(ROOT, 'src') },
  );
  const { inputs }: Pick<Bundle, 'inputs'> = JSON.parse(readFileSync(metafile, 'utf8'));
  return {
    file: path.join(folder, `${path.basename(entryPoint, '.ts')}.js`),
    inputs: Object.fromEntries(Object.entries(inputs).map(([file, input]) => [fromRoot(file), input])),
    stop: () => rmSync(folder, { recursive: true }),
  };
}

function flagsOf(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.map((item) => `--${name}:${item}`);
  return [value === true ? `--${name}` : `--${name}=${value}`];
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function fromRoot(file: string): string {
  return path.relative(ROOT, path.resolve(ROOT, 'src', file));
}
