import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { type Complain, schemaProblem } from './problem.ts';
import * as check from './value-checks.ts';

type Checks = Readonly<Record<string, check.ValueCheck>>;

/** Fields of a retrier (states language, "Retrying after error"; the greatest delay is of the Step Functions guide, "Error handling"). */
const RETRIER: Checks = {
  ErrorEquals: check.list,
  Comment: check.text,
  IntervalSeconds: check.integer(1, 99_999_999),
  MaxAttempts: check.integer(0, 99_999_999),
  BackoffRate: check.number(1, Number.POSITIVE_INFINITY),
  MaxDelaySeconds: check.integer(1, 31_622_399),
  JitterStrategy: check.oneOf(['FULL', 'NONE'], 'JitterStrategy'),
};

const CATCHER: Checks = {
  ErrorEquals: check.list,
  Next: check.text,
  Comment: check.text,
  ResultPath: check.referencePathOrNull,
  Assign: check.object,
  Output: check.anything,
};

/** Says what is wrong with the retriers and catchers of a state. */
export function validateHandlers(state: JsonObject, location: string, complain: Complain): void {
  validateEach(state.Retry, RETRIER, ['ErrorEquals'], `${location}/Retry`, complain);
  validateEach(state.Catch, CATCHER, ['ErrorEquals', 'Next'], `${location}/Catch`, complain);
}

function validateEach(
  handlers: unknown,
  checks: Checks,
  required: readonly string[],
  location: string,
  complain: Complain,
): void {
  if (!Array.isArray(handlers)) return;
  for (const [at, handler] of handlers.entries()) {
    const place = `${location}[${at}]`;
    const given = isObject(handler) ? handler : {};
    const missing = required.filter((name) => given[name] === undefined);
    if (missing.length > 0)
      complain(schemaProblem(`These fields are required: [${missing.join(', ')}]`, place));
    for (const [name, value] of Object.entries(given)) {
      const problem = checks[name] ? checks[name](value) : undefined;
      if (!checks[name]) complain(schemaProblem(`Field '${name}' is not supported`, place));
      else if (problem !== undefined) complain(schemaProblem(problem, `${place}/${name}`));
    }
    validateAll(given.ErrorEquals, at === handlers.length - 1, place, complain);
  }
}

/** `States.ALL` stands alone, and in the last one (states language, "Retrying after error"). */
function validateAll(names: unknown, isLast: boolean, place: string, complain: Complain): void {
  if (!Array.isArray(names) || !names.includes('States.ALL')) return;
  if (names.length > 1) complain(schemaProblem('States.ALL must appear alone', `${place}/ErrorEquals`));
  if (!isLast) complain(schemaProblem('States.ALL must be in the last one', `${place}/ErrorEquals`));
}
