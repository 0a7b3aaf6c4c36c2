import type { Place } from '../../aws/arn.ts';
import { boolean, integer, list, type Read, structure, text } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { groupNeed, type LogsContext, nameIn, operation } from './context.ts';
import { invalidParameter, invalidToken } from './errors.ts';
import { sizeOf } from './event-position.ts';
import type { LogGroup, LogStore } from './log-store.ts';
import { groupArn } from './names.ts';
import { GROUP_CLASS, GROUP_NAME, IDENTIFIER, LISTED, MAX_LISTED, NAME_PART, TIME } from './shapes.ts';

const FILTER = {
  logGroupNamePrefix: GROUP_NAME,
  logGroupNamePattern: NAME_PART,
  logGroupClass: GROUP_CLASS,
  logGroupIdentifiers: list(IDENTIFIER, { min: 1, max: 50 }),
} as const;

const GROUP = structure({
  logGroupName: GROUP_NAME,
  creationTime: TIME,
  retentionInDays: integer(),
  metricFilterCount: integer(),
  arn: text(),
  storedBytes: integer(),
  kmsKeyId: text(),
  logGroupClass: text(),
  logGroupArn: text(),
  deletionProtectionEnabled: boolean(),
});

/** By name (CloudWatch Logs reference, "DescribeLogGroups"). */
export const DESCRIBE_LOG_GROUPS = operation({
  input: { ...FILTER, ...LISTED },
  output: { logGroups: list(GROUP), nextToken: text() },
  needs: (_input, context) => groupNeed({}, context),
  handle({ limit = MAX_LISTED, nextToken, ...filter }, context) {
    const { store, place } = context;
    const groups = [...store.groups.values()].filter(filterOf(filter, context));
    const { items, ...more } = pageOf(groups, {
      list: 'groups',
      limit,
      token: nextToken,
      keyOf: ({ name }) => name,
      refusal: invalidToken,
    });
    const bytes = storedBytes(store);
    return {
      logGroups: items.map((group) =>
        // Found by a part of its name, a group is told in short.
        filter.logGroupNamePattern ? identify(group, place) : describe(group, bytes.get(group) ?? 0, place),
      ),
      ...more,
    };
  },
});

function filterOf(filter: Read<typeof FILTER>, context: LogsContext): (group: LogGroup) => boolean {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: part, logGroupIdentifiers: identifiers } = filter;
  if (prefix !== undefined && part)
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  const names = identifiers && new Set(identifiers.map((identifier) => nameIn(identifier, context)));
  return ({ name, logGroupClass }) =>
    name.startsWith(prefix ?? '') &&
    name.includes(part ?? '') &&
    logGroupClass === (filter.logGroupClass ?? logGroupClass) &&
    (names === undefined || names.has(name));
}

/** Counts the bytes still kept of each group: the oldest events of all groups go first. */
function storedBytes(store: LogStore): Map<LogGroup, number> {
  const groups = new Map<number, LogGroup>();
  for (const group of store.groups.values()) {
    for (const { id } of group.streams.values()) groups.set(id, group);
  }
  const bytes = new Map<LogGroup, number>();
  for (const event of store.events()) {
    const group = groups.get(event.streamId);
    if (group) bytes.set(group, (bytes.get(group) ?? 0) + sizeOf(event));
  }
  return bytes;
}

function identify({ name, creationTime, logGroupClass, metricFilters }: LogGroup, place: Place) {
  return {
    logGroupName: name,
    creationTime,
    metricFilterCount: metricFilters.size,
    arn: `${groupArn(place, name)}:*`,
    logGroupClass,
    logGroupArn: groupArn(place, name),
  };
}

function describe(group: LogGroup, bytes: number, place: Place) {
  return {
    ...identify(group, place),
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
    storedBytes: bytes,
    ...(group.kmsKeyId !== undefined && { kmsKeyId: group.kmsKeyId }),
    deletionProtectionEnabled: group.deletionProtectionEnabled,
  };
}
