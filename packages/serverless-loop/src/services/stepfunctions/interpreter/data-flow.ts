import type { JsonObject } from '../../../aws/json-object.ts';
import type { Step } from './step.ts';

/** The output of a state, and the variables that it sets. */
export interface PassedOn {
  output: unknown;
  assigned: JsonObject;
}

/** Takes data into a state and out of it by its query language. All reject with StateError. */
export interface DataFlow {
  /** Gives the value that the state works on. */
  take(step: Step): Promise<unknown>;
  /** Passes on a result. */
  finish(step: Step, result: unknown): Promise<PassedOn>;
  /** Passes on an error by a catcher. */
  caught(step: Step, catcher: JsonObject, error: JsonObject): Promise<PassedOn>;
  /** Passes on the input by a choice rule, or by the state when none applied. */
  chosen(step: Step, holder: JsonObject): Promise<PassedOn>;
  /** The value of a field, or of the field of the same name with `Path`; undefined for neither. */
  field(step: Step, holder: JsonObject, name: string): Promise<unknown>;
  /** A template filled with what the context object given holds. */
  fill(step: Step, template: unknown, name: string, input: unknown, context: JsonObject): Promise<unknown>;
}
