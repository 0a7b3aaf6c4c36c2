import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CodeModel } from '../../../template/model.ts';
import { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { entryOf, textOf } from '../../../template/yaml/node.ts';

/** The endings of an entry point written without one: SAM CLI's build tries the first two, esbuild the others. */
const SOURCE_ENDINGS = ['', '.ts', '.js', '.tsx', '.jsx', '.mts', '.mjs', '.cts', '.cjs'];

const SO_BUILD =
  ': sam build && serverless-loop start --template .aws-sam/build/template.yaml runs what it makes';

/** Beside the template that `sam build` writes, all code is built, whatever Metadata says of how. */
function isBuilt(folder: string): boolean {
  return /[\\/]\.aws-sam[\\/]build$/.test(folder);
}

/** Reads the source of a function's code; undefined when there is none, which is told and makes the function unavailable. */
export function readCode(resource: Resource, properties: Properties, world: World): CodeModel | undefined {
  const folder = textOf(properties.node('Code')) ?? (world.deployment ? undefined : assetPath(resource));
  if (folder === undefined) return readPackagedCode(resource, properties, world);
  if (world.deployment) {
    // The words of SAM's transform, which reads the template on AWS.
    properties.complain(
      'Code',
      "'CodeUri' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.",
    );
    return undefined;
  }
  const codeUri = resolve(world.folderOf(resource), folder);
  if (!existsSync(codeUri)) {
    const reason = `Code, expected the folder of the code (CodeUri), found nothing at ${codeUri}`;
    world.reports.unavailable(resource, properties.lineOf('Code'), reason);
    return undefined;
  }
  if (!statSync(codeUri).isDirectory())
    return leaveOut(resource, `its code is a packed file (${folder})`, world);
  const metadata =
    resource.metadata &&
    new Properties(resource.metadata, world.problems.about(resource.logicalId), 'Metadata');
  const method = isBuilt(world.folderOf(resource)) ? undefined : metadata?.text('BuildMethod');
  if (method === 'esbuild')
    return readEsbuild(
      codeUri,
      metadata?.section('BuildProperties'),
      properties.text('Handler') ?? '',
      resource,
      world,
    );
  if (method !== undefined && !/^(nodejs|python)/.test(method))
    return leaveOut(resource, `the build method ${method} is not run${SO_BUILD}`, world);
  if (properties.text('Runtime')?.startsWith('provided') && !existsSync(join(codeUri, 'bootstrap')))
    return leaveOut(resource, `there is no bootstrap in ${folder}${SO_BUILD}`, world);
  return { kind: 'folder', codeUri };
}

/** The place where the CDK has put what belongs in S3, relative to the template (AWS CDK guide, "Asset metadata for AWS SAM"). */
export function assetPath({ metadata }: Resource): string | undefined {
  return textOf(entryOf(metadata, 'aws:asset:path'));
}

function readPackagedCode(resource: Resource, properties: Properties, world: World): CodeModel | undefined {
  const code = properties.section('Code');
  const source = code?.text('ZipFile');
  if (source !== undefined) return { kind: 'inline', source };
  if (code?.has('ImageUri'))
    return leaveOut(resource, 'container images are not run; only zip packages are', world);
  if (code) return readCodeInS3(code, resource, world);
  properties.complain('Code', 'expected a folder or "ZipFile", found nothing');
  return undefined;
}

function readCodeInS3(code: Properties, resource: Resource, world: World): CodeModel | undefined {
  const bucket = code.requiredText('S3Bucket');
  const key = code.requiredText('S3Key');
  const version = code.text('S3ObjectVersion');
  if (!world.deployment) return leaveOut(resource, `its code is in S3 (s3://${bucket}/${key})`, world);
  return { kind: 's3', bucket, key, ...(version !== undefined && { version }) };
}

function readEsbuild(
  codeUri: string,
  build: Properties | undefined,
  handler: string,
  resource: Resource,
  world: World,
): CodeModel | undefined {
  const named = build?.texts('EntryPoints') ?? [];
  // SAM CLI's build takes the handler up to its first point where none is named (app_builder.py, `_get_build_options`).
  const wanted = named.length > 0 ? named : [handler.split('.', 1)[0] ?? ''];
  const entryPoints = wanted.map((entryPoint) => {
    const path = join(codeUri, entryPoint);
    const ending = SOURCE_ENDINGS.find((each) => existsSync(path + each) && statSync(path + each).isFile());
    if (ending === undefined)
      world.reports.unavailable(
        resource,
        build?.lineOf('EntryPoints') ?? resource.line,
        `Metadata.BuildProperties.EntryPoints, expected a source file, found nothing at ${path}`,
      );
    return entryPoint + (ending ?? '');
  });
  const { EntryPoints: _, ...properties } = build?.plain() ?? {};
  return { kind: 'esbuild', codeUri, entryPoints, properties };
}

function leaveOut(resource: Resource, reason: string, world: World): undefined {
  world.reports.notEmulated(resource, reason);
  return undefined;
}
