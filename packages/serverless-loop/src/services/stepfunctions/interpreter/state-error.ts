import type { State } from '../language/machine.ts';

/** The failure of a state by its error name, which retriers and catchers ask for (states language, "Errors"). */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly error: string | undefined;
  readonly causeText: string | undefined;
  /** Other names that it answers to: a heartbeat that is missing is a time-out as well. */
  readonly aliases: readonly string[];
  /** Of an expression of JSONata that gives nothing that its state can use. */
  readonly evaluation: FailedEvaluation | undefined;

  constructor(
    error: string | undefined,
    causeText?: string,
    { aliases = [], evaluation }: { aliases?: readonly string[]; evaluation?: FailedEvaluation } = {},
  ) {
    super(`${error ?? 'no error name'}: ${causeText ?? 'no cause'}`);
    this.error = error;
    this.causeText = causeText;
    this.aliases = aliases;
    this.evaluation = evaluation;
  }
}

/** The state of an expression, and the field in which it stands. */
export interface FailedEvaluation {
  state: State;
  location?: string;
}

/** The error that ends an execution, whoever asks for it (LocalStack's record "test_catch_states_runtime" of AWS, v2/scenarios/test_base_scenarios.snapshot.json). */
const NEVER_TAKEN = 'States.Runtime';

/**
 * True when a retrier or catcher with these names takes the error. `States.ALL` stands for that of a task's answer that is too
 * large as well (LocalStack's record "test_task_lambda_catch_state_all_data_limit_exceeded_on_large_utf8_response" of AWS,
 * v2/error_handling/test_states_errors.snapshot.json); the Step Functions guide says otherwise.
 */
export function isTaken({ error, aliases }: StateError, names: readonly string[]): boolean {
  if (error === NEVER_TAKEN) return false;
  const own = [...aliases, ...(error === undefined ? [] : [error])];
  if (names.some((name) => own.includes(name))) return true;
  // Any error of a task but a time-out (the same page).
  return (
    names.includes('States.ALL') || (names.includes('States.TaskFailed') && !own.includes('States.Timeout'))
  );
}

/**
 * The error as catchers place it. A time-out has an empty cause; a callback that names no error gives null for both (LocalStack's
 * records of AWS, v2/timeouts and "test_sqs_failure_in_wait_for_task_tok_no_error_field" of v2/callback/test_callback.snapshot.json).
 */
export function errorOutput({ error, causeText }: StateError): {
  Error: string | null;
  Cause: string | null;
} {
  return { Error: error ?? null, Cause: causeText ?? (error === undefined ? null : '') };
}

/** The error as details of history events, without members that it lacks. */
export function errorDetails({ error, causeText }: StateError): { error?: string; cause?: string } {
  return { ...(error !== undefined && { error }), ...(causeText !== undefined && { cause: causeText }) };
}
