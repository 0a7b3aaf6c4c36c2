import { didYouMean } from '../nearest.ts';
import type { Complain } from '../problems.ts';
import type { Resource } from '../resource.ts';
import type { ResourceScope } from '../resource-scope.ts';
import { evaluate } from '../values/intrinsics.ts';
import { describe, entryOf, type Fields, type Node, textOf } from '../yaml/node.ts';

/** The values that a template is given for its parameters. */
export interface GivenParameters {
  texts: Record<string, string>;
  /** Of those that can't be known here. */
  unknown: ReadonlyMap<string, Node>;
}

/**
 * The values that a template gives the one it nests (template reference, "AWS::CloudFormation::Stack", Parameters). Complains
 * about what CloudFormation refuses: a name that the nested template doesn't declare, one without a value, a value that is no text.
 */
export function nestedParameters(
  resource: Resource,
  declared: Fields,
  { scope, complain }: { scope: ResourceScope; complain: Complain },
): GivenParameters {
  const node = resource.properties.entries.get('Parameters');
  const values = node && evaluate(node, scope, complain);
  if (values && values.kind !== 'fields' && values.kind !== 'unknown')
    complain(values.line, `Parameters, expected a map, found ${describe(values)}`);
  const given = values?.kind === 'fields' ? values.entries : new Map<string, Node>();
  const texts: Record<string, string> = {};
  const unknown = new Map<string, Node>();
  for (const [name, value] of given) {
    const text = textOf(value);
    if (!declared.entries.has(name))
      complain(
        value.line,
        `Parameters.${name}: the nested template has no such parameter${didYouMean(name, declared.entries.keys())}`,
      );
    else if (text !== undefined) texts[name] = text;
    else if (value.kind === 'unknown') unknown.set(name, value);
    else complain(value.line, `Parameters.${name}, expected text, found ${describe(value)}`);
  }
  // A map that can't be known may give any of them.
  const missing = [...declared.entries].flatMap(([name, declaration]) =>
    given.has(name) || values?.kind === 'unknown' || entryOf(declaration, 'Default') ? [] : [name],
  );
  if (missing.length > 0)
    complain(
      resource.line,
      `Parameters: [${missing.join(', ')}] must have values, which the nested template has no default for`,
    );
  return { texts, unknown };
}
