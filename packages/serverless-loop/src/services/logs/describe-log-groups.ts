import type { Place } from '../../aws/arn.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { invalidParameter } from './errors.ts';
import { sizeOf } from './event-position.ts';
import { pageOf } from './list-page.ts';
import type { LogGroup, LogStore } from './log-store.ts';
import { type LogsContext, nameIn } from './lookup.ts';
import { groupArn } from './names.ts';
import { GROUP_NAME, IDENTIFIER, optionalChoice, optionalText, optionalTexts } from './request.ts';

export const GROUP_CLASSES = ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY', 'ESSENTIALS'] as const;

/** DescribeLogGroups: by name (CloudWatch Logs reference, "DescribeLogGroups"). */
export function describeLogGroups(input: JsonObject, { store, place }: LogsContext): JsonObject {
  const isAsked = filterIn(input, place);
  const groups = [...store.groups.values()]
    .filter(isAsked)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const { items, nextToken } = pageOf(input, groups, {
    kind: 'groups',
    keyOf: ({ name }) => name,
    isAfter: ({ name }, key) => name > key,
  });
  const bytes = storedBytes(store);
  return {
    logGroups: items.map((group) =>
      // Found by a part of its name, a group is told in short.
      input.logGroupNamePattern ? identify(group, place) : describe(group, bytes.get(group) ?? 0, place),
    ),
    ...(nextToken !== undefined && { nextToken }),
  };
}

function filterIn(input: JsonObject, place: Place): (group: LogGroup) => boolean {
  const prefix = optionalText(input, 'logGroupNamePrefix', GROUP_NAME);
  const part = optionalText(input, 'logGroupNamePattern', { shortest: 0, ...GROUP_NAME });
  const groupClass = optionalChoice(input, 'logGroupClass', GROUP_CLASSES);
  const identifiers = optionalTexts(input, 'logGroupIdentifiers', IDENTIFIER);
  if (prefix !== undefined && part) {
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  const names = identifiers && new Set(identifiers.map((identifier) => nameIn(identifier, place)));
  return ({ name, logGroupClass }) =>
    name.startsWith(prefix ?? '') &&
    name.includes(part ?? '') &&
    (groupClass === undefined || logGroupClass === groupClass) &&
    (names === undefined || names.has(name));
}

/** What is still kept of each group: the oldest events of all groups go first. */
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

function identify({ name, creationTime, logGroupClass }: LogGroup, place: Place): JsonObject {
  return {
    logGroupName: name,
    creationTime,
    metricFilterCount: 0,
    arn: `${groupArn(place, name)}:*`,
    logGroupClass,
    logGroupArn: groupArn(place, name),
  };
}

function describe(group: LogGroup, bytes: number, place: Place): JsonObject {
  return {
    ...identify(group, place),
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
    storedBytes: bytes,
    ...(group.kmsKeyId !== undefined && { kmsKeyId: group.kmsKeyId }),
    deletionProtectionEnabled: group.deletionProtectionEnabled,
  };
}
