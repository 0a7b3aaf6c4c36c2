import { didYouMean } from './nearest.ts';
import type { Problems } from './problems.ts';
import { checkMappings } from './values/mappings.ts';
import { describe, entryOf, type Fields, fields, type Node, textOf } from './yaml/node.ts';
import type { YamlReader } from './yaml/read-yaml.ts';

/** The sections of a template, each a map (empty when it is not there). */
export interface Template {
  description?: string;
  /** `AWSTemplateFormatVersion`. */
  version?: string;
  transforms: string[];
  parameters: Fields;
  mappings: Fields;
  conditions: Fields;
  globals: Fields;
  resources: Fields;
  outputs: Fields;
}

/** CloudFormation takes no larger template (User Guide, "CloudFormation quotas"). */
export const MAX_TEMPLATE_BYTES = 1_048_576;
const SAM_TRANSFORM = 'AWS::Serverless-2016-10-31';
const TRANSFORMS = [SAM_TRANSFORM, 'AWS::LanguageExtensions'];
const WITHOUT_EFFECT = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Transform', 'Rules', 'Hooks'];
const SECTION_NAMES = ['Parameters', 'Mappings', 'Conditions', 'Globals', 'Resources', 'Outputs'];

/** Reads the text of a template; undefined when there is nothing to go on with. */
export function readTemplate(source: string, problems: Problems, readYaml: YamlReader): Template | undefined {
  if (Buffer.byteLength(source) > MAX_TEMPLATE_BYTES) {
    problems.add({
      message: `larger than CloudFormation takes, expected at most ${MAX_TEMPLATE_BYTES} bytes`,
    });
    return undefined;
  }
  const root = readYaml(source, problems);
  if (root?.kind === 'unknown') return undefined;
  if (root?.kind !== 'fields') {
    if (root || source.trim() === '')
      problems.add({
        line: root?.line ?? 1,
        message: `expected a template, a map with Resources, found ${describe(root)}`,
        words: 'Template format error: unsupported structure.',
      });
    return undefined;
  }
  return readSections(root, problems);
}

function readSections(root: Fields, problems: Problems): Template {
  const allNames = [...WITHOUT_EFFECT, ...SECTION_NAMES];
  for (const [name, node] of root.entries)
    if (!allNames.includes(name))
      problems.add({
        line: node.line,
        message: `${name} is no section of a template${didYouMean(name, allNames)}`,
      });
  const section = (name: string) => readSection(root, name, problems);
  const resources = section('Resources');
  if (
    !root.entries.has('Resources') ||
    (root.entries.get('Resources')?.kind === 'fields' && resources.entries.size === 0)
  )
    problems.add({
      line: resources.line,
      message: 'expected Resources with at least one resource, found none',
      words: 'Template format error: At least one Resources member must be defined.',
    });
  const description = textOf(root.entries.get('Description'));
  const version = textOf(root.entries.get('AWSTemplateFormatVersion'));
  const transforms = checkTransforms(root, resources, problems);
  const mappings = section('Mappings');
  checkMappings(mappings, problems);
  return {
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
    transforms,
    parameters: section('Parameters'),
    mappings,
    conditions: section('Conditions'),
    globals: section('Globals'),
    resources,
    outputs: section('Outputs'),
  };
}

function readSection(root: Fields, name: string, problems: Problems): Fields {
  const node = root.entries.get(name);
  if (node?.kind === 'fields') return node;
  if (node && node.kind !== 'unknown')
    problems.add({ line: node.line, message: `${name}, expected a map, found ${describe(node)}` });
  return fields(node?.line ?? root.line, {});
}

/** The names of the transforms. */
function checkTransforms(root: Fields, resources: Fields, problems: Problems): string[] {
  const declared = declaredTransforms(root.entries.get('Transform'));
  for (const { line, name } of declared)
    if (!TRANSFORMS.includes(name))
      problems.note({
        line,
        isMissing: true,
        message: `Transform, the loop runs no macro ${name}: what it would change stays as it is`,
      });
  const names = declared.map(({ name }) => name);
  if (names.includes(SAM_TRANSFORM)) return names;
  for (const [logicalId, resource] of resources.entries) {
    const type = textOf(entryOf(resource, 'Type'));
    if (type?.startsWith('AWS::Serverless::'))
      problems.add({
        line: resource.line,
        logicalId,
        message: `${type} needs "Transform: ${SAM_TRANSFORM}"`,
      });
  }
  return names;
}

function declaredTransforms(node: Node | undefined): { line: number; name: string }[] {
  const items = node?.kind === 'list' ? node.items : node ? [node] : [];
  return items.map((item) => ({
    line: item.line,
    name: textOf(item) ?? textOf(entryOf(item, 'Name')) ?? describe(item),
  }));
}
