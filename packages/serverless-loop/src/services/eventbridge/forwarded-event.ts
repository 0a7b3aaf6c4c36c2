import type { PolicyJudge, RoleSender, Sender } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import type { Need } from '../../aws/operation.ts';
import type { Bus } from './bus.ts';
import { refuseDenied } from './bus-access.ts';
import type { Buses } from './buses.ts';
import type { BusEvent } from './event.ts';
import { parseJson } from './json.ts';

/** Finds the bus that another one's rule sends to. Throws AwsError when there is none, or the rule's role may not. */
export function busThatLetsIn(
  busArn: string,
  sender: Sender,
  {
    buses,
    authorizeRole,
    allows,
  }: { buses: Buses; authorizeRole(role: RoleSender, need: Need): void; allows: PolicyJudge },
): Bus {
  if (!('role' in sender))
    throw new AwsError('AccessDeniedException', `A target that is an event bus needs a role: ${busArn}.`);
  authorizeRole(sender, { action: 'events:PutEvents', resource: busArn });
  const bus = buses.find(busArn);
  if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${busArn} does not exist.`);
  refuseDenied(bus, sender.role.arn, allows);
  return bus;
}

/** The same event on another bus: its id, its time and its account stay. Throws AwsError for a text that is no event. */
export function forwardedEvent(text: string, traceHeader: string | undefined, now: number): BusEvent {
  const value = parseJson(text);
  if (!isObject(value) || typeof value.id !== 'string')
    throw new AwsError('ValidationException', 'An event bus takes the events of another one as they are.');
  return { id: value.id, value, text, traceHeader, ingestedAt: now, isForwarded: true };
}

/** Returns the words by which a fact tells of an event. */
export function describedBy({ value }: BusEvent): { source: string; detailType: string } {
  return { source: String(value.source), detailType: String(value['detail-type']) };
}
