import type { ResourceIndex } from './resource-index.ts';
import type { ResourceScope } from './resource-scope.ts';
import type { Scope } from './values/functions/function.ts';
import { evaluate } from './values/intrinsics.ts';
import { referencesIn } from './values/references.ts';
import { callOf } from './yaml/call.ts';
import { type Fields, list, type Node, scalar } from './yaml/node.ts';

export interface Showing {
  index: ResourceIndex;
  scope: ResourceScope;
  secretParameters: ReadonlySet<string>;
  /** Logical ids of the resources that are not made yet. */
  unmade: ReadonlySet<string>;
}

/** A change set's text for a value that is known only once a resource is made. */
const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';
/** Stands for the value of a parameter with NoEcho (user guide, "Parameters"). */
const HIDDEN = '****';

/** Functions that put a text in another one, of which the rest is known. */
const PUTS_TOGETHER = ['Fn::Join', 'Fn::Sub'];

/** A resource's properties as events and change sets tell them: each value is a text. */
export function shownProperties(properties: Fields, showing: Showing): Record<string, unknown> {
  const evaluated = evaluate(withoutHidden(properties, showing), scopeOf(showing), () => {});
  const shown = asTexts(evaluated);
  return typeof shown === 'object' && shown !== null ? Object.fromEntries(Object.entries(shown)) : {};
}

/** Puts what may be told in the place of what a parameter gave, and of what is worked out from a resource to come. */
function withoutHidden(node: Node, showing: Showing): Node {
  if ('parameter' in node && node.parameter !== undefined && showing.secretParameters.has(node.parameter))
    return scalar(node.line, HIDDEN);
  if (node.kind === 'list')
    return list(
      node.line,
      node.items.map((item) => withoutHidden(item, showing)),
    );
  if (node.kind !== 'fields') return node;
  const call = callOf(node);
  if (call && !PUTS_TOGETHER.includes(call.name) && refersToUnmade(node, showing))
    return scalar(node.line, KNOWN_AFTER_APPLY);
  const entries = [...node.entries].map(([key, value]) => [key, withoutHidden(value, showing)] as const);
  return { ...node, entries: new Map(entries) };
}

function refersToUnmade(node: Node, { index, unmade }: Showing): boolean {
  return referencesIn(node).some((reference) => {
    const resource = index.referredBy(reference);
    return resource !== undefined && unmade.has(resource.logicalId);
  });
}

/** For what stands in the text of Fn::Sub. */
function scopeOf({ index, scope, secretParameters, unmade }: Showing): Scope {
  const isUnmade = (logicalId: string | undefined) => logicalId !== undefined && unmade.has(logicalId);
  return {
    mappings: scope.mappings,
    imported: (name, line, complain) => scope.imported(name, line, complain),
    ref(name, line) {
      if (secretParameters.has(name)) return scalar(line, HIDDEN);
      return isUnmade(index.find(name)?.logicalId) ? scalar(line, KNOWN_AFTER_APPLY) : scope.ref(name, line);
    },
    isMadeName: (dotted) => scope.isMadeName(dotted),
    attribute: (dotted, line, complain) =>
      isUnmade(index.findAttribute(dotted)?.resource.logicalId)
        ? scalar(line, KNOWN_AFTER_APPLY)
        : scope.attribute(dotted, line, complain),
  };
}

function asTexts(node: Node): unknown {
  if (node.kind === 'list') return node.items.map(asTexts);
  if (node.kind === 'fields')
    return Object.fromEntries([...node.entries].map(([key, value]) => [key, asTexts(value)]));
  return node.kind === 'scalar' ? node.text : '';
}
