import type { Place } from '../../aws/arn.ts';
import type { Receiver, ReceiverOf, RoleSender } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { JsonService, Need } from '../../aws/operation.ts';
import { jsonService } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import { createTally } from '../../tally.ts';
import type { BusModel, RuleModel } from '../../template/model.ts';
import { type ActiveRule, prepareRule } from './active-rule.ts';
import type { ArchiveModel } from './archives/archive-model.ts';
import { createArchives } from './archives/archives.ts';
import { replayedEvent } from './archives/replayed-event.ts';
import { createReplays } from './archives/replays.ts';
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
  archives: readonly ArchiveModel[];
  clock: Clock;
  /** The clock of the day, which schedules go by. */
  wallClock: Clock;
  report: Report;
  /** Finds the targets of rules and their dead-letter queues. */
  receiverOf: ReceiverOf;
  /** Throws AwsError unless the role's own policies let it. */
  authorizeRole(role: RoleSender, need: Need): void;
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
  };
  archives: {
    has(name: string): boolean;
    /** Throws what AWS would answer when its bus is not there. */
    add(archive: ArchiveModel): void;
    put(archive: ArchiveModel): void;
    remove(name: string): void;
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
  /** Forgets archived events and replays. */
  clear(): void;
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
  const archives = createArchives({ archives: options.archives, now: wallClock.now, report });
  const replays = createReplays({
    now: wallClock.now,
    report,
    send(kept, { name: replayName, busArn, ruleArns }) {
      const bus = buses.find(busArn);
      if (!bus) return;
      const event = replayedEvent(kept, replayName, clock.now());
      report({ kind: 'event.replayed', busName: bus.name, eventId: event.id, replayName });
      dispatchSoon({ ...event, replayedTo: ruleArns }, bus);
    },
    begin() {
      const ends = [tally.begin(), working.begin()];
      return () => {
        for (const end of ends) end();
      };
    },
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
    if (!event.replayedTo) archives.take(event, bus.arn);
    const rules = bus.activeRules.filter((rule) => mayHave(rule, event) && fits(rule, event));
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
    service: jsonService(EVENTBRIDGE, {
      place,
      buses,
      archives,
      replays,
      rules: kept,
      tags,
      report,
      publish,
    }),
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
    },
    archives: {
      has: (name) => archives.find(name) !== undefined,
      add(archive) {
        const { busArn } = archive;
        if (!buses.find(busArn))
          throw new AwsError(
            'ResourceNotFoundException',
            `Event bus ${busArn.slice(busArn.lastIndexOf('/') + 1)} does not exist.`,
          );
        archives.put(archive);
      },
      put: archives.put,
      remove: archives.remove,
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
    clear() {
      archives.clear();
      replays.clear();
    },
    stop() {
      stopping.abort();
      replays.stop();
      schedules.stop();
    },
  };
}

/** "FilterArns: a list of ARNs for rules to replay events to" (EventBridge API reference, "ReplayDestination"). */
function mayHave({ arn }: ActiveRule, { replayedTo = [] }: BusEvent): boolean {
  return replayedTo.length === 0 || replayedTo.includes(arn);
}
