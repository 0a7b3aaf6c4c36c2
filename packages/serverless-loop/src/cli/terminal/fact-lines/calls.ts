import type { CallFact } from '../../../facts/calls.ts';
import type { Fact } from '../../../facts.ts';
import { type FactLineOptions, type FactLines, milliseconds } from '../fact-words.ts';

export const CALL_LINES: FactLines<CallFact> = {
  'request.answered': (fact, { options }) => requestLine(fact, options),
  'call.denied': (fact, { bad, short }) =>
    `${bad('AccessDenied')} ${short(fact.caller)} may not ${fact.action} on ${short(fact.resource)}: ${fact.reason}`,
  'call.unknown': (fact, { bad }) =>
    `${bad('UnknownOperation')} ${fact.service}.${fact.operation} is not emulated`,
  'fault.set': (fact, { wait }) => `${wait('Fault set')} ${fact.description}`,
  'fault.removed': (fact, { good }) => `${good('Fault removed')} ${fact.description}`,
  'fault.injected'(fact, { wait, name }) {
    const call = fact.service === undefined ? 'an invocation' : `${fact.service}.${fact.operation}`;
    const by = fact.functionName === undefined ? '' : ` of ${name(fact.functionName)}`;
    return `${wait(fact.action)} done to ${call}${by}`;
  },
};

/** The route as the template has it; the path itself may tell of people. */
function requestLine(
  { apiName, method, routeKey, status, durationMs, reason }: Extract<Fact, { kind: 'request.answered' }>,
  { paint }: FactLineOptions,
): string {
  const route = routeKey === '' || routeKey === '$default' ? `${method} ${routeKey}`.trim() : routeKey;
  const answer = paint(status < 400 ? 'green' : status < 500 ? 'yellow' : 'red', String(status));
  return `${paint('bold', apiName)} ${route} ${answer} in ${milliseconds(durationMs)}${reason === undefined ? '' : `: ${reason}`}`;
}
