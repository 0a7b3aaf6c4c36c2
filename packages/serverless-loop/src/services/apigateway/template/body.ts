import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Problems } from '../../../template/problems.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { plainFields } from '../../../template/yaml/node.ts';
import { parseYaml } from '../../../template/yaml/read-yaml.ts';
import { decodeUtf8 } from '../../../text-file.ts';
import { type Defined, readDefinition } from './definition.ts';

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
  const reason = 'a definition in S3 is not read: none of its routes is there';
  world.reports.part(resource, 'BodyS3Location', node.line, 'not emulated', reason);
  return undefined;
}

/** The definition, or why there is none. */
function readFile(file: string): Record<string, unknown> | string {
  let source: string;
  try {
    source = decodeUtf8(readFileSync(file));
  } catch (error) {
    return `expected an OpenAPI definition, found none that can be read at ${file} (${error instanceof Error ? error.message : error})`;
  }
  const problems = new Problems(file);
  const root = parseYaml(source, problems);
  const [problem] = problems.found();
  if (problem) return `expected an OpenAPI definition in ${file}: ${problem.message}`;
  return root?.kind === 'fields' ? plainFields(root) : `expected an OpenAPI definition in ${file}, a map`;
}
