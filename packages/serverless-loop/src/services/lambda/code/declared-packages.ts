import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageName } from '../../../../runtime/package-name.cjs';
import { isObject } from '../../../aws/json-object.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { LambdaOptions } from '../lambda-options.ts';
import { nearest } from './fingerprint.ts';

/**
 * The packages that the folder's package.json names in `dependencies` and that are nowhere: not in node_modules there or above,
 * in a layer, or in AWS's runtime. `sam build` would install them.
 */
export function missingPackages(codeUri: string, { layers = [] }: Pick<FunctionModel, 'layers'>): string[] {
  const places = [codeUri, ...layers.flatMap(({ folder }) => [folder, path.join(folder, 'nodejs')])];
  return dependenciesOf(path.join(codeUri, 'package.json')).filter(
    (name) =>
      !/^(aws-sdk$|@aws-sdk\/|@smithy\/)/.test(name) && !places.some((place) => isInstalled(place, name)),
  );
}

/** Tells of those of a function whose code is a folder. */
export function reportMissing(
  { name, code, runtime }: FunctionModel,
  names: string[],
  { report, projectDir }: Pick<LambdaOptions, 'report' | 'projectDir'>,
): void {
  if (code.kind !== 'folder' || names.length === 0) return;
  const isPython = runtime.startsWith('python');
  const command = isPython ? pipCommand(code.codeUri, projectDir) : installCommand(code.codeUri, projectDir);
  const manifest = isPython ? 'requirements.txt' : 'package.json';
  report({ kind: 'packages.missing', functionName: name, names, manifest, command });
}

/** Installs what the package.json of a folder names. */
function installCommand(folder: string, projectDir: string): string {
  const from = path.relative(projectDir, folder);
  return from === '' ? 'npm install' : `npm install --prefix ${from}`;
}

/** Installs what the requirements.txt of a folder names, beside the code as it is uploaded. */
function pipCommand(folder: string, projectDir: string): string {
  const from = path.relative(projectDir, folder) || '.';
  return `pip install --requirement ${path.join(from, 'requirements.txt')} --target ${from}`;
}

/** The same where code imports a package that the nearest package.json names; undefined where none names it. */
export function installCommandFor(
  specifier: string,
  codeUri: string,
  projectDir: string,
): string | undefined {
  const name = packageName(specifier);
  const manifest = nearest(['package.json'], codeUri);
  return name !== undefined && manifest !== undefined && dependenciesOf(manifest).includes(name)
    ? installCommand(path.dirname(manifest), projectDir)
    : undefined;
}

function dependenciesOf(manifest: string): string[] {
  try {
    const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    return isObject(parsed) && isObject(parsed.dependencies) ? Object.keys(parsed.dependencies) : [];
  } catch {
    // None, or one that npm wouldn't read either.
    return [];
  }
}

function isInstalled(from: string, name: string): boolean {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'node_modules', name))) return true;
    if (folder === path.dirname(folder)) return false;
  }
}
