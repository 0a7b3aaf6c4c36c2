import type { HistoryEvent } from './execution-steps.ts';

/** An event of an execution's history in words. */
export function historyWords({ type, details = {} }: HistoryEvent): string {
  const [, kind, end] = /^(\w+?)State(Entered|Exited|Started|Succeeded|Failed|Aborted)$/.exec(type) ?? [];
  if (kind !== undefined && end !== undefined) return stateWords(kind, end, details);
  const [, of, what] = /^(Task|LambdaFunction|Activity)(.+)$/.exec(type) ?? [];
  if (of !== undefined && what !== undefined) return taskWords(what, details);
  const [, iteration] = /^MapIteration(.+)$/.exec(type) ?? [];
  if (iteration !== undefined)
    return `item ${Number(details.index) + 1} of the Map ${iteration.toLowerCase()}`;
  const [, ended] = /^Execution(.+)$/.exec(type) ?? [];
  return withFailure(
    ended === undefined ? spaced(type) : `the execution ${ENDS[ended] ?? spaced(ended)}`,
    details,
  );
}

type Details = NonNullable<HistoryEvent['details']>;

const ENDS: Readonly<Record<string, string>> = {
  Started: 'begins',
  Succeeded: 'succeeded',
  Failed: 'failed',
  TimedOut: 'timed out',
  Aborted: 'was stopped',
  Redriven: 'is redriven',
};

function stateWords(kind: string, end: string, details: Details): string {
  switch (end) {
    case 'Entered':
      return `enters ${String(details.name)} (${kind})`;
    case 'Exited':
      return `leaves ${String(details.name)}`;
    case 'Started':
      return `the ${kind} begins${details.length === undefined ? '' : ` with ${String(details.length)} items`}`;
    default:
      return `the ${kind} ${end.toLowerCase()}`;
  }
}

const TASK_WORDS: Readonly<Record<string, string>> = {
  Scheduled: 'calls',
  Started: 'the call begins',
  Submitted: 'the call is accepted, its answer is waited for',
  Succeeded: 'the call succeeded',
  Failed: 'the call failed',
  TimedOut: 'the call took too long',
  ScheduleFailed: 'the call could not be made',
  StartFailed: 'the call could not begin',
  SubmitFailed: 'the call was not accepted',
};

function taskWords(what: string, details: Details): string {
  const words = TASK_WORDS[what] ?? spaced(what);
  if (what !== 'Scheduled') return withFailure(words, details);
  const called = [details.resourceType, details.resource].filter((part) => typeof part === 'string');
  return `${words} ${called.join(':')}`;
}

function withFailure(words: string, { error, cause }: Details): string {
  const failure = [error, cause].filter((part) => typeof part === 'string' && part !== '');
  return failure.length === 0 ? words : `${words}: ${failure.join(': ')}`;
}

/** `MapRunStarted` as `map run started`. */
function spaced(type: string): string {
  return type.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
}
