import type { InvocationFact } from '../../../facts/invocations.ts';
import type { Fact } from '../../../facts.ts';
import { type FactLineOptions, type FactLines, hidesIds, milliseconds } from '../fact-words.ts';
import { nameOf } from '../logged-error.ts';
import { TIED } from '../wrap.ts';

export const INVOCATION_LINES: FactLines<InvocationFact> = {
  'invocation.started'(fact, { wait, name, andId }) {
    const which = fact.attempt > 1 ? `attempt ${fact.attempt} starts` : 'starts';
    const start = fact.coldStart ? wait(' cold') : '';
    return `${name(fact.functionName)} ${which}${start}${andId(fact.requestId)}`;
  },
  'invocation.ended'(fact, { good, bad, name, options }) {
    const init = fact.initMs === undefined ? '' : ` + ${milliseconds(fact.initMs)} init`;
    const took = `${milliseconds(fact.durationMs)}${init}`;
    if (fact.outcome === 'ok') return `${name(fact.functionName)} ${good('succeeded')} in ${took}`;
    const what = fact.outcome === 'timeout' ? 'timed out' : 'failed';
    return `${name(fact.functionName)} ${bad(what)} after ${took}: ${whyItEnded(fact, options)}`;
  },
  'invocation.throttled': (fact, { wait, name }) =>
    `${name(fact.functionName)} ${wait('throttled')}: no environment is free within its concurrency`,
  'invocation.accepted': (fact, { name, andId }) =>
    `${name(fact.functionName)} accepted an event${andId(fact.requestId)}`,
  'invocation.retry': (fact, { wait, name, delay, options }) =>
    `${name(fact.functionName)} ${wait(`attempt ${fact.nextAttempt} in ${delay(fact.delayMs)}`)}${reasonOf(fact, options)}`,
  'destination.sent': (fact, { wait, name }) =>
    `${name(fact.functionName)} ${wait(fact.condition)} -> record sent to ${name(fact.destinationArn)}`,
  'destination.failed': (fact, { bad, name, short }) =>
    `${name(fact.functionName)} ${fact.condition} -> ${bad('record lost')}: ${short(fact.destinationArn)}: ${fact.reason}`,
  'invocation.dropped'(fact, { bad, name, andId }) {
    if (fact.hasDestination) return undefined;
    return `${name(fact.functionName)} ${bad('gave the event up')}: ${fact.condition}${andId(fact.requestId)}`;
  },
  'recursion.stopped': (fact, { bad, name }) =>
    `${name(fact.functionName)} ${bad('not invoked')}: the event came round to it 16 times, by what it sends itself; "RecursiveLoop: Allow" lets it`,
  'recursion.slowed': (fact, { wait, name, delay }) =>
    `${name(fact.sourceArn)} ${wait('slowed')}: what ${name(fact.name)} gets came of itself, ${timesOf(fact.rounds)} round; AWS would go on, here each round waits ${delay(fact.delayMs)}`,
};

function timesOf(rounds = 16): string {
  return rounds === 1 ? 'once' : `${rounds} times`;
}

/** The error that was thrown, unless its rows stand above, where the function or its runtime logged it; and its trace. */
function whyItEnded(
  { requestId, errorType = 'Error', errorMessage = '', traceId }: Extract<Fact, { kind: 'invocation.ended' }>,
  options: FactLineOptions,
): string {
  const { paint, verbose, told } = options;
  const error = nameOf({ type: errorType, message: errorMessage });
  const why = !verbose && told.has(requestId, error) ? errorType : error;
  told.isNew(requestId, error);
  if (traceId === undefined || hidesIds(options)) return why;
  if (!told.isNew(requestId, traceId) && !verbose) return why;
  return `${why}${paint('dim', ` (trace${TIED}${traceId})`)}`;
}

/** The reason for another attempt, unless the line above says it. */
function reasonOf(
  { requestId, reason }: Extract<Fact, { kind: 'invocation.retry' }>,
  { verbose, told }: FactLineOptions,
): string {
  return !verbose && told.has(requestId, reason) ? '' : `: ${reason}`;
}
