import { type Place, parseArn } from '../../aws/arn.ts';
import { operationsOf } from '../../aws/service.ts';
import { invalidParameter, noSuchGroup, noSuchStream } from './errors.ts';
import type { LogGroup, LogStore, LogStream } from './log-store.ts';
import type { MetricFilter } from './metric-filters/metric-filter.ts';
import { groupArn } from './names.ts';
import type { SubscriptionFilter } from './subscriptions/subscription-filter.ts';

/** CloudWatch Logs' operations work on it. */
export interface LogsContext {
  store: LogStore;
  place: Place;
  /** Makes a metric filter, or gives it other settings. Rejects with the AwsError that AWS would give. */
  putMetricFilter(filter: MetricFilter): Promise<void>;
  /** Makes a subscription filter, or gives it other settings. Rejects with the AwsError that AWS would give. */
  subscribe(filter: SubscriptionFilter): Promise<void>;
}

export const operation = operationsOf<LogsContext>();

/** A group by its name, or by its name or ARN. */
interface GroupReference {
  logGroupName?: string;
  logGroupIdentifier?: string;
}

/** The group that `logGroupName` or `logGroupIdentifier` names. Throws AwsError when there is none, or both are given. */
export function groupOf(
  { logGroupName, logGroupIdentifier }: GroupReference,
  context: LogsContext,
): LogGroup {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined)
    throw invalidParameter('LogGroup name and LogGroup identifier are mutually exclusive parameters.');
  const name = logGroupName ?? (logGroupIdentifier && nameIn(logGroupIdentifier, context));
  if (name === undefined)
    throw invalidParameter('Either logGroupName or logGroupIdentifier must be specified.');
  return groupNamed(name, context);
}

/** Throws AwsError when there is none. */
export function groupNamed(name: string, { store }: LogsContext): LogGroup {
  const group = store.groups.get(name);
  if (!group) throw noSuchGroup();
  return group;
}

/** Throws AwsError when there is none. */
export function streamNamed(name: string, { streams }: LogGroup): LogStream {
  const stream = streams.get(name);
  if (!stream) throw noSuchStream();
  return stream;
}

/** The name in a group's ARN, which doesn't end with `:*` here, of this account and Region; '' when it is another's. */
export function nameIn(identifier: string, { place }: LogsContext): string {
  const arn = parseArn(identifier);
  if (!arn) return identifier;
  const [, name] = /^log-group:([^:]+)$/.exec(arn.resource) ?? [];
  const isHere = arn.service === 'logs' && arn.region === place.region && arn.accountId === place.accountId;
  return isHere && name !== undefined ? name : '';
}

/** A group as rights name it: with `:log-stream:` and nothing behind it. */
export function groupNeed(
  { logGroupName, logGroupIdentifier = '' }: GroupReference,
  context: LogsContext,
): string[] {
  const name = logGroupName ?? nameIn(logGroupIdentifier, context);
  return [`${groupArn(context.place, name)}:log-stream:`];
}

/** A stream as rights name it. */
export function streamNeed(
  { logStreamName = '', ...group }: GroupReference & { logStreamName?: string },
  context: LogsContext,
): string[] {
  return groupNeed(group, context).map((resource) => `${resource}${logStreamName}`);
}
