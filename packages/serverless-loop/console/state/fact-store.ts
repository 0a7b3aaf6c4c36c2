import type { FactAnswer, FactOnWire } from '../../src/console/fact-answer.ts';
import { FACT_GROUPS, type FactGroup, groupOf } from '../../src/console/fact-group.ts';

/** The facts that the page has: the newest of each group, in their order. */
export interface FactStore {
  /** Goes up with each change: a view that has drawn this one has nothing to do. */
  readonly version: number;
  /** The place behind the last fact, to go on from. */
  readonly next: string | undefined;
  readonly groups: Readonly<Record<FactGroup, KeptGroup>>;
  /** The loop was started again since the page was opened. */
  readonly isAnotherRun: boolean;
}

export interface KeptGroup {
  readonly facts: readonly FactOnWire[];
  /** Facts that gave way to newer ones since the page was opened: a list that says so is honest about its end. */
  readonly gone: number;
  /** The number of the last fact that the page never got, since the loop had let it go by then. */
  readonly missedUpTo: number;
}

/** As many as the loop itself keeps. */
const MAX_PER_GROUP = 10_000;

export function emptyStore(): FactStore {
  return { version: 0, next: undefined, groups: emptyGroups(), isAnotherRun: false };
}

/** Takes an answer of the API: whatever its order and however often it comes, each fact is there once, in its place. */
export function withAnswer(store: FactStore, answer: FactAnswer, most = MAX_PER_GROUP): FactStore {
  // Of a loop that has ended nothing goes on: its numbers mean other facts now.
  const before = answer.isAnotherRun ? emptyGroups() : store.groups;
  const byGroup = Map.groupBy(answer.facts, ({ kind }) => groupOf(kind));
  const missed = answer.missed ?? {};
  if (byGroup.size === 0 && Object.keys(missed).length === 0 && !answer.isAnotherRun)
    return store.next === answer.next ? store : { ...store, next: answer.next };
  const groups = mapGroups((group) => {
    const kept = before[group];
    const missedUpTo = Math.max(kept.missedUpTo, missed[group] ?? 0);
    const added = byGroup.get(group) ?? [];
    if (added.length === 0) return missedUpTo === kept.missedUpTo ? kept : { ...kept, missedUpTo };
    const facts = merged(kept.facts, added);
    const over = Math.max(0, facts.length - most);
    return { facts: over > 0 ? facts.slice(over) : facts, gone: kept.gone + over, missedUpTo };
  });
  return {
    version: store.version + 1,
    next: answer.next,
    groups,
    isAnotherRun: store.isAnotherRun || answer.isAnotherRun === true,
  };
}

/** Answers of one run as one: to take each by itself copies all that the page has each time. */
export function joined(answers: readonly FactAnswer[]): FactAnswer[] {
  const runs: FactAnswer[] = [];
  for (const answer of answers) {
    const before = answer.isAnotherRun ? undefined : runs.pop();
    runs.push(before ? { ...before, ...answer, ...both(before, answer) } : answer);
  }
  return runs;
}

function both(one: FactAnswer, other: FactAnswer): Pick<FactAnswer, 'facts' | 'missed' | 'isAnotherRun'> {
  const missed = FACT_GROUPS.flatMap((group) => {
    const upTo = Math.max(one.missed?.[group] ?? 0, other.missed?.[group] ?? 0);
    return upTo > 0 ? [[group, upTo]] : [];
  });
  return {
    facts: one.facts.concat(other.facts),
    ...(missed.length > 0 && { missed: Object.fromEntries(missed) }),
    ...(one.isAnotherRun && { isAnotherRun: true }),
  };
}

/** Mostly the new ones are all newer than the last. */
function merged(kept: readonly FactOnWire[], added: readonly FactOnWire[]): readonly FactOnWire[] {
  const last = kept.at(-1)?.seq ?? 0;
  if (added.every(({ seq }, at) => seq > (added[at - 1]?.seq ?? last))) return [...kept, ...added];
  const bySeq = new Map([...kept, ...added].map((fact) => [fact.seq, fact]));
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

function emptyGroups(): Record<FactGroup, KeptGroup> {
  return mapGroups(() => ({ facts: [], gone: 0, missedUpTo: 0 }));
}

function mapGroups(made: (group: FactGroup) => KeptGroup): Record<FactGroup, KeptGroup> {
  return {
    events: made('events'),
    invocations: made('invocations'),
    executions: made('executions'),
    logs: made('logs'),
    tables: made('tables'),
    queues: made('queues'),
    topics: made('topics'),
    objects: made('objects'),
    requests: made('requests'),
    telemetry: made('telemetry'),
    system: made('system'),
  };
}
