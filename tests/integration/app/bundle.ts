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

/** Bundles a function of template.yaml with its own BuildProperties, as `sam build` does: each becomes a flag. */
export async function bundleOf(functionName: string): Promise<Bundle> {
  const { EntryPoints, ...properties } = treeAt(`Resources.${functionName}.Metadata.BuildProperties`);
  const folder = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  const metafile = path.join(folder, 'meta.json');
  const flags = Object.entries(properties).map(([name, value]) =>
    value === true ? `--${kebab(name)}` : `--${kebab(name)}=${value}`,
  );
  await promisify(execFile)(
    path.join(ROOT, 'node_modules/.bin/esbuild'),
    [
      String(EntryPoints),
      '--bundle',
      '--platform=node',
      `--outdir=${folder}`,
      `--metafile=${metafile}`,
      ...flags,
    ],
    { cwd: path.join(ROOT, 'src') },
  );
  const { inputs }: Pick<Bundle, 'inputs'> = JSON.parse(readFileSync(metafile, 'utf8'));
  return {
    file: path.join(folder, 'handler.js'),
    inputs: Object.fromEntries(Object.entries(inputs).map(([file, input]) => [fromRoot(file), input])),
    stop: () => rmSync(folder, { recursive: true }),
  };
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function fromRoot(file: string): string {
  return path.relative(ROOT, path.resolve(ROOT, 'src', file));
}
