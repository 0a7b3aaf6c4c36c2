import { AwsError } from '../../aws/errors.ts';
import { jsonService } from '../../aws/service.ts';
import { createTally } from '../../tally.ts';
import type { RuleModel } from '../../template/model.ts';
import { type ActiveRule, prepareRule } from './active-rule.ts';
import { createArchives } from './archives/archives.ts';
import { replayedEvent } from './archives/replayed-event.ts';
import { createReplays } from './archives/replays.ts';
import { withStatement } from './bus-policy.ts';
import { createBuses } from './buses.ts';
import { createCourier } from './courier.ts';
import { createDispatcher } from './dispatcher.ts';
import { createEvent } from './event.ts';
import type { BusStatement, EventBridge, EventBridgeOptions } from './eventbridge-options.ts';
import { busThatLetsIn, describedBy, forwardedEvent } from './forwarded-event.ts';
import { isApiDestination, startHttp } from './http/http.ts';
import type { Entry } from './put-entry.ts';
import { ruleSchedules } from './rule-schedules.ts';
import { EVENTBRIDGE } from './service.ts';

export type { EventBridge } from './eventbridge-options.ts';
export { validateRules } from './validate-rules.ts';

/**
 * Starts the classic EventBridge bus: PutEvents, matching, delivery with retries and dead letters, and the operations
 * that describe them.
 * @throws AwsError for a rule that `validateRules` complains about
 */
export function startEventBridge(options: EventBridgeOptions): EventBridge {
  const { place, clock, wallClock, report, receiverOf, allows, random = Math.random } = options;
  const buses = createBuses({ place, buses: options.buses, rules: options.rules, now: clock.now });
  let stopping = new AbortController();
  const tally = createTally();
  const working = createTally();
  const signal = () => stopping.signal;
  const courier = createCourier({ clock, report, receiverOf, random, signal, working });
  const archives = createArchives({ archives: options.archives, now: wallClock.now, report });
  const { dispatchSoon, deliverTo } = createDispatcher({
    ...options,
    courier,
    archives,
    signal,
    tally,
    working,
  });
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

  const http = startHttp({ ...options, signal });

  function putStatement({ busName, statement }: BusStatement): void {
    buses.setPolicy(busName, withStatement(buses.find(busName)?.policy ?? [], statement));
  }

  /** The template's report tells of those for a bus that isn't there. */
  for (const policy of options.policies) if (buses.find(policy.busName)) putStatement(policy);

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
      connections: http.connections,
      apiDestinations: http.apiDestinations,
      authorizeSoon: http.authorizeSoon,
      tags,
      report,
      allows,
      publish,
    }),
    putServiceEvent({ traceHeader, ...event }) {
      const { detail } = event;
      publish({ ...event, detailText: JSON.stringify(detail), timeMs: undefined, traceHeader }, undefined);
    },
    async receive(busArn, message, sender) {
      if (isApiDestination(busArn)) {
        await http.call(busArn, message, sender);
        return;
      }
      const { body, traceHeader } = message;
      const bus = busThatLetsIn(busArn, sender, { ...options, buses });
      const event = forwardedEvent(body, traceHeader, clock.now());
      report({ kind: 'event.published', busName: bus.name, eventId: event.id, ...describedBy(event) });
      dispatchSoon(event, bus);
    },
    buses: {
      has: (name) => buses.find(name) !== undefined,
      add: buses.add,
      change: buses.change,
      remove: buses.remove,
      putStatement,
      removeStatement({ busName, statement: { Sid: id } }) {
        const bus = buses.find(busName);
        if (bus)
          buses.setPolicy(
            busName,
            bus.policy.filter(({ Sid }) => Sid !== id),
          );
      },
    },
    rules: {
      has: ({ name, busName }) => buses.find(busName)?.rule(name) !== undefined,
      ...kept,
      list: (busName) => buses.find(busName)?.rules ?? [],
    },
    connections: { ...http.held.connections, call: http.callByConnection },
    apiDestinations: { ...http.held.apiDestinations, call: http.call },
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
