import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LayerModel } from '../../../template/model.ts';
import { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { textOf } from '../../../template/yaml/node.ts';
import { assetPath } from './code.ts';

export const LAYER_VERSION = 'AWS::Lambda::LayerVersion';

export const LAYER_PROPERTIES = [
  'CompatibleArchitectures',
  'CompatibleRuntimes',
  'Content',
  'Description',
  'LayerName',
  'LicenseInfo',
];

/** A layer of the template, which functions name by its ARN; undefined when it has no folder here, which is told. */
export function readLayer(resource: Resource, world: World): LayerModel | undefined {
  const properties = world.read(resource, LAYER_PROPERTIES);
  const found = folderOf(resource, properties, world);
  if (typeof found === 'string') {
    world.reports.notEmulated(resource, found);
    return undefined;
  }
  world.reports.emulated(resource);
  nameExtensions(found, resource, world);
  return found;
}

/** Lambda would run each file of /opt/extensions (Lambda guide, "Using the Lambda Extensions API to create extensions"). */
function nameExtensions({ folder, at }: LayerModel, resource: Resource, world: World): void {
  const extensions = join(folder, 'extensions');
  if (at !== '' || folder === '' || !existsSync(extensions)) return;
  const names = readdirSync(extensions).join(', ');
  const reason = `extensions are not run, but their files are there: ${names}`;
  world.reports.part(resource, 'extensions', resource.line, 'not emulated', reason);
}

function folderOf(resource: Resource, properties: Properties, world: World): LayerModel | string {
  const content = textOf(properties.node('Content')) ?? (world.deployment ? undefined : assetPath(resource));
  if (content === undefined)
    return (world.deployment && packedIn(properties.section('Content'))) ?? 'its content is in S3';
  if (world.deployment) return "its content is a folder, where AWS takes a zip's place in S3";
  const folder = resolve(world.folderOf(resource), content);
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats) return `nothing is at ${folder}`;
  if (!stats.isDirectory()) return `its content is a packed file (${content})`;
  const metadata =
    resource.metadata &&
    new Properties(resource.metadata, world.problems.about(resource.logicalId), 'Metadata');
  const method = metadata?.text('BuildMethod');
  if (method === undefined) return { folder, at: '' };
  // `sam build` puts what it builds there (AWS SAM guide, "Building Lambda layers").
  if (method.startsWith('nodejs')) return { folder, at: 'nodejs' };
  if (method.startsWith('python')) return { folder, at: 'python' };
  return `the build method ${method} is not run: build it with sam build, and name the folder that comes of it`;
}

/** A zip in S3, where a deployment finds it. */
function packedIn(content: Properties | undefined): LayerModel | undefined {
  const bucket = content?.text('S3Bucket');
  const key = content?.text('S3Key');
  const version = content?.text('S3ObjectVersion');
  if (bucket === undefined || key === undefined) return undefined;
  return { folder: '', at: '', packed: { bucket, key, ...(version !== undefined && { version }) } };
}

/** The layers that a function names, in its order, as far as they are here; the others are told. */
export function layersOf(
  resource: Resource,
  properties: Properties,
  layers: ReadonlyMap<string, LayerModel>,
  world: World,
): LayerModel[] {
  const arns = properties.texts('Layers');
  const missing = arns.filter((arn) => !layers.has(arn));
  if (missing.length > 0)
    world.reports.part(
      resource,
      'Layers',
      properties.lineOf('Layers'),
      'not emulated',
      `not here, so what they hold is missing: ${missing.map((arn) => ownLayer(arn, world)).join(', ')}`,
    );
  return arns.flatMap((arn) => layers.get(arn) ?? []);
}

/** A layer of this template by its logical id and line, because that row says why it isn't here; any other by its ARN. */
function ownLayer(arn: string, world: World): string {
  const own = world.ofType(LAYER_VERSION).find((layer) => world.scope.physicalId(layer) === arn);
  return own ? `${own.madeFrom ?? own.logicalId} (line ${own.line})` : arn;
}
