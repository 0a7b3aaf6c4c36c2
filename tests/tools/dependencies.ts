import type { Resource } from './translated-template.ts';

type Resources = Record<string, Resource>;

/**
 * Logical ids that depend on each other in a circle, which CloudFormation refuses; undefined when there are none.
 * Both sides of a condition count, and all attributes: an alias waits for what its UpdatePolicy names.
 */
export function cycleIn(resources: Resources): string[] | undefined {
  const finished = new Set<string>();
  const walk = (id: string, path: string[]): string[] | undefined => {
    if (path.includes(id)) return path.slice(path.indexOf(id));
    if (finished.has(id)) return undefined;
    for (const next of dependenciesOf(id, resources)) {
      const cycle = walk(next, [...path, id]);
      if (cycle) return cycle;
    }
    finished.add(id);
    return undefined;
  };
  for (const id of Object.keys(resources)) {
    const cycle = walk(id, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Logical ids that a resource names in Ref, Fn::GetAtt, Fn::Sub or DependsOn. */
export function dependenciesOf(id: string, resources: Resources): string[] {
  const { DependsOn = [], ...body } = resources[id] ?? {};
  const named = new Set([...[DependsOn].flat(), ...namesIn(body)]);
  return [...named].filter((name) => name in resources);
}

/** The names that Ref, Fn::GetAtt and Fn::Sub have in a value, wherever in it: parameters and pseudo parameters too. */
export function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String([inner].flat()[0]).split('.')[0] ?? ''];
    if (key === 'Fn::Sub') return namesInSub(inner);
    return namesIn(inner);
  });
}

/** `${!Name}` is text; a name of the second argument is a variable. */
function namesInSub(argument: unknown): string[] {
  const [text, variables = {}] = [argument].flat();
  const names = [...String(text).matchAll(/\$\{([A-Za-z0-9:]+)[^}]*\}/g)].map(([, name = '']) => name);
  return [...names.filter((name) => !(name in Object(variables))), ...namesIn(variables)];
}
