import type { FactOnWire } from './fact-answer.ts';

/** A request to a function, with all its attempts. */
export interface InvocationRow {
  functionName: string;
  requestId: string;
  qualifier?: string;
  time: string;
  seq: number;
  attempts: AttemptRow[];
  /** Lambda took it into its own queue: nobody waits for its answer. */
  isAsynchronous?: true;
  /** The resource that invoked it: a rule, an API, the queue of a batch, an execution, the role of a function; none for a developer. */
  sourceArn?: string;
  recordCount?: number;
  traceId?: string;
  state: InvocationState;
}

export type InvocationState = 'waiting' | 'running' | 'retrying' | 'ok' | 'failed' | 'given up';

export interface AttemptRow {
  attempt: number;
  startedAt?: string;
  isCold?: boolean;
  outcome?: 'ok' | 'error' | 'timeout' | 'throttled';
  durationMs?: number;
  initMs?: number;
  error?: string;
  /** Emulated milliseconds until the next one. */
  nextInMs?: number;
}

type RequestFact = Extract<FactOnWire, { functionName: string; requestId: string }>;

/** Joins facts into the requests that they are about, the newest first. */
export function invocationRows(facts: readonly FactOnWire[]): InvocationRow[] {
  const rows = new Map<string, InvocationRow>();
  for (const fact of facts) {
    if (!isRequest(fact)) continue;
    const key = `${fact.requestId} ${fact.functionName}`;
    const row = rows.get(key) ?? newRow(fact);
    rows.set(key, row);
    tell(row, fact);
  }
  return [...rows.values()].sort((one, other) => other.seq - one.seq);
}

/** An answer of an API has a request id of the API's own, and a line of a log is shown beside its request. */
function isRequest(fact: FactOnWire): fact is RequestFact {
  return /^(invocation|batch)\./.test(fact.kind) && 'requestId' in fact && fact.requestId !== undefined;
}

function newRow({ functionName, requestId, time, seq }: RequestFact): InvocationRow {
  return { functionName, requestId, time, seq, attempts: [], state: 'waiting' };
}

function tell(row: InvocationRow, fact: RequestFact): void {
  if ('qualifier' in fact && fact.qualifier !== undefined) row.qualifier = fact.qualifier;
  if ('traceId' in fact && fact.traceId !== undefined) row.traceId = fact.traceId;
  switch (fact.kind) {
    case 'invocation.accepted':
      row.isAsynchronous = true;
      if (fact.sourceArn !== undefined) row.sourceArn = fact.sourceArn;
      return;
    case 'invocation.started':
      Object.assign(attemptOf(row, fact.attempt), { startedAt: fact.time, isCold: fact.coldStart });
      row.state = 'running';
      if (fact.sourceArn !== undefined) row.sourceArn = fact.sourceArn;
      return;
    case 'invocation.ended':
      Object.assign(attemptOf(row, fact.attempt), endOf(fact));
      row.state = fact.outcome === 'ok' ? 'ok' : 'failed';
      return;
    case 'invocation.throttled':
      attemptOf(row, fact.attempt).outcome = 'throttled';
      row.state = 'failed';
      return;
    case 'invocation.retry':
      tellRetry(attemptOf(row, fact.nextAttempt - 1), fact);
      row.state = 'retrying';
      return;
    case 'invocation.dropped':
      if (fact.condition === 'RetriesExhausted') tellLastAttempt(row);
      row.state = 'given up';
      return;
    case 'batch.read':
      row.sourceArn = fact.sourceArn;
      row.recordCount = fact.recordCount;
  }
}

/** An attempt that a fault kept from the function has no facts of its own beginning and end. */
function tellRetry(
  attempt: AttemptRow,
  { delayMs, reason }: Extract<RequestFact, { kind: 'invocation.retry' }>,
): void {
  attempt.nextInMs = delayMs;
  if (attempt.outcome !== undefined) return;
  attempt.outcome = 'error';
  attempt.error = reason;
}

/** The same for the one after the last retry. */
function tellLastAttempt(row: InvocationRow): void {
  const last = row.attempts.at(-1);
  if (last && last.nextInMs === undefined) return;
  attemptOf(row, (last?.attempt ?? 0) + 1).outcome = 'error';
}

function endOf(fact: Extract<RequestFact, { kind: 'invocation.ended' }>): Partial<AttemptRow> {
  const { outcome, durationMs, initMs, errorType, errorMessage } = fact;
  const error = [errorType, errorMessage].filter((text) => text !== undefined).join(': ');
  return { outcome, durationMs, ...(initMs !== undefined && { initMs }), ...(error !== '' && { error }) };
}

function attemptOf({ attempts }: InvocationRow, attempt: number): AttemptRow {
  const known = attempts.find((each) => each.attempt === attempt);
  if (known) return known;
  const made: AttemptRow = { attempt };
  attempts.push(made);
  return made;
}
