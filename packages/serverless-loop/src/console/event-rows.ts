import type { FactOnWire } from './fact-answer.ts';

/** An event on a bus, and all that became of it. */
export interface EventRow {
  busName: string;
  eventId: string;
  /** Empty where the facts about its publishing gave way. */
  source: string;
  detailType: string;
  /** Of its first fact. */
  time: string;
  seq: number;
  rules: RuleRow[];
  /** The reason that no rule got it. */
  unmatched?: string;
  state: EventState;
}

/** In the order of how much somebody should look: what is worst of an event's deliveries is its state. */
export type EventState = 'lost' | 'in a queue' | 'retrying' | 'unmatched' | 'on its way' | 'delivered';

export interface RuleRow {
  name: string;
  targets: TargetRow[];
  /** The rule was not tried to the end. */
  gaveUp?: string;
}

export interface TargetRow {
  arn: string;
  attempts: Attempt[];
  /** The queue that has what could not be delivered. */
  queueArn?: string;
  state: Exclude<EventState, 'unmatched'>;
}

export interface Attempt {
  time: string;
  error?: string;
  /** Emulated milliseconds until the next one. */
  nextInMs?: number;
}

type EventFact = Extract<FactOnWire, { eventId: string; busName: string }>;

/** Joins facts into the events that they are about, the newest first. Facts of others are left out. */
export function eventRows(facts: readonly FactOnWire[]): EventRow[] {
  const rows = new Map<string, EventRow>();
  for (const fact of facts) {
    if (!('eventId' in fact)) continue;
    const row = rowOf(rows, fact);
    tell(row, fact);
  }
  const all = [...rows.values()];
  for (const row of all) row.state = stateOf(row);
  return all.sort((one, other) => other.seq - one.seq);
}

function rowOf(rows: Map<string, EventRow>, { busName, eventId, time, seq }: EventFact): EventRow {
  // An event that is passed on has the same id on the other bus.
  const key = `${eventId} ${busName}`;
  const known = rows.get(key);
  if (known) return known;
  const row: EventRow = {
    busName,
    eventId,
    source: '',
    detailType: '',
    time,
    seq,
    rules: [],
    state: 'on its way',
  };
  rows.set(key, row);
  return row;
}

function tell(row: EventRow, fact: EventFact): void {
  switch (fact.kind) {
    case 'event.published':
      row.source = fact.source;
      row.detailType = fact.detailType;
      return;
    // It has the row of the event that was archived.
    case 'event.replayed':
      return;
    case 'event.unmatched':
      row.unmatched = fact.reason;
      return;
    case 'rule.matched':
      ruleOf(row, fact.ruleName);
      return;
    case 'rule.gaveUp':
      ruleOf(row, fact.ruleName).gaveUp = fact.reason;
      return;
    default:
      tellTarget(targetOf(ruleOf(row, fact.ruleName), fact.targetArn), fact);
  }
}

function tellTarget(target: TargetRow, fact: Extract<EventFact, { targetArn: string }>): void {
  const { time } = fact;
  switch (fact.kind) {
    case 'delivery.succeeded':
      target.attempts.push({ time });
      target.state = 'delivered';
      return;
    case 'delivery.retry':
      target.attempts.push({ time, error: errorOf(fact), nextInMs: fact.delayMs });
      target.state = 'retrying';
      return;
    case 'delivery.deadLettered':
      target.attempts.push({ time, error: errorOf(fact) });
      target.queueArn = fact.queueArn;
      target.state = 'in a queue';
      return;
    case 'delivery.lost':
      target.attempts.push({ time, error: errorOf(fact) });
      target.state = 'lost';
  }
}

function ruleOf(row: EventRow, name: string): RuleRow {
  const known = row.rules.find((rule) => rule.name === name);
  if (known) return known;
  const rule = { name, targets: [] };
  row.rules.push(rule);
  return rule;
}

function targetOf(rule: RuleRow, arn: string): TargetRow {
  const known = rule.targets.find((target) => target.arn === arn);
  if (known) return known;
  const target: TargetRow = { arn, attempts: [], state: 'on its way' };
  rule.targets.push(target);
  return target;
}

const WORST_FIRST: readonly EventState[] = ['lost', 'in a queue', 'retrying', 'on its way', 'delivered'];

function stateOf({ rules, unmatched }: EventRow): EventState {
  if (unmatched !== undefined) return 'unmatched';
  const states = rules.flatMap(({ targets }) => targets.map(({ state }) => state));
  return WORST_FIRST.find((state) => states.some((each) => each === state)) ?? 'on its way';
}

function errorOf({ errorCode, errorMessage }: { errorCode: string; errorMessage: string }): string {
  return `${errorCode}: ${errorMessage}`;
}
