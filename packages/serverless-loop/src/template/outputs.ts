import type { OutputModel } from './model.ts';
import type { Problems } from './problems.ts';
import { Properties } from './properties.ts';
import type { ResourceScope } from './resource-scope.ts';
import type { Conditions } from './values/conditions.ts';
import { evaluate } from './values/intrinsics.ts';
import type { ParameterScope } from './values/parameter-scope.ts';
import { settle } from './values/settle.ts';
import { describe, entryOf, type Fields, missingIn, type Node, textOf } from './yaml/node.ts';

/** The outputs that their condition leaves in, with conditions decided and parameters filled in. */
export function settleOutputs(
  section: Fields,
  scope: ParameterScope,
  conditions: Conditions,
  problems: Problems,
): Map<string, Node> {
  const settled = new Map<string, Node>();
  for (const [name, node] of section.entries) {
    const complain = problems.about(name);
    const condition = textOf(entryOf(node, 'Condition'));
    if (condition !== undefined && conditions.holds(condition, node.line, complain) === false) continue;
    const output = settle(node, scope, conditions, complain);
    if (output) settled.set(name, output);
  }
  return settled;
}

/** Each output with its value worked out; one that tells what can't be known here says just that. */
export function readOutputs(
  outputs: ReadonlyMap<string, Node>,
  scope: ResourceScope,
  problems: Problems,
): OutputModel[] {
  return [...outputs].flatMap(([name, node]) => {
    const complain = problems.about(name);
    const value = evaluate(node, scope, complain);
    if (value.kind !== 'fields') {
      if (value.kind !== 'unknown')
        complain(value.line, `expected an output, a map with Value, found ${describe(value)}`);
      return [];
    }
    const properties = new Properties(value, complain);
    properties.allowOnly(['Condition', 'Description', 'Export', 'Value']);
    const description = properties.text('Description');
    const missing = missingIn(value.entries.get('Value') ?? value)?.missing;
    if (missing) return [{ name, value: `(not emulated: ${missing.name})` }];
    const exportName = properties.section('Export')?.requiredText('Name');
    return [
      {
        name,
        value: properties.requiredText('Value'),
        ...(description !== undefined && { description }),
        ...(exportName !== undefined && { exportName }),
      },
    ];
  });
}
