import { isObject } from '../../../aws/json-object.ts';
import { isCall, parseCall } from '../intrinsics/call.ts';
import { evaluateCall } from '../intrinsics/evaluate.ts';
import { IntrinsicError } from '../intrinsics/signature.ts';
import { find, type PathRoots } from '../paths/find.ts';
import { type Path, parsePath } from '../paths/path.ts';
import { type Step, stateError } from './step.ts';

/** The value at a path. Throws StateError in the words in which AWS tells of a path that misses. */
export function lookUp(step: Step, text: string, roots: PathRoots): unknown {
  const path = parsePath(text);
  const found = find(path, roots);
  if (found.found) return found.value;
  throw stateError(step, `Invalid path '${text}' : ${missingOf(path, roots)}`);
}

/** The value of a path or a call in a member of a payload template. Throws StateError. */
export function evaluate(step: Step, text: string, name: string, roots: PathRoots): unknown {
  if (isCall(text)) return call(step, text, roots);
  const found = find(parsePath(text), roots);
  if (found.found) return found.value;
  const input = JSON.stringify(roots.input);
  throw stateError(
    step,
    `The JSONPath '${text}' specified for the field '${name}' could not be found in the input '${input}'`,
  );
}

/** Fills a payload template: each member whose name ends in `.$` by what its path or call gives. Throws StateError. */
export function fillTemplate(step: Step, template: unknown, roots: PathRoots): unknown {
  if (Array.isArray(template)) return template.map((item) => fillTemplate(step, item, roots));
  if (!isObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$') && typeof value === 'string'
        ? [name.slice(0, -2), evaluate(step, value, name, roots)]
        : [name, fillTemplate(step, value, roots)],
    ),
  );
}

function call(step: Step, text: string, roots: PathRoots): unknown {
  try {
    return evaluateCall(parseCall(text), roots, step.tools.chance);
  } catch (error) {
    if (!(error instanceof IntrinsicError)) throw error;
    throw stateError(step, error.message, 'States.IntrinsicFailure');
  }
}

/**
 * Tells where a path ends: on its way, or just before its last step (LocalStack's records "test_catch_states_runtime" and
 * "test_invalid_jsonpath" of AWS, tests/aws/services/stepfunctions/v2/scenarios/test_base_scenarios.snapshot.json).
 */
function missingOf({ root, steps }: Path, roots: PathRoots): string {
  const reached = steps.findIndex((_step, at) => {
    const part = { text: '', root, steps: steps.slice(0, at + 1), isDefinite: true };
    return !find(part, roots).found;
  });
  const shown = steps
    .slice(0, reached + 1)
    .map((step) =>
      step.kind === 'names' ? `['${step.names[0]}']` : step.kind === 'indices' ? `[${step.indices[0]}]` : '',
    );
  const words = reached === steps.length - 1 ? 'No results for path' : 'Missing property in path';
  const colon = words.startsWith('No') ? ':' : '';
  return `${words}${colon} $${shown.join('')}`;
}
