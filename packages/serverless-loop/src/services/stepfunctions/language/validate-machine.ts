import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { validateForExpress } from './express-limits.ts';
import type { QueryLanguage } from './fields.ts';
import { type Complain, type Problem, schemaProblem } from './problem.ts';
import { validateTransitions } from './transitions.ts';
import { languageOf, validateState } from './validate-state.ts';
import * as check from './value-checks.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

type Checks = Readonly<Record<string, check.ValueCheck>>;

/** Fields of a machine (states language, "Top-level fields"). */
const TOP_FIELDS: Checks = {
  Comment: check.text,
  StartAt: check.text,
  States: check.object,
  Version: check.oneOf(['1.0'], 'Version'),
  TimeoutSeconds: check.integer(1, 99_999_999),
  QueryLanguage: check.oneOf(['JSONPath', 'JSONata'], 'QueryLanguage'),
};

const BRANCH_FIELDS: Checks = { Comment: check.text, StartAt: check.text, States: check.object };

const PROCESSOR_FIELDS: Checks = { ...BRANCH_FIELDS, ProcessorConfig: check.object };

/** All that is wrong with a definition, in the words and with the places of ValidateStateMachineDefinition. */
export function validateDefinition(text: string, type: MachineType = 'STANDARD'): Problem[] {
  const parsed = parsedText(text);
  if ('problem' in parsed) return [parsed.problem];
  const { value } = parsed;
  if (!isObject(value))
    return [{ code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' }];
  const problems: Problem[] = [];
  const machine = {
    type,
    language: languageOf(value),
    complain: (problem: Problem) => problems.push(problem),
  };
  validateStates(value, '', TOP_FIELDS, machine);
  return problems;
}

function parsedText(text: string): { value: unknown } | { problem: Problem } {
  try {
    return { value: text.trim() === '' ? undefined : JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { problem: { code: 'INVALID_JSON_DESCRIPTION', message } };
  }
}

interface Machine {
  type: MachineType;
  /** Of the whole machine; the machines within take it from there. */
  language: QueryLanguage;
  complain: Complain;
}

function validateStates(holder: JsonObject, location: string, fields: Checks, machine: Machine): void {
  const { complain } = machine;
  const tell = (message: string, place = '') =>
    complain(schemaProblem(message, `${location}${place}` || '/'));
  const missing = ['States', 'StartAt'].filter((name) => holder[name] === undefined);
  if (missing.length > 0) tell(`These fields are required: [${missing.join(', ')}]`);
  for (const [name, value] of Object.entries(holder)) {
    const problem = fields[name] ? fields[name](value) : undefined;
    if (!fields[name]) tell(`Field '${name}' is not supported`);
    else if (problem !== undefined) tell(problem, `/${name}`);
  }
  const { StartAt, States } = holder;
  if (!isObject(States)) return;
  if (Object.keys(States).length === 0) {
    tell('Value cannot be empty', '/States');
    return;
  }
  const states = Object.fromEntries(Object.entries(States).filter(isNamedObject));
  for (const [name, state] of Object.entries(states)) {
    const place = `${location}/States/${name}`;
    if (name.length > 80) tell('State name is longer than 80 characters', `/States/${name}`);
    validateState(state, machine.language, place, complain);
    if (machine.type === 'EXPRESS') validateForExpress(state, place, complain);
    validateInner(state, place, machine);
  }
  for (const name of Object.keys(States).filter((name) => !Object.hasOwn(states, name)))
    tell('Expected value of type Object', `/States/${name}`);
  if (typeof StartAt === 'string') validateTransitions(StartAt, states, location, complain);
}

/** The machines within a state: branches, and what each item is given to. */
function validateInner(state: JsonObject, location: string, machine: Machine): void {
  const { Type, Branches } = state;
  if (Type === 'Parallel' && Array.isArray(Branches))
    for (const [at, branch] of Branches.entries())
      validateStates(isObject(branch) ? branch : {}, `${location}/Branches[${at}]`, BRANCH_FIELDS, machine);
  if (Type === 'Map')
    for (const name of ['ItemProcessor', 'Iterator']) {
      const processor = state[name];
      if (isObject(processor)) validateStates(processor, `${location}/${name}`, PROCESSOR_FIELDS, machine);
    }
}

function isNamedObject(entry: [string, unknown]): entry is [string, JsonObject] {
  return isObject(entry[1]);
}
