/** The failure of a state by its error name, which retriers and catchers ask for (states language, "Errors"). */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly error: string | undefined;
  readonly causeText: string | undefined;
  /** Other names that it answers to: a heartbeat that is missing is a time-out as well. */
  readonly aliases: readonly string[];

  constructor(error: string | undefined, causeText?: string, aliases: readonly string[] = []) {
    super(`${error ?? 'no error name'}: ${causeText ?? 'no cause'}`);
    this.error = error;
    this.causeText = causeText;
    this.aliases = aliases;
  }
}

/** Errors that `States.ALL` doesn't stand for (Step Functions guide, "Handling errors in Step Functions workflows"). */
const TERMINAL = ['States.DataLimitExceeded', 'States.Runtime'];

/** True when a retrier or catcher with these names takes the error. */
export function isTaken({ error, aliases }: StateError, names: readonly string[]): boolean {
  const own = [...aliases, ...(error === undefined ? [] : [error])];
  if (names.some((name) => own.includes(name))) return true;
  if (own.some((name) => TERMINAL.includes(name))) return false;
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
