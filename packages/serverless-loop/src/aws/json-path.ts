import { isObject } from './json-object.ts';

/** Finds a value in an event; undefined when the path leads nowhere. */
export type PathReader = (event: unknown) => unknown;

type Step = { name: string } | { index: number } | 'all';

/** One step: `.name`, `['name']`, `[0]`, `[*]` or `.*`. Names may hold dashes, underscores and slashes. */
const STEP_PATTERN = /\.\*|\[\*\]|\[(?<index>\d+)\]|\.(?<name>[^.[\]]+)|\['(?<quoted>[^']+)'\]/y;

/**
 * Prepares a path of the JSONPath subset that EventBridge supports (guide, "Input transformation": dot notation, array
 * indices and wildcards); a wildcard gives the list of all that it finds.
 * @returns undefined when the text is no such path
 */
export function compilePath(text: string): PathReader | undefined {
  const steps = parseSteps(text);
  if (!steps) return undefined;
  const findsMany = steps.includes('all');
  return (event) => {
    const found = steps.reduce<unknown[]>(
      (values, step) => values.flatMap((value) => follow(value, step)),
      [event],
    );
    return findsMany && found.length > 0 ? found : found[0];
  };
}

function parseSteps(text: string): Step[] | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  let at = 1;
  while (at < text.length) {
    STEP_PATTERN.lastIndex = at;
    const match = STEP_PATTERN.exec(text);
    if (!match) return undefined;
    const { index, name, quoted } = match.groups ?? {};
    const key = name ?? quoted;
    steps.push(index !== undefined ? { index: Number(index) } : key !== undefined ? { name: key } : 'all');
    at = STEP_PATTERN.lastIndex;
  }
  return steps;
}

function follow(value: unknown, step: Step): unknown[] {
  if (step === 'all') return isObject(value) || Array.isArray(value) ? Object.values(value) : [];
  if ('index' in step) return Array.isArray(value) && step.index < value.length ? [value[step.index]] : [];
  return isObject(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : [];
}
