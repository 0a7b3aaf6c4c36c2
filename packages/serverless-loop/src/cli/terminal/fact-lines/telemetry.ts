import type { TelemetryFact } from '../../../facts/telemetry.ts';
import type { FactLines } from '../fact-words.ts';
import { logLine } from '../log-line.ts';

export const TELEMETRY_LINES: FactLines<TelemetryFact> = {
  log: (fact, { id, options }) => logLine(fact, { ...options, id }),
  'logs.full': (fact, { wait }) =>
    wait(`CloudWatch Logs hold ${Math.round(fact.maxBytes / 1024 / 1024)} MB: the oldest lines go`),
  'alarm.changed'(fact, { good, bad, wait, name, quiet }) {
    // Every alarm's first minute without trouble.
    if (fact.oldState === 'INSUFFICIENT_DATA' && fact.newState === 'OK') return undefined;
    const state = { OK: good('OK'), ALARM: bad('ALARM'), INSUFFICIENT_DATA: wait('INSUFFICIENT_DATA') };
    return `${name(fact.alarmName)} ${fact.oldState} -> ${state[fact.newState]} ${quiet(fact.reason)}`;
  },
  'alarms.held': (fact, { name }) =>
    `alarms hold still while ${name(fact.functionName)} stands at a breakpoint, and a minute after`,
  'alarm.actionFailed': (fact, { bad, name }) =>
    `${name(fact.alarmName)} ${bad('could not act')} on ${name(fact.actionArn)}: ${fact.reason}`,
  'metrics.dropped': (fact, { wait }) =>
    wait(`The oldest metrics are dropped from now on: there are more than ${fact.limit}`),
  'traces.dropped': (fact, { wait }) =>
    wait(`The oldest traces are dropped from now on: there are more than ${fact.limit}`),
  'spans.notSent': (fact, { bad }) =>
    `${bad('Spans are not sent')} to ${fact.url}: ${fact.reason}. This is told once`,
};
