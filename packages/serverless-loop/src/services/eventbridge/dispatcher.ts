import { isCircling, lineageFields, SLOWED_MS } from '../../aws/lineage.ts';
import { type Clock, pauseFor } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { Tally } from '../../tally.ts';
import type { ActiveRule } from './active-rule.ts';
import type { Archives } from './archives/archives.ts';
import type { Bus } from './bus.ts';
import type { Courier } from './courier.ts';
import type { BusEvent } from './event.ts';
import { TooManyChoicesError } from './pattern/matching.ts';

export interface DispatcherOptions {
  clock: Clock;
  report: Report;
  courier: Courier;
  archives: Pick<Archives, 'take'>;
  /** Told of every event, as targets receive it. */
  onEvent?: (event: { id: string; busName: string; text: string }) => void;
  /** Aborted to give up all that is under way by then. */
  signal(): AbortSignal;
  /** Counts what is under way. */
  tally: Tally;
  /** Counts what is under way and doesn't wait to be tried again. */
  working: Tally;
}

export interface Dispatcher {
  /** Matches an event of a bus in the event loop's next turn. */
  dispatchSoon(event: BusEvent, bus: Bus): void;
  /** Brings an event to the targets of rules. */
  deliverTo(rules: readonly ActiveRule[], event: BusEvent): Promise<void>;
}

/** Matches events with rules, and sends them to the targets of those that fit. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { clock, report, courier, archives, tally, working } = options;
  const slowed = new Set<string>();

  function dispatchSoon(event: BusEvent, bus: Bus): void {
    options.onEvent?.({ id: event.id, busName: bus.name, text: event.text });
    const end = tally.begin();
    const handedOver = working.begin();
    const signal = options.signal();
    setImmediate(() => {
      void dispatch(event, bus, signal).finally(end);
      handedOver();
    });
  }

  function fits({ name: ruleName, busName, matches }: ActiveRule, event: BusEvent): boolean {
    try {
      return matches(event.value);
    } catch (error) {
      if (!(error instanceof TooManyChoicesError)) throw error;
      report({ kind: 'rule.gaveUp', ruleName, busName, eventId: event.id, reason: error.message });
      return false;
    }
  }

  async function dispatch(event: BusEvent, bus: Bus, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (!event.replayedTo) archives.take(event, bus.arn);
    const rules = bus.activeRules.filter((rule) => mayHave(rule, event) && fits(rule, event));
    if (rules.length === 0)
      report({ kind: 'event.unmatched', busName: bus.name, eventId: event.id, reason: 'no matching rule' });
    if (rules.length > 0 && isCircling(lineageFields(event.traceHeader))) await slow(rules, signal);
    if (!signal.aborted) await deliverTo(rules, event);
  }

  /** Nothing on AWS stops rules that feed themselves: here they wait from round to round. Told once a rule. */
  async function slow(rules: readonly ActiveRule[], signal: AbortSignal): Promise<void> {
    for (const { arn, name } of rules) {
      if (slowed.has(arn)) continue;
      slowed.add(arn);
      report({ kind: 'recursion.slowed', name, sourceArn: arn, delayMs: SLOWED_MS });
    }
    await pauseFor(clock, SLOWED_MS, signal);
  }

  async function deliverTo(rules: readonly ActiveRule[], event: BusEvent): Promise<void> {
    const deliveries = rules.flatMap((rule) => {
      const { name: ruleName, busName, targets } = rule;
      report({
        kind: 'rule.matched',
        ruleName,
        busName,
        eventId: event.id,
        targetCount: targets.length,
      });
      return targets.map((target) => courier({ event, rule, target }));
    });
    await Promise.all(deliveries);
  }

  return { dispatchSoon, deliverTo };
}

/** "FilterArns: a list of ARNs for rules to replay events to" (EventBridge API reference, "ReplayDestination"). */
function mayHave({ arn }: ActiveRule, { replayedTo = [] }: BusEvent): boolean {
  return replayedTo.length === 0 || replayedTo.includes(arn);
}
