import type { Place } from '../../aws/arn.ts';
import type { PolicyJudge } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import { type Page, pageOf } from '../../aws/page.ts';
import { operationsOf } from '../../aws/service.ts';
import type { Report } from '../../facts.ts';
import type { RuleModel } from '../../template/model.ts';
import type { Archives } from './archives/archives.ts';
import type { Replays } from './archives/replays.ts';
import type { Bus } from './bus.ts';
import type { Buses } from './buses.ts';
import type { ApiDestinations } from './http/api-destinations.ts';
import type { Connection, Connections } from './http/connections.ts';
import type { Entry } from './put-entry.ts';
import { MAX_LISTED } from './shapes.ts';

/** The context of EventBridge's operations. */
export interface EventsContext {
  place: Place;
  buses: Buses;
  archives: Archives;
  replays: Replays;
  /** Puts a rule in the place of the one of its name, or removes it, with its schedule. Throws AwsError. */
  rules: { put(rule: RuleModel): void; remove(rule: RuleModel): void };
  /** Of buses and rules, by ARN. */
  tags: Map<string, ReadonlyMap<string, string>>;
  report: Report;
  allows: PolicyJudge;
  connections: Connections;
  apiDestinations: ApiDestinations;
  /** Asks for the token of a connection that needs one. */
  authorizeSoon(connection: Connection): void;
  /** Takes an accepted entry; gives the event's id. Must not wait for a delivery. */
  publish(entry: Entry, busName: string | undefined): string;
}

export const operation = operationsOf<EventsContext>();

/** Throws AwsError when there is none. */
export function busOf(nameOrArn: string | undefined, { buses }: EventsContext): Bus {
  const bus = buses.find(nameOrArn);
  if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
  return bus;
}

/** Takes no name in place of the ARN. Throws AwsError when there is no such bus here. */
export function busByArn(arn: string, { buses }: EventsContext): Bus {
  const bus = buses.find(arn);
  if (bus?.arn === arn) return bus;
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}

/** Throws AwsError when there is none. */
export function ruleOf(name: string, busName: string | undefined, context: EventsContext): RuleModel {
  const bus = busOf(busName, context);
  const rule = bus.rule(name);
  if (!rule)
    throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus.name}.`);
  return rule;
}

/** The ARN that such a rule has or would have: `rule/<name>` on the default bus, `rule/<bus>/<name>` on any other. */
export function ruleArn(ruleName = '*', busNameOrArn: string | undefined, { buses }: EventsContext): string {
  const [prefix, busName] = buses.arnOf(busNameOrArn).split(':event-bus/');
  return `${prefix}:rule/${busName === 'default' ? '' : `${busName}/`}${ruleName}`;
}

/** One page of a sorted list. Throws AwsError for a token that is none. */
export function listed<Item>(
  list: string,
  items: readonly Item[],
  { Limit, NextToken }: { Limit?: number; NextToken?: string },
  keyOf: (item: Item) => string,
): Page<Item> {
  const refusal = () => new AwsError('ValidationException', 'Parameter NextToken is not valid.');
  return pageOf(items, { list, limit: Limit ?? MAX_LISTED, token: NextToken, keyOf, refusal });
}

/** The refusal of what goes beyond a quota. */
export function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}
