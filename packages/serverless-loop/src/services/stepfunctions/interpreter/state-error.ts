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

/** The error as catchers place it, and as a failed execution tells it; without members that it lacks. */
export function errorOutput({ error, causeText }: StateError): { Error?: string; Cause?: string } {
  return {
    ...(error !== undefined && { Error: error }),
    ...(causeText !== undefined && { Cause: causeText }),
  };
}

/** The same as details of history events, whose members begin in lower case. */
export function errorDetails({ error, causeText }: StateError): { error?: string; cause?: string } {
  return { ...(error !== undefined && { error }), ...(causeText !== undefined && { cause: causeText }) };
}
