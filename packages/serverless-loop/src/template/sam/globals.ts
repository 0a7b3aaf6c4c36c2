import { didYouMean } from '../nearest.ts';
import type { Problems } from '../problems.ts';
import { callOf } from '../yaml/call.ts';
import { describe, entryOf, type Fields, list, type Node, textOf } from '../yaml/node.ts';
import { FUNCTION_PROPERTIES } from './function-properties.ts';

/** Sections of Globals, e.g. `Function`; each stands for the type `AWS::Serverless::<section>`. */
const SECTIONS = [
  'Function',
  'Api',
  'HttpApi',
  'SimpleTable',
  'StateMachine',
  'LayerVersion',
  'CapacityProvider',
  'WebSocketApi',
];
const NEVER_GLOBAL = [
  'Role',
  'Policies',
  'FunctionName',
  'Events',
  'ImageUri',
  'InlineCode',
  'PackageType',
  'ImageConfig',
];

/**
 * Puts Globals into the resources: maps are merged, lists joined (the global's first), and of anything else
 * the resource's own wins (SAM developer guide, "Globals section"). Intrinsics count as single values.
 */
export function applyGlobals(resources: Fields, globals: Fields, problems: Problems): Fields {
  checkGlobals(globals, problems);
  const entries = new Map<string, Node>();
  for (const [logicalId, resource] of resources.entries)
    entries.set(logicalId, withGlobals(resource, globals));
  return { ...resources, entries };
}

function withGlobals(resource: Node, globals: Fields): Node {
  const section = /^AWS::Serverless::(\w+)$/.exec(textOf(entryOf(resource, 'Type')) ?? '')?.[1];
  const global = globals.entries.get(section ?? '');
  if (resource.kind !== 'fields' || global?.kind !== 'fields') return resource;
  const own = resource.entries.get('Properties') ?? { ...global, line: resource.line, entries: new Map() };
  const merged = merge(withoutIgnored(global, resource.entries.get('IgnoreGlobals')), own);
  return { ...resource, entries: new Map([...resource.entries, ['Properties', merged]]) };
}

/** `IgnoreGlobals: "*"` or a list of property names. */
function withoutIgnored(global: Fields, ignored: Node | undefined): Fields {
  if (!ignored) return global;
  const names = (ignored.kind === 'list' ? ignored.items : [ignored]).map(textOf);
  const kept = [...global.entries].filter(([name]) => !names.includes('*') && !names.includes(name));
  return { ...global, entries: new Map(kept) };
}

function merge(global: Node, own: Node): Node {
  if (callOf(global) || callOf(own)) return own;
  if (global.kind === 'list' && own.kind === 'list') return list(own.line, [...global.items, ...own.items]);
  if (global.kind !== 'fields' || own.kind !== 'fields') return own;
  const entries = new Map(global.entries);
  for (const [key, value] of own.entries) {
    const inherited = entries.get(key);
    entries.set(key, inherited ? merge(inherited, value) : value);
  }
  return { ...own, entries };
}

function checkGlobals(globals: Fields, problems: Problems): void {
  const complain = problems.about('Globals');
  for (const [section, node] of globals.entries) {
    if (!SECTIONS.includes(section))
      complain(
        node.line,
        `${section}, expected one of ${SECTIONS.join(', ')}${didYouMean(section, SECTIONS)}`,
      );
    if (node.kind !== 'fields') {
      complain(node.line, `${section}, expected a map, found ${describe(node)}`);
      continue;
    }
    if (section !== 'Function') continue;
    const allowed = FUNCTION_PROPERTIES.filter((name) => !NEVER_GLOBAL.includes(name));
    for (const [name, value] of node.entries)
      if (!allowed.includes(name))
        complain(value.line, `Function.${name} can't be set for all functions${didYouMean(name, allowed)}`);
  }
}
