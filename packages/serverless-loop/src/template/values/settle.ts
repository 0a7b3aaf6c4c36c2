import type { Complain } from '../problems.ts';
import { callOf } from '../yaml/call.ts';
import { at, describe, list, type Missing, type Node, textOf, unknown } from '../yaml/node.ts';
import type { ParameterScope } from './parameter-scope.ts';

/** Tells whether a condition holds; undefined when it can't be decided, which it complains about. */
interface Deciding {
  holds(name: string, line: number, complain: Complain, words?: string): boolean | undefined;
  missing(name: string): Missing | undefined;
}

/**
 * Decides what depends on parameters alone, before SAM's expansion looks at the template: Fn::If gives
 * way to its branch, `Ref` of a parameter to its value, AWS::NoValue to nothing (undefined).
 * References to resources stay.
 */
export function settle(
  node: Node,
  scope: ParameterScope,
  conditions: Deciding,
  complain: Complain,
): Node | undefined {
  if (node.kind === 'list')
    return list(
      node.line,
      node.items.flatMap((item) => settle(item, scope, conditions, complain) ?? []),
    );
  if (node.kind !== 'fields') return node;
  const call = callOf(node);
  if (call?.name === 'Fn::If') return settleIf(call.line, call.argument, scope, conditions, complain);
  if (call?.name === 'Ref') {
    const name = textOf(call.argument) ?? '';
    if (name === 'AWS::NoValue') return undefined;
    const value = scope.valueOf(name);
    return value ? at(node.line, value) : node;
  }
  const entries = new Map<string, Node>();
  for (const [key, value] of node.entries) {
    const settled = settle(value, scope, conditions, complain);
    if (settled) entries.set(key, settled);
  }
  return { kind: 'fields', line: node.line, entries };
}

function settleIf(
  line: number,
  argument: Node,
  scope: ParameterScope,
  conditions: Deciding,
  complain: Complain,
): Node | undefined {
  const [condition, whenTrue, whenFalse, ...rest] = argument.kind === 'list' ? argument.items : [];
  const name = textOf(condition);
  if (name === undefined || !whenTrue || !whenFalse || rest.length > 0) {
    complain(
      line,
      `Fn::If: expected [condition, value if true, value if false], found ${describe(argument)}`,
    );
    return unknown(line);
  }
  const words = `Template error: unresolved condition dependency ${name} in Fn::If`;
  const outcome = conditions.holds(name, line, complain, words);
  if (outcome === undefined) return unknown(line, conditions.missing(name));
  return settle(outcome ? whenTrue : whenFalse, scope, conditions, complain);
}
