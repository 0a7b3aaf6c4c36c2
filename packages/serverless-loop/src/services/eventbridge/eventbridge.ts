import type { Place } from '../../aws/arn.ts';
import type { Receiver, ReceiverOf, RoleSender } from '../../aws/delivery.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { JsonService, Need } from '../../aws/operation.ts';
import { jsonService } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import { createTally } from '../../tally.ts';
import type { BusModel, RuleModel } from '../../template/model.ts';
import { type ActiveRule, prepareRule } from './active-rule.ts';
import type { Bus } from './bus.ts';
import { createBuses } from './buses.ts';
import { createCourier } from './courier.ts';
import { type BusEvent, createEvent } from './event.ts';
import { busThatLetsIn, describedBy, forwardedEvent } from './forwarded-event.ts';
import { TooManyChoicesError } from './pattern/matching.ts';
import type { Entry } from './put-entry.ts';
import { ruleSchedules } from './rule-schedules.ts';
import { EVENTBRIDGE } from './service.ts';

export { validateRules } from './validate-rules.ts';

export interface EventBridgeOptions {
  place: Place;
  buses: BusModel[];
  rules: RuleModel[];
  clock: Clock;
  /** The clock of the day, which schedules go by. */
  wallClock: Clock;
  report: Report;
  /** Finds the targets of rules and their dead-letter queues. */
  receiverOf: ReceiverOf;
  /** Throws AwsError unless the role's own policies let it. */
  authorizeRole(role: RoleSender, need: Need): void;
  /** Told of every event that a bus takes, as targets receive it. */
  onEvent?: (event: { id: string; busName: string; text: string }) => void;
  /** For jitter, from 0 up to 1. */
  random?: () => number;
}

/** Takes the events of other buses. */
export interface EventBridge extends Receiver {
  service: JsonService;
  /** Puts an event of an AWS service on the default bus (EventBridge guide, "Events from AWS services"). */
  putServiceEvent(event: ServiceEvent): void;
  /** For stacks that come, change and go while the loop runs. Each throws what AWS would answer. */
  buses: {
    has(name: string): boolean;
    add(bus: BusModel): void;
    change(bus: BusModel): void;
    remove(bus: BusModel): void;
  };
  rules: {
    has(rule: RuleModel): boolean;
    /** Makes a rule, or puts it in the place of the one of its name. */
    put(rule: RuleModel): void;
    remove(rule: RuleModel): void;
    /** Those of a bus, sorted by name; none of a bus that there isn't. */
    list(busName: string): readonly RuleModel[];
  };
  /** The rules with a schedule. */
  schedules: {
    list(): RuleModel[];
    /** Meets a rule now, whatever its time is and though it be disabled. */
    fire(ruleName: string): void;
  };
  /** Resolves when no delivery is under way or waiting. */
  idle(): Promise<void>;
  /** Resolves when no delivery is under way but those that wait to be tried again. */
  settled(): Promise<void>;
  /** Gives up what is under way and what waits, and takes events as before. */
  drop(): void;
  /** Gives up retries that wait and events not yet sent; what a target has already been handed is its own. */
  stop(): void;
}

/** An event by which an AWS service tells of itself. */
export interface ServiceEvent {
  /** E.g. `aws.s3`. */
  source: string;
  detailType: string;
  /** The ARNs of what it is about. */
  resources: string[];
  detail: JsonObject;
  traceHeader?: string;
}

/**
 * Starts the classic EventBridge bus: PutEvents, matching, delivery with retries and dead letters, and the operations
 * that describe them.
 * @throws AwsError for a rule that `validateRules` complains about
 */
export function startEventBridge(options: EventBridgeOptions): EventBridge {
  const { place, clock, wallClock, report, receiverOf, random = Math.random } = options;
  const buses = createBuses({ place, buses: options.buses, rules: options.rules, now: clock.now });
  let stopping = new AbortController();
  const tally = createTally();
  const working = createTally();
  const courier = createCourier({
    clock,
    report,
    receiverOf,
    random,
    signal: () => stopping.signal,
    working,
  });

  /** The caller's answer goes out first: the event is matched in the event loop's next turn. */
  function publish(entry: Entry, nameOrArn: string | undefined): string {
    const bus = buses.find(nameOrArn);
    const busName = bus?.name ?? nameOrArn ?? 'default';
    const event = createEvent(entry, place, clock.now());
    const { source, detailType } = entry;
    report({ kind: 'event.published', busName, eventId: event.id, source, detailType });
    // A bus that does not exist drops the event without a word to the caller (LocalStack's record,
    // test_events.snapshot.json, test_put_events_nonexistent_event_bus).
    if (!bus) report({ kind: 'event.unmatched', busName, eventId: event.id, reason: 'no such bus' });
    else dispatchSoon(event, bus);
    return event.id;
  }

  function dispatchSoon(event: BusEvent, bus: Bus): void {
    options.onEvent?.({ id: event.id, busName: bus.name, text: event.text });
    const end = tally.begin();
    const handedOver = working.begin();
    const { signal } = stopping;
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
    const rules = bus.activeRules.filter((rule) => fits(rule, event));
    if (rules.length === 0)
      report({ kind: 'event.unmatched', busName: bus.name, eventId: event.id, reason: 'no matching rule' });
    await deliverTo(rules, event);
  }

  /** A rule's time has come: its targets get the event of EventBridge's guide, "Creating a rule that runs on a schedule". */
  function fire(rule: ActiveRule): void {
    const entry = {
      source: 'aws.events',
      detailType: 'Scheduled Event',
      detailText: '{}',
      detail: {},
      resources: [rule.arn],
      timeMs: undefined,
      traceHeader: undefined,
    };
    void deliverTo([rule], createEvent(entry, place, wallClock.now())).finally(tally.begin());
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

  /** A schedule is possible on the default bus alone. */
  function scheduledRules(): RuleModel[] {
    const rules = buses.find(undefined)?.rules ?? [];
    return rules.filter(({ scheduleExpression }) => scheduleExpression !== undefined);
  }

  const schedules = ruleSchedules(wallClock, fire);
  for (const rule of options.rules) schedules.put(rule);

  const kept = {
    put(rule: RuleModel) {
      buses.putRule(rule);
      schedules.put(rule);
    },
    remove(rule: RuleModel) {
      buses.removeRule(rule);
      schedules.remove(rule);
      tags.delete(rule.arn);
    },
  };
  const tags = new Map<string, ReadonlyMap<string, string>>();

  return {
    service: jsonService(EVENTBRIDGE, { buses, rules: kept, tags, report, publish }),
    putServiceEvent({ traceHeader, ...event }) {
      const { detail } = event;
      publish({ ...event, detailText: JSON.stringify(detail), timeMs: undefined, traceHeader }, undefined);
    },
    receive(busArn, { body, traceHeader }, sender) {
      const bus = busThatLetsIn(busArn, sender, { buses, authorizeRole: options.authorizeRole });
      const event = forwardedEvent(body, traceHeader, clock.now());
      report({ kind: 'event.published', busName: bus.name, eventId: event.id, ...describedBy(event) });
      dispatchSoon(event, bus);
    },
    buses: {
      has: (name) => buses.find(name) !== undefined,
      add: buses.add,
      change: buses.change,
      remove: buses.remove,
    },
    rules: {
      has: ({ name, busName }) => buses.find(busName)?.rule(name) !== undefined,
      ...kept,
      list: (busName) => buses.find(busName)?.rules ?? [],
    },
    schedules: {
      list: scheduledRules,
      fire(ruleName) {
        const rule = scheduledRules().find(({ name }) => name === ruleName);
        const { scheduled } = rule ? prepareRule({ ...rule, enabled: true }) : {};
        if (scheduled) fire(scheduled);
      },
    },
    idle: tally.idle,
    settled: working.idle,
    drop() {
      stopping.abort();
      stopping = new AbortController();
    },
    stop() {
      stopping.abort();
      schedules.stop();
    },
  };
}
