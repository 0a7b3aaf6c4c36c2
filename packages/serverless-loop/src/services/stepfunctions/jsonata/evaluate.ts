import { type EvaluateJsonata, UnsupportedResult } from '../interpreter/step.ts';
import type { Chance } from '../intrinsics/signature.ts';
import { jsonataFunctions } from './functions.ts';

/** An expression may call so deep, and work so long: one that never ends would stop the loop. */
const DEEPEST = 500;
const MAX_MS = 5_000;

/** JSONata, whose package is loaded with the first expression; nothing else knows it. */
export function jsonataEvaluator(chance: Chance): EvaluateJsonata {
  const functions = jsonataFunctions(chance);
  return async (text, bindings) => {
    const { default: jsonata } = await import('jsonata');
    const expression = jsonata(text, { timeout: MAX_MS, stack: DEEPEST });
    for (const [name, call] of Object.entries(functions)) expression.assign(name, call);
    const value: unknown = await expression.evaluate(undefined, bindings);
    return plain(value);
  };
}

/** JSON, without what the package adds to its lists. Throws UnsupportedResult for a function, which has none. */
function plain(value: unknown): unknown {
  if (typeof value === 'function' || isLambda(value))
    throw new UnsupportedResult('An expression gave a function.');
  const text = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}

/** As the package marks functions that are written in an expression, and its own. */
function isLambda(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ('_jsonata_lambda' in value || '_jsonata_function' in value)
  );
}
