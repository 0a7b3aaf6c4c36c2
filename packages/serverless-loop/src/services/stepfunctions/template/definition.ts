import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Problems } from '../../../template/problems.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { entryOf, type Node, textOf, toPlain } from '../../../template/yaml/node.ts';
import { parseYaml } from '../../../template/yaml/read-yaml.ts';
import { decodeUtf8 } from '../../../text-file.ts';

/**
 * The definition of a state machine as JSON, with its substitutions: `Definition`, `DefinitionString`, or an object in S3 that
 * `DefinitionS3Location` names; before it is packaged, a file beside the template (template reference,
 * "AWS::StepFunctions::StateMachine"). Undefined where there is none, which is told.
 */
export function readDefinition(resource: Resource, properties: Properties, world: World): string | undefined {
  const text = definitionText(resource, properties, world);
  return text === undefined ? undefined : substituted(text, properties.section('DefinitionSubstitutions'));
}

function definitionText(resource: Resource, properties: Properties, world: World): string | undefined {
  const section = properties.has('Definition') ? properties.section('Definition') : undefined;
  if (section) return JSON.stringify(section.plain(), null, 2);
  if (properties.has('DefinitionString')) return properties.text('DefinitionString');
  const node = properties.node('DefinitionS3Location');
  if (!node) {
    if (!properties.has('Definition'))
      properties.complain('DefinitionString', 'expected a definition, found nothing');
    return undefined;
  }
  const found = located(node, resource, world);
  if ('text' in found) return found.text;
  properties.giveUp('DefinitionS3Location', found.problem);
  return undefined;
}

type Found = { text: string } | { problem: string };

function located(node: Node, resource: Resource, world: World): Found {
  const uri = textOf(node);
  const [, uriBucket, uriKey] = /^s3:\/\/([^/]+)\/([^?]+)/.exec(uri ?? '') ?? [];
  if (uri !== undefined && uriBucket === undefined && !world.deployment) {
    const file = path.resolve(world.folderOf(resource), uri);
    world.files.push(file);
    return inFile(file);
  }
  const bucket = uriBucket ?? textOf(entryOf(node, 'Bucket'));
  const key = uriKey ?? textOf(entryOf(node, 'Key'));
  const place = `s3://${bucket}/${key}`;
  if (bucket === undefined || key === undefined)
    return { problem: 'expected the place of a definition in S3' };
  if (!world.deployment)
    return { problem: `its definition is in S3 (${place}), which is read of a deployment alone` };
  const inUrl = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
  const source = world.deployment.textAt(`https://s3.amazonaws.com/${inUrl}`);
  return source === undefined
    ? { problem: `expected a definition at ${place}, found no such object` }
    : asJson(source, place);
}

function inFile(file: string): Found {
  try {
    return asJson(decodeUtf8(readFileSync(file)), file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `expected a definition, found none that can be read at ${file} (${reason})` };
  }
}

/** JSON stays as it is written, with what is to be substituted in it; YAML is made JSON. */
function asJson(source: string, place: string): Found {
  if (source.trimStart().startsWith('{')) return { text: source };
  const problems = new Problems(place);
  const root = parseYaml(source, problems);
  const [problem] = problems.found();
  if (problem) return { problem: `expected a definition in ${place}: ${problem.message}` };
  return { text: JSON.stringify(root && toPlain(root), null, 2) };
}

/** `${Name}` in the text of the definition; a name that has no value stays. */
function substituted(text: string, substitutions: Properties | undefined): string {
  if (!substitutions) return text;
  const values = new Map(Object.entries(substitutions.plain()));
  return text.replaceAll(/\$\{([^{}]+)\}/g, (whole, name: string) => {
    const value = values.get(name);
    return value === undefined ? whole : typeof value === 'string' ? value : JSON.stringify(value);
  });
}
