import { didYouMean } from './nearest.ts';
import type { Problems } from './problems.ts';
import type { Resource } from './resource.ts';
import type { ResourceIndex } from './resource-index.ts';
import { undefinedResourceWords } from './undefined-names.ts';
import type { ParameterScope } from './values/parameter-scope.ts';
import { type Reference, referencesIn } from './values/references.ts';
import type { Node } from './yaml/node.ts';

interface Names {
  index: ResourceIndex;
  scope: ParameterScope;
  /** Logical id to the condition that takes the resource out of the stack. */
  removed: ReadonlyMap<string, string>;
  problems: Problems;
  isDeployment: boolean;
}

/** Complains about every reference in a value that names nothing. */
export function checkReferences(
  logicalId: string,
  node: Node,
  names: Names,
  block: 'Resources' | 'Outputs' = 'Resources',
): void {
  const complain = names.problems.about(logicalId);
  for (const reference of referencesIn(node)) {
    const problem = problemOf(reference, names);
    if (!problem) continue;
    const unresolved = reference.name.split('.', 1)[0] ?? reference.name;
    const isRemoved = names.removed.has(unresolved);
    const words =
      reference.hasAttribute && !isRemoved
        ? undefinedResourceWords(reference, unresolved)
        : // An output of what a condition takes away is found later on AWS, and told without the frame.
          { unresolved, block, isLate: block === 'Outputs' && isRemoved };
    complain(reference.line, problem, words);
  }
}

function problemOf(reference: Reference, { index, scope, removed }: Names): string | undefined {
  const { name, hasAttribute } = reference;
  if (name === 'AWS::NoValue' || (!hasAttribute && scope.valueOf(name))) return undefined;
  if (index.referredBy(reference)) return undefined;
  if (index.makerOf(name)) return undefined;
  const logicalId = name.split('.', 1)[0] ?? name;
  const condition = removed.get(logicalId);
  if (condition)
    return `refers to ${name}, but the condition ${condition} takes ${logicalId} out of the stack`;
  const candidates = hasAttribute ? index.names : [...index.names, ...scope.names];
  return `refers to ${name}, but there is no ${logicalId} in the template${didYouMean(logicalId, candidates)}`;
}

/**
 * Complains about DependsOn of what is not there, and about resources that wait for each other.
 * False in that last case: then no value can be worked out.
 */
export function checkDependencies(names: Names): boolean {
  const { index, removed, problems } = names;
  for (const resource of index.all)
    for (const { logicalId, line } of resource.dependsOn)
      if (!index.find(logicalId) && !removed.has(logicalId) && !index.makerOf(logicalId))
        problems.about(resource.logicalId)(
          line,
          `DependsOn ${logicalId}, but there is no such resource${didYouMean(logicalId, index.names)}`,
          { unresolved: logicalId, block: 'Resources', isLate: false },
        );
  return checkCircles(names);
}

/**
 * CloudFormation refuses resources that wait for each other. A circle that leads through a role makes here only those that are
 * in it unavailable: none of the others asks what the role allows. Within SAM's own resources that stand as they are, it is not
 * known which of those that SAM would make refers to what, so that a circle through them is none.
 */
function checkCircles({ index, problems, isDeployment }: Names): boolean {
  for (;;) {
    const circle = findCircle(index);
    const [first] = circle;
    if (!first) return true;
    const path = [...circle, first].map(({ logicalId }) => logicalId).join(' -> ');
    const message = `circular dependency between resources: ${path}`;
    if (isDeployment || !circle.some(({ type }) => type === 'AWS::IAM::Role')) {
      problems.about(first.logicalId)(first.line, message);
      return false;
    }
    for (const resource of circle)
      resource.unavailable = { line: resource.line, reason: `CloudFormation refuses it: ${message}` };
  }
}

function waitsFor(resource: Resource, index: ResourceIndex): Resource[] {
  if (resource.unavailable || resource.type.startsWith('AWS::Serverless::')) return [];
  return dependenciesOf(resource, index);
}

/** The resources of one circle of dependencies, or none. Iterative: a chain may be as long as a template. */
function findCircle(index: ResourceIndex): Resource[] {
  const done = new Set<Resource>();
  for (const start of index.all) {
    const path = [{ resource: start, next: waitsFor(start, index) }];
    while (!done.has(start)) {
      const last = path.at(-1);
      const next = last?.next.pop();
      if (!next) {
        if (last) done.add(last.resource);
        path.pop();
        continue;
      }
      const at = path.findIndex(({ resource }) => resource === next);
      if (at >= 0) return path.slice(at).map(({ resource }) => resource);
      if (!done.has(next)) path.push({ resource: next, next: waitsFor(next, index) });
    }
  }
  return [];
}

/** Resources that must be there before this one: by DependsOn, and by references in its properties. The first is the last. */
export function dependenciesOf(resource: Resource, index: ResourceIndex): Resource[] {
  const referred = referencesIn(resource.properties).map((reference) => index.referredBy(reference));
  const declared = resource.dependsOn.map(({ logicalId }) => index.find(logicalId));
  return [...new Set([...declared, ...referred])].filter((found) => found !== undefined).reverse();
}
