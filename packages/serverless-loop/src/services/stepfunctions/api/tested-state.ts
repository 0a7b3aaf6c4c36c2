import { AwsError } from '../../../aws/errors.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import { invalid } from '../errors.ts';
import { type Machine, parseMachine, type State } from '../language/machine.ts';
import { refusalOf } from '../language/problem.ts';
import { validateDefinition } from '../language/validate-machine.ts';

/** The name of a state whose definition has none around it (LocalStack's records of AWS, v2/test_state). */
const UNNAMED = 'StateName';

/** The state that a test names: the definition's own, or one of the machine that it is. Throws AwsError. */
export function testedState(definition: string, stateName: string | undefined): State {
  const given = parsedJson(definition);
  const isMachine = isObject(given) && given.States !== undefined;
  const text =
    stateName === undefined && !isMachine && isObject(given)
      ? JSON.stringify({ StartAt: UNNAMED, States: { [UNNAMED]: given } })
      : definition;
  // The state may lead to others, which a test doesn't need.
  const problems = validateDefinition(text).filter(({ code }) => isMachine || !/^MISSING_/.test(code));
  if (problems.length > 0) throw new AwsError('InvalidDefinition', refusalOf(problems));
  const state = findState(parseMachine(text), stateName ?? (isMachine ? undefined : UNNAMED));
  if (!state) throw invalid('State not found in definition');
  return state;
}

/** Of the machine itself, or of one within it. */
function findState({ states }: Machine, name: string | undefined): State | undefined {
  if (name === undefined) return undefined;
  const own = states.get(name);
  if (own) return own;
  for (const { branches, processor } of states.values())
    for (const inner of [...branches, ...(processor ? [processor.machine] : [])]) {
      const found = findState(inner, name);
      if (found) return found;
    }
  return undefined;
}

/** The JSON of a member. Throws the AwsError of a text that is none. */
export function parsedMember(text: string, refusal: string): unknown {
  const NONE = Symbol('no JSON');
  const value = parsedJson(text, NONE);
  if (value === NONE) throw invalid(refusal);
  return value;
}

/** The same of a member that holds an object. */
export function objectMember(text: string, name: string): JsonObject {
  const value = parsedMember(text, `${name} must be valid JSON`);
  if (isObject(value)) return value;
  throw invalid(`${name} must be a JSON object`);
}
