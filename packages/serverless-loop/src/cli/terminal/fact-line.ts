import type { Fact } from '../../facts.ts';
import { CALL_LINES } from './fact-lines/calls.ts';
import { CODE_LINES } from './fact-lines/code.ts';
import { EVENT_SOURCE_LINES } from './fact-lines/event-sources.ts';
import { EVENT_LINES } from './fact-lines/events.ts';
import { EXECUTION_LINES } from './fact-lines/executions.ts';
import { INVOCATION_LINES } from './fact-lines/invocations.ts';
import { MESSAGE_LINES } from './fact-lines/messages.ts';
import { SCHEDULE_LINES } from './fact-lines/schedules.ts';
import { STACK_LINES } from './fact-lines/stacks.ts';
import { TABLE_LINES } from './fact-lines/tables.ts';
import { TELEMETRY_LINES } from './fact-lines/telemetry.ts';
import { type FactLineOptions, type FactLines, type FactWords, factWords } from './fact-words.ts';

type FactOf = { [Each in Fact as Each['kind']]: Each };

/** As a map over the kinds, so that a kind and its fact are known to go together. */
const LINES: { [Kind in keyof FactOf]: FactLines<FactOf[Kind]>[Kind] } = {
  ...INVOCATION_LINES,
  ...EVENT_SOURCE_LINES,
  ...CODE_LINES,
  ...EVENT_LINES,
  ...SCHEDULE_LINES,
  ...EXECUTION_LINES,
  ...TABLE_LINES,
  ...MESSAGE_LINES,
  ...TELEMETRY_LINES,
  ...CALL_LINES,
  ...STACK_LINES,
};

/** One line for a person, or undefined where the fact has nothing to add to the lines around it. */
export function factLine(fact: Fact, options: FactLineOptions): string | undefined {
  return lineOf(fact.kind, fact, factWords(options));
}

function lineOf<Kind extends keyof FactOf>(kind: Kind, fact: FactOf[Kind], words: FactWords) {
  return LINES[kind](fact, words);
}
