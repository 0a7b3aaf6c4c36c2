import { didYouMean } from './nearest.ts';
import type { Complain, Problems } from './problems.ts';
import { LOOP_TYPE, type Resource } from './resource.ts';
import type { Conditions } from './values/conditions.ts';
import { evaluate } from './values/intrinsics.ts';
import type { ParameterScope } from './values/parameter-scope.ts';
import { settle } from './values/settle.ts';
import { callOf } from './yaml/call.ts';
import {
  describe,
  entryOf,
  type Fields,
  fields,
  missingIn,
  missingText,
  type Node,
  textOf,
} from './yaml/node.ts';

export interface DeclaredResources {
  resources: Resource[];
  /** Logical ids of those that their condition takes out of the stack, with the condition's name. */
  removed: Map<string, string>;
}

const ATTRIBUTES = [
  'Type',
  'Properties',
  'Metadata',
  'Condition',
  'DependsOn',
  'CreationPolicy',
  'DeletionPolicy',
  'UpdatePolicy',
  'UpdateReplacePolicy',
  // Read by SAM only.
  'Connectors',
  'IgnoreGlobals',
];

/** The Resources section with conditions decided and parameters filled in. */
export function readResources(
  section: Fields,
  scope: ParameterScope,
  conditions: Conditions,
  problems: Problems,
): DeclaredResources {
  const resources: Resource[] = [];
  const removed = new Map<string, string>();
  for (const [logicalId, node] of section.entries) {
    const complain = problems.about(logicalId);
    const condition = textOf(entryOf(node, 'Condition'));
    const holds = condition === undefined || conditions.holds(condition, node.line, complain);
    if (condition !== undefined && holds === false) {
      removed.set(logicalId, condition);
      continue;
    }
    const settled = settle(node, scope, conditions, complain);
    const resource =
      settled &&
      readResource(logicalId, withPolicies(settled, scope, complain), entryOf(node, 'Properties'), problems);
    const undecided = condition === undefined ? undefined : conditions.missing(condition);
    if (resource && undecided) {
      const line = entryOf(node, 'Condition')?.line ?? node.line;
      resource.unavailable = { line, reason: `its condition ${condition}: ${missingText(undecided)}` };
    }
    const endless = resource?.type === LOOP_TYPE ? missingIn(resource.properties) : undefined;
    if (resource && endless)
      resource.unavailable = {
        line: node.line,
        reason: `the loop is over what isn't known, so that nothing that it makes is here: ${missingText(endless.missing)}`,
      };
    if (resource) resources.push(resource);
  }
  return { resources, removed };
}

/** A macro may stand among the attributes, too. */
export function isAttribute(name: string): boolean {
  return ATTRIBUTES.includes(name) || name.startsWith('Fn::');
}

/** CloudFormation's words for a name of letters and other characters. */
export function nonAlphanumeric(what: 'Resource' | 'Parameter', name: string): string {
  return `Template format error: ${what} name ${name} is non alphanumeric.`;
}

/** CloudFormation's words for a resource without a type. */
export function noType(logicalId: string, node: Node): string {
  return node.kind === 'fields'
    ? `Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`
    : 'Template format error: Any Resources member must be an object.';
}

/** AWS::LanguageExtensions takes functions in the two attributes that otherwise hold a text. */
function withPolicies(node: Node, scope: ParameterScope, complain: Complain): Node {
  if (node.kind !== 'fields') return node;
  const entries = new Map(node.entries);
  for (const name of ['DeletionPolicy', 'UpdateReplacePolicy']) {
    const policy = entries.get(name);
    if (policy && callOf(policy)) entries.set(name, evaluate(policy, scope, complain));
  }
  return { ...node, entries };
}

function readResource(
  logicalId: string,
  node: Node,
  declared: Node | undefined,
  problems: Problems,
): Resource | undefined {
  const complain = problems.about(logicalId);
  if (!/^[A-Za-z0-9]+$/.test(logicalId))
    complain(
      node.line,
      'a logical id may hold only letters and digits',
      nonAlphanumeric('Resource', logicalId),
    );
  const type = textOf(entryOf(node, 'Type'));
  if (node.kind !== 'fields' || type === undefined) {
    if (node.kind !== 'unknown')
      complain(
        node.line,
        `expected a resource, a map with Type, found ${describe(node)}`,
        noType(logicalId, node),
      );
    return undefined;
  }
  for (const [name, value] of node.entries)
    if (isAttribute(name)) continue;
    else if (type.startsWith('AWS::Serverless::'))
      problems.note({
        line: value.line,
        logicalId,
        message: `${name} is no attribute of a resource${didYouMean(name, ATTRIBUTES)}: SAM drops it`,
      });
    else
      complain(
        value.line,
        `${name} is no attribute of a resource${didYouMean(name, ATTRIBUTES)}`,
        `Invalid template resource property '${name}'`,
      );
  const metadata = node.entries.get('Metadata');
  const connectors = node.entries.get('Connectors');
  const deletionPolicy = readPolicy(node, 'DeletionPolicy', complain);
  const updateReplacePolicy = readPolicy(node, 'UpdateReplacePolicy', complain);
  return {
    logicalId,
    type,
    line: node.line,
    properties: withoutNothings(type, readProperties(node, complain)),
    ...(declared?.kind === 'fields' && { declared }),
    ...(metadata?.kind === 'fields' && { metadata }),
    ...(connectors?.kind === 'fields' && { connectors }),
    dependsOn: readDependsOn(node.entries.get('DependsOn')),
    ...(deletionPolicy !== undefined && { deletionPolicy }),
    ...(updateReplacePolicy !== undefined && { updateReplacePolicy }),
  };
}

/** Template reference, "DeletionPolicy attribute" and "UpdateReplacePolicy attribute". */
function readPolicy(
  node: Fields,
  name: 'DeletionPolicy' | 'UpdateReplacePolicy',
  complain: (line: number, message: string) => void,
): string | undefined {
  const found = node.entries.get(name);
  const policy = textOf(found);
  if (!found || found.kind === 'unknown') return undefined;
  const allowed =
    name === 'DeletionPolicy'
      ? ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot']
      : ['Delete', 'Retain', 'Snapshot'];
  if (policy !== undefined && allowed.includes(policy)) return policy;
  complain(found.line, `${name}, expected one of ${allowed.join(', ')}, found ${describe(found)}`);
  return undefined;
}

function readProperties(node: Fields, complain: (line: number, message: string) => void): Fields {
  const properties = node.entries.get('Properties');
  if (properties?.kind === 'fields') return properties;
  if (properties && properties.kind !== 'unknown')
    complain(properties.line, `Properties, expected a map, found ${describe(properties)}`);
  return fields(node.line, {});
}

/** A property without a value is to SAM's own resources one that isn't given (aws-sam-translator, `Resource.validate_properties`). */
function withoutNothings(type: string, properties: Fields): Fields {
  if (!type.startsWith('AWS::Serverless::')) return properties;
  const given = [...properties.entries].filter(
    ([, value]) => value.kind !== 'scalar' || value.value !== null,
  );
  return { ...properties, entries: new Map(given) };
}

function readDependsOn(node: Node | undefined): { logicalId: string; line: number }[] {
  const items = node?.kind === 'list' ? node.items : node ? [node] : [];
  return items.map((item) => ({ logicalId: textOf(item) ?? describe(item), line: item.line }));
}
