import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { QueryLanguage, StateType } from './fields.ts';
import { languageOf, typeOf } from './validate-state.ts';

/** A definition that is right, as the interpreter reads it; also a branch of a Parallel state, or what a Map gives its items to. */
export interface Machine {
  startAt: string;
  states: ReadonlyMap<string, State>;
  timeoutSeconds?: number;
}

export interface State {
  name: string;
  type: StateType;
  language: QueryLanguage;
  /** Absent for one that ends its machine, and for a Choice. */
  next?: string;
  /** The state as it was written. */
  fields: JsonObject;
  retriers: readonly Retrier[];
  catchers: readonly Catcher[];
  rules: readonly Rule[];
  branches: readonly Machine[];
  processor?: Processor;
}

export interface Retrier {
  errors: readonly string[];
  intervalSeconds: number;
  maxAttempts: number;
  backoffRate: number;
  maxDelaySeconds: number;
  hasJitter: boolean;
}

export interface Catcher {
  errors: readonly string[];
  next: string;
  fields: JsonObject;
}

/** A choice rule and where it leads. */
export interface Rule {
  next: string;
  fields: JsonObject;
}

export interface Processor {
  machine: Machine;
  isDistributed: boolean;
}

/** Reads a definition that validateDefinition finds nothing wrong with. Throws SyntaxError for a text that is no JSON. */
export function parseMachine(definition: string): Machine {
  const value: unknown = JSON.parse(definition);
  const holder = isObject(value) ? value : {};
  return machineOf(holder, languageOf(holder));
}

function machineOf(holder: JsonObject, language: QueryLanguage): Machine {
  const states = Object.entries(isObject(holder.States) ? holder.States : {});
  return {
    startAt: String(holder.StartAt),
    states: new Map(
      states.map(([name, state]) => [name, stateOf(name, isObject(state) ? state : {}, language)]),
    ),
    ...(typeof holder.TimeoutSeconds === 'number' && { timeoutSeconds: holder.TimeoutSeconds }),
  };
}

function stateOf(name: string, fields: JsonObject, inherited: QueryLanguage): State {
  const processor = fields.ItemProcessor ?? fields.Iterator;
  return {
    name,
    type: typeOf(fields) ?? 'Pass',
    language: languageOf(fields, inherited),
    ...(typeof fields.Next === 'string' && { next: fields.Next }),
    fields,
    retriers: objectsOf(fields.Retry).map(retrierOf),
    catchers: objectsOf(fields.Catch).map((catcher) => ({
      ...targetOf(catcher),
      errors: textsOf(catcher.ErrorEquals),
    })),
    rules: objectsOf(fields.Choices).map(targetOf),
    branches: objectsOf(fields.Branches).map((branch) => machineOf(branch, inherited)),
    ...(isObject(processor) && { processor: processorOf(processor, inherited) }),
  };
}

function targetOf(fields: JsonObject): { next: string; fields: JsonObject } {
  return { next: String(fields.Next), fields };
}

/** A retrier with the values of fields that it leaves out (states language, "Retrying after error"). */
function retrierOf(fields: JsonObject): Retrier {
  return {
    errors: textsOf(fields.ErrorEquals),
    intervalSeconds: numberOr(fields.IntervalSeconds, 1),
    maxAttempts: numberOr(fields.MaxAttempts, 3),
    backoffRate: numberOr(fields.BackoffRate, 2),
    maxDelaySeconds: numberOr(fields.MaxDelaySeconds, Number.POSITIVE_INFINITY),
    hasJitter: fields.JitterStrategy === 'FULL',
  };
}

function processorOf(fields: JsonObject, inherited: QueryLanguage): Processor {
  const { ProcessorConfig } = fields;
  return {
    machine: machineOf(fields, inherited),
    isDistributed: isObject(ProcessorConfig) && ProcessorConfig.Mode === 'DISTRIBUTED',
  };
}

function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
