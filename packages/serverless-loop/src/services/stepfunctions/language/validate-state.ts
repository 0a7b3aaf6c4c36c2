import type { JsonObject } from '../../../aws/json-object.ts';
import {
  ALTERNATIVES,
  FIELDS,
  ONE_OF,
  type QueryLanguage,
  REQUIRED,
  STATE_TYPES,
  type StateType,
} from './fields.ts';
import { type Complain, schemaProblem } from './problem.ts';
import { validateChoices } from './validate-choice.ts';
import { validateHandlers } from './validate-handlers.ts';
import * as check from './value-checks.ts';

/** Fields that hold payload templates in a state of JSONPath. */
const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign'];

/** Says what is wrong with a state, but for the machines within it and for where it leads. */
export function validateState(
  state: JsonObject,
  machineLanguage: QueryLanguage,
  location: string,
  complain: Complain,
): void {
  const tell = (message: string, place = '') => complain(schemaProblem(message, location + place));
  const type = typeOf(state);
  if (!type) {
    if (state.Type === undefined) tell('These fields are required: [Type]');
    else tell(`The field 'Type' should have one of these values: [${STATE_TYPES.join(', ')}]`, '/Type');
    return;
  }
  const language = languageOf(state, machineLanguage);
  if (machineLanguage === 'JSONata' && state.QueryLanguage === 'JSONPath')
    tell("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  const missing = (REQUIRED[type] ?? []).filter((name) => state[name] === undefined);
  if (missing.length > 0) tell(`These fields are required: [${missing.join(', ')}]`);
  for (const [name, value] of Object.entries(state)) validateField(name, value, type, language, tell);
  for (const names of ALTERNATIVES)
    if (names.filter((name) => state[name] !== undefined && state[name] !== false).length > 1)
      tell(`There should only be one of the following fields: [${names.join(', ')}]`);
  for (const names of ONE_OF[type] ?? [])
    if (names.every((name) => state[name] === undefined || (name === 'End' && state[name] === false)))
      tell(`There should be one of the following fields: [${names.join(', ')}]`);
  if (type === 'Choice' && Array.isArray(state.Choices))
    validateChoices(state.Choices, language, `${location}/Choices`, complain);
  validateHandlers(state, location, complain);
}

/** The query language of a state: the machine's where it says none (states language, "Query Language"). */
export function languageOf(holder: JsonObject, inherited: QueryLanguage = 'JSONPath'): QueryLanguage {
  const { QueryLanguage } = holder;
  if (QueryLanguage === undefined) return inherited;
  return QueryLanguage === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

export function typeOf(state: JsonObject): StateType | undefined {
  return STATE_TYPES.find((type) => type === state.Type);
}

function validateField(
  name: string,
  value: unknown,
  type: StateType,
  language: QueryLanguage,
  tell: (message: string, place?: string) => void,
): void {
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (!field || (field.of && !field.of.includes(type))) tell(`Field '${name}' is not supported`);
  else if (field.only && field.only !== language)
    tell(
      `The QueryLanguage is set to '${language}', but field '${name}' is only supported for the '${field.only}' QueryLanguage`,
    );
  else {
    const isTemplate = TEMPLATES.includes(name) && language === 'JSONPath';
    const problem = field.check(value) ?? (isTemplate ? check.template(value) : undefined);
    if (problem !== undefined) tell(problem, `/${name}`);
  }
}
