import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { ROOT, treeAt } from '../../unit/app/template.ts';

/** Of a whole run of vitest. */
const CACHE = process.env.TEST_LOOP_CACHE ?? mkdtempSync(path.join(tmpdir(), 'bundles-'));
const METAFILE = 'meta.json';

export interface Bundle {
  /** The handler's file, in a folder outside the repository, as in Lambda: no package.json makes a module of it. */
  file: string;
  /** Every source file that went into it, as a path from the project's root, with what it imports by name. */
  inputs: Record<string, { imports: { path: string; original?: string }[] }>;
}

export interface BundleChanges {
  /** Instead of the function's own, relative to `src/`. */
  entryPoint?: string;
  /** Whole packages, not the files of src/platform/lean/ that stand in for them. */
  withoutAlias?: boolean;
}

/**
 * Bundles a function of template.yaml with its own BuildProperties, as `sam build` does: each becomes a flag, and each
 * item of a list. It lies where the loops of a run keep theirs, and the next file of tests finds it.
 */
export async function bundleOf(functionName: string, changes: BundleChanges = {}): Promise<Bundle> {
  const { EntryPoints, Alias, ...others } = treeAt(`Resources.${functionName}.Metadata.BuildProperties`);
  const properties = changes.withoutAlias ? others : { ...others, Alias };
  const entryPoint = changes.entryPoint ?? String(EntryPoints);
  const key = createHash('sha256')
    .update(JSON.stringify([functionName, changes]))
    .digest('hex');
  const kept = path.join(CACHE, `bundle-${key}`);
  if (!existsSync(kept)) await build(entryPoint, properties, kept);
  const { inputs }: Pick<Bundle, 'inputs'> = JSON.parse(readFileSync(path.join(kept, METAFILE), 'utf8'));
  return {
    file: path.join(kept, `${path.basename(entryPoint, '.ts')}.js`),
    inputs: Object.fromEntries(Object.entries(inputs).map(([file, input]) => [fromRoot(file), input])),
  };
}

async function build(entryPoint: string, properties: Record<string, unknown>, kept: string): Promise<void> {
  const folder = mkdtempSync(`${kept}-`);
  const flags = Object.entries(properties).flatMap(([name, value]) => flagsOf(kebab(name), value));
  const out = [`--outdir=${folder}`, `--metafile=${path.join(folder, METAFILE)}`];
  await promisify(execFile)(
    path.join(ROOT, 'node_modules/.bin/esbuild'),
    [entryPoint, '--bundle', '--platform=node', ...out, ...flags],
    { cwd: path.join(ROOT, 'src') },
  );
  try {
    renameSync(folder, kept);
  } catch (error) {
    // Another process was first.
    rmSync(folder, { recursive: true });
    if (!existsSync(kept)) throw error;
  }
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
