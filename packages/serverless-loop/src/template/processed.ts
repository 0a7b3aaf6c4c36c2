import { Problems } from './problems.ts';
import { isAttribute } from './read-resources.ts';
import type { Resource } from './resource.ts';
import { withImplicitApis } from './sam/api-events.ts';
import { expandSam } from './sam/expand.ts';
import { applyGlobals } from './sam/globals.ts';
import type { Template } from './sections.ts';
import { readSource } from './summary.ts';
import { entryOf, type Fields, type Node, plainFields, toPlain } from './yaml/node.ts';
import { parseYaml, type YamlReader } from './yaml/read-yaml.ts';

/** Attributes of a resource that SAM passes on to all that it makes from it. */
const PASSED_ON = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy'];

/**
 * A template after its transforms, as JSON text: SAM's resources are those that it makes from them, while parameters and
 * conditions still stand. Throws a TemplateError with what is wrong with its form.
 */
export function processTemplate(source: string, readYaml: YamlReader = parseYaml): string {
  const template = readSource(source, readYaml);
  return JSON.stringify({
    AWSTemplateFormatVersion: template.version ?? '2010-09-09',
    ...(template.description !== undefined && { Description: template.description }),
    ...section('Parameters', template.parameters),
    ...section('Mappings', template.mappings),
    ...section('Conditions', template.conditions),
    Resources: processedResources(template),
    ...section('Outputs', template.outputs),
  });
}

function section(name: string, fields: Fields): Record<string, unknown> {
  return fields.entries.size === 0 ? {} : { [name]: plainFields(fields) };
}

function processedResources({ resources, globals }: Template): Record<string, unknown> {
  // Problems that SAM would refuse are told when the template is deployed, and not here.
  const unheard = new Problems('template');
  const declared = applyGlobals(withImplicitApis(resources), globals, unheard).entries;
  const expanded = expandSam([...declared].map(asResource), unheard);
  return Object.fromEntries(expanded.map((resource) => [resource.logicalId, processed(resource, declared)]));
}

function asResource([logicalId, node]: [string, Node]): Resource {
  const properties = entryOf(node, 'Properties');
  const type = entryOf(node, 'Type');
  const connectors = entryOf(node, 'Connectors');
  return {
    logicalId,
    type: type?.kind === 'scalar' ? type.text : '',
    line: node.line,
    properties:
      properties?.kind === 'fields' ? properties : { kind: 'fields', line: node.line, entries: new Map() },
    dependsOn: [],
    ...(connectors?.kind === 'fields' && { connectors }),
  };
}

function processed(
  { logicalId, madeFrom, type, properties }: Resource,
  declared: ReadonlyMap<string, Node>,
): unknown {
  const from = declared.get(madeFrom ?? logicalId);
  const attributes = from?.kind === 'fields' ? [...from.entries] : [];
  const kept = attributes.filter(
    ([name]) =>
      !['Type', 'Properties', 'Connectors', 'IgnoreGlobals'].includes(name) &&
      // SAM drops what no resource has.
      isAttribute(name) &&
      (madeFrom === undefined || PASSED_ON.includes(name)),
  );
  return {
    Type: type,
    ...Object.fromEntries(kept.map(([name, value]) => [name, toPlain(value)])),
    Properties: plainFields(properties),
  };
}
