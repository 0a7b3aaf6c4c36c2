import { type Found, find, type PathRoots } from '../paths/find.ts';
import type { Expression } from './call.ts';
import { FUNCTIONS } from './functions.ts';
import { type Chance, IntrinsicError } from './signature.ts';

/** Calls an intrinsic function with what its paths find. Throws IntrinsicError. */
export function evaluateCall(expression: Expression, roots: PathRoots, chance: Chance): unknown {
  if (expression.kind === 'constant') return expression.value;
  if (expression.kind === 'path') return foundValue(find(expression.path, roots), expression.path.text);
  const given = expression.given.map((argument) => evaluateCall(argument, roots, chance));
  const known = FUNCTIONS.get(expression.name);
  if (!known) throw new IntrinsicError(`There is no intrinsic function ${expression.name}`);
  return known.call(given, chance);
}

function foundValue(found: Found, text: string): unknown {
  if (found.found) return found.value;
  throw new IntrinsicError(`The JSONPath '${text}' could not be found in the input`);
}
