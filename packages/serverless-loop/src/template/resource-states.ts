import type { Declared, StackTree } from './declared.ts';
import { dependenciesOf } from './dependencies.ts';
import type { ResourceState } from './deployment.ts';
import type { KindDescription } from './kind-description.ts';
import type { Resource } from './resource.ts';
import type { ResourceIndex } from './resource-index.ts';
import type { ResourceScope } from './resource-scope.ts';
import { shownProperties } from './shown-properties.ts';
import { evaluate } from './values/intrinsics.ts';
import { entryOf, type Fields, type Node, plainFields, textOf, toPlain } from './yaml/node.ts';

/**
 * Every resource as CloudFormation keeps it, each after those that it depends on. What the secret parameters hold is told to
 * nobody.
 */
export function resourceStates({ stacks: [root] }: StackTree): ResourceState[] {
  return root ? statesIn(root) : [];
}

/** A nested stack comes after all that it is made of: it is there once that is. */
function statesIn({ index, scope, template, nested }: Declared): ResourceState[] {
  const secretParameters = secretsAmong(template.parameters);
  return inOrderOfMaking(index).flatMap((resource) => {
    const stack = nested.of(resource);
    return [...(stack ? statesIn(stack) : []), stateOf(resource, index, scope, secretParameters)];
  });
}

function secretsAmong({ entries }: Fields): ReadonlySet<string> {
  const isSecret = ([, declaration]: [string, Node]) => textOf(entryOf(declaration, 'NoEcho')) === 'true';
  return new Set([...entries].filter(isSecret).map(([name]) => name));
}

function stateOf(
  resource: Resource,
  index: ResourceIndex,
  scope: ResourceScope,
  secretParameters: ReadonlySet<string>,
): ResourceState {
  const { logicalId, type, properties, metadata, deletionPolicy, updateReplacePolicy } = resource;
  // A value that can't be worked out is complained about where the resource's model is read.
  const evaluated = evaluate(properties, scope, () => {});
  const kind = scope.kinds.get(type);
  const values = evaluated.kind === 'fields' ? plainFields(evaluated) : {};
  return {
    logicalId,
    type,
    physicalId: scope.physicalId(resource),
    ...replacingOf(kind),
    ...capabilityFor(kind, values),
    properties: values,
    written: Object.fromEntries([...properties.entries].map(([name, node]) => [name, asWritten(node)])),
    shown: (unmade = new Set()) => shownProperties(properties, { index, scope, secretParameters, unmade }),
    ...(metadata && {
      metadata: toPlain(evaluate(metadata, scope, () => {})),
      writtenMetadata: asWritten(metadata),
    }),
    dependsOn: dependenciesOf(resource, index).map((other) => other.logicalId),
    deletionPolicy: deletionPolicy ?? 'Delete',
    updateReplacePolicy: updateReplacePolicy ?? 'Delete',
    saidPolicies: {
      ...(deletionPolicy !== undefined && { DeletionPolicy: deletionPolicy }),
      ...(updateReplacePolicy !== undefined && { UpdateReplacePolicy: updateReplacePolicy }),
    },
  };
}

function replacingOf(kind: KindDescription | undefined): Pick<ResourceState, 'nameProperty' | 'replacedBy'> {
  if (!kind?.replacedBy) return { replacedBy: [] };
  const { nameProperty, replacedBy } = kind;
  if (nameProperty === undefined) return { replacedBy };
  return { nameProperty, replacedBy: [nameProperty, ...replacedBy] };
}

function capabilityFor(
  kind: KindDescription | undefined,
  values: Readonly<Record<string, unknown>>,
): Pick<ResourceState, 'capability'> {
  if (!kind?.makesIdentity) return {};
  const isNamed = values[kind.nameProperty ?? ''] !== undefined;
  return { capability: isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM' };
}

function asWritten(node: Node): unknown {
  if ('parameter' in node && node.parameter !== undefined) return { Ref: node.parameter };
  if (node.kind === 'list') return node.items.map(asWritten);
  if (node.kind === 'fields')
    return Object.fromEntries([...node.entries].map(([key, value]) => [key, asWritten(value)]));
  return toPlain(node);
}

/** Iterative: a chain may be as long as a template. A circle, which only unavailable resources can make, is cut where it closes. */
function inOrderOfMaking(index: ResourceIndex): Resource[] {
  const ordered = new Set<Resource>();
  for (const first of index.all) {
    const path = [{ resource: first, next: dependenciesOf(first, index) }];
    while (path.length > 0) {
      const last = path.at(-1);
      const next = last?.next.pop();
      const isUnderWay = path.some(({ resource }) => resource === next);
      if (next && !isUnderWay && !ordered.has(next))
        path.push({ resource: next, next: dependenciesOf(next, index) });
      if (next || !last) continue;
      ordered.add(last.resource);
      path.pop();
    }
  }
  return [...ordered];
}
