import { type Place, parseArn } from '../../aws/arn.ts';
import type { JsonObject, Need } from '../../aws/operation.ts';
import { invalidParameter, noSuchGroup, noSuchStream } from './errors.ts';
import type { LogGroup, LogStore, LogStream } from './log-store.ts';
import { groupArn } from './names.ts';
import { GROUP_NAME, IDENTIFIER, optionalText, requiredText, STREAM_NAME } from './request.ts';

/** What the operations stand on. */
export interface LogsContext {
  store: LogStore;
  place: Place;
}

/** The group that `logGroupName` or `logGroupIdentifier` names. Throws AwsError when there is none, or both are given. */
export function groupOf(input: JsonObject, { store, place }: LogsContext): LogGroup {
  const name = optionalText(input, 'logGroupName', GROUP_NAME);
  const identifier = optionalText(input, 'logGroupIdentifier', IDENTIFIER);
  if (name !== undefined && identifier !== undefined) {
    throw invalidParameter('LogGroup name and LogGroup identifier are mutually exclusive parameters.');
  }
  const wanted = name ?? (identifier === undefined ? undefined : nameIn(identifier, place));
  if (wanted === undefined) {
    throw invalidParameter('Either logGroupName or logGroupIdentifier must be specified.');
  }
  return found(store.groups.get(wanted));
}

/** The group that an operation without identifiers names. */
export function namedGroup(input: JsonObject, { store }: LogsContext): LogGroup {
  return found(store.groups.get(requiredText(input, 'logGroupName', GROUP_NAME)));
}

export function streamOf(input: JsonObject, group: LogGroup): LogStream {
  const stream = group.streams.get(requiredText(input, 'logStreamName', STREAM_NAME));
  if (!stream) throw noSuchStream();
  return stream;
}

/** The name in a group's ARN, which doesn't end with `:*` here, of this account and Region; '' when it is another's. */
export function nameIn(identifier: string, place: Place): string {
  const arn = parseArn(identifier);
  if (!arn) return identifier;
  const [, name] = /^log-group:([^:]+)$/.exec(arn.resource) ?? [];
  const isHere = arn.service === 'logs' && arn.region === place.region && arn.accountId === place.accountId;
  return isHere && name !== undefined ? name : '';
}

/**
 * The right to do an action on the group, or the stream, that a request names. CloudWatch Logs asks for both with
 * `:log-stream:`, with nothing behind it for a group.
 */
export function needOn(action: string, place: Place): (input: JsonObject) => Need[] {
  return ({ logGroupName, logGroupIdentifier, logStreamName }) => {
    const identifier = logGroupName ?? logGroupIdentifier;
    const group = typeof identifier === 'string' ? nameIn(identifier, place) : '';
    const stream = typeof logStreamName === 'string' && action !== 'CreateLogStream' ? logStreamName : '';
    return [{ action: `logs:${action}`, resource: `${groupArn(place, group)}:log-stream:${stream}` }];
  };
}

function found(group: LogGroup | undefined): LogGroup {
  if (!group) throw noSuchGroup();
  return group;
}
