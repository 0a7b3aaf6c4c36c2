import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FunctionModel } from '../../../template/model.ts';

/** The packages of Lambda's own runtimes, and what these bring along. */
const OF_RUNTIME = new Set([
  ...['awslambdaric', 'boto3', 'botocore', 'jmespath', 'python-dateutil', 's3transfer', 'simplejson'],
  ...['six', 'snapshot-restore-py', 'urllib3'],
]);

/**
 * The packages that the folder's requirements.txt names and that are nowhere: not beside the code or in a layer, where pip leaves
 * a folder NAME-VERSION.dist-info of each, nor in AWS's runtime. `sam build` would install them.
 */
export function missingRequirements(
  codeUri: string,
  { layers = [] }: Pick<FunctionModel, 'layers'>,
): string[] {
  const required = requirementsOf(path.join(codeUri, 'requirements.txt'));
  if (required.length === 0) return [];
  const places = [codeUri, ...layers.flatMap(({ folder }) => [folder, ...pythonFolders(folder)])];
  const there = new Set([...OF_RUNTIME, ...places.flatMap(packagesIn)]);
  return required.filter((name) => !there.has(name) && !places.some((place) => holdsModule(place, name)));
}

/** `name`, `name==1.2`, `name[extra] ; marker`; options and addresses name none. */
function requirementsOf(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => /^\s*([A-Za-z0-9][\w.-]*)\s*(?=$|[[<>=!~;#,@\s])/.exec(line)?.[1] ?? [])
    .map(normalised);
}

function pythonFolders(layer: string): string[] {
  const folder = path.join(layer, 'python');
  const versions = path.join(folder, 'lib');
  const ofVersions = existsSync(versions)
    ? readdirSync(versions).map((version) => path.join(versions, version, 'site-packages'))
    : [];
  return [folder, ...ofVersions];
}

function packagesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) =>
    name.endsWith('.dist-info') ? normalised(name.split('-')[0] ?? '') : [],
  );
}

/** A package that somebody has copied there. */
function holdsModule(folder: string, name: string): boolean {
  const module = path.join(folder, name.replaceAll('-', '_'));
  return existsSync(module) || existsSync(`${module}.py`);
}

/** As packages are compared (Python Packaging User Guide, "Names and normalization"). */
function normalised(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
