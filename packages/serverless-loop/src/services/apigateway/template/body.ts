import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DeploymentContext } from '../../../template/deployment.ts';
import { Problems } from '../../../template/problems.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { entryOf, type Node, plainFields, textOf } from '../../../template/yaml/node.ts';
import { parseYaml } from '../../../template/yaml/read-yaml.ts';
import { decodeUtf8 } from '../../../text-file.ts';
import { type Defined, readDefinition } from '../definition/definition.ts';

/**
 * The definition that stands in `Body`, or in the file beside the template that `BodyS3Location` names before it is
 * packaged. Undefined where there is none.
 */
export function readBody(
  resource: Resource,
  properties: Properties,
  protocol: 'HTTP' | 'REST',
  world: World,
): Defined | undefined {
  const body = properties.section('Body')?.plain();
  if (body) return readDefinition(body, protocol);
  const node = properties.node('BodyS3Location');
  if (!node) return undefined;
  if (node.kind === 'scalar' && !node.text.startsWith('s3://') && !world.deployment) {
    const fromFile = readFile(path.resolve(world.folderOf(resource), node.text));
    if (typeof fromFile !== 'string') return readDefinition(fromFile, protocol);
    properties.complain('BodyS3Location', fromFile);
    return undefined;
  }
  const place = placeInS3(node);
  if (place && world.deployment) {
    const fromS3 = inS3(place, world.deployment);
    if (typeof fromS3 !== 'string') return readDefinition(fromS3, protocol);
    properties.complain('BodyS3Location', fromS3);
    return undefined;
  }
  const reason = 'a definition in S3 is not read: none of its routes is there';
  world.reports.part(resource, 'BodyS3Location', node.line, 'not emulated', reason);
  return undefined;
}

interface S3Place {
  bucket: string;
  key: string;
}

/** `s3://bucket/key`, or a map (template reference, "AWS::ApiGateway::RestApi S3Location"). */
function placeInS3(node: Node): S3Place | undefined {
  const [, uriBucket, uriKey] = /^s3:\/\/([^/]+)\/([^?]+)/.exec(textOf(node) ?? '') ?? [];
  const bucket = uriBucket ?? textOf(entryOf(node, 'Bucket'));
  const key = uriKey ?? textOf(entryOf(node, 'Key'));
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}

/** The definition, or why there is none. */
function inS3({ bucket, key }: S3Place, { textAt }: DeploymentContext): Record<string, unknown> | string {
  const path = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
  const source = textAt(`https://s3.amazonaws.com/${path}`);
  const place = `s3://${bucket}/${key}`;
  return source === undefined
    ? `expected an OpenAPI definition at ${place}, found no such object`
    : parsedDefinition(source, place);
}

/** The definition, or why there is none. */
function readFile(file: string): Record<string, unknown> | string {
  let source: string;
  try {
    source = decodeUtf8(readFileSync(file));
  } catch (error) {
    return `expected an OpenAPI definition, found none that can be read at ${file} (${error instanceof Error ? error.message : error})`;
  }
  return parsedDefinition(source, file);
}

/** An OpenAPI definition in JSON or YAML, or why there is none; `file` is told. */
export function parsedDefinition(source: string, file: string): Record<string, unknown> | string {
  const problems = new Problems(file);
  const root = parseYaml(source, problems);
  const [problem] = problems.found();
  if (problem) return `expected an OpenAPI definition in ${file}: ${problem.message}`;
  return root?.kind === 'fields' ? plainFields(root) : `expected an OpenAPI definition in ${file}, a map`;
}
