import type { NotificationModel } from '../../../template/model.ts';
import { includesType } from './event-types.ts';

/** Two configurations of a bucket that would both tell of one event, and S3's words about them. */
export interface Overlap {
  message: string;
  /** The event types that they share. */
  types: [string, string];
}

/**
 * Finds two that S3 refuses together: they share a type of event, and a key may fit both filters. Their targets don't count (S3 User
 * Guide, "Configuring event notifications using object key name filtering"). The words are those that callers met (aws/aws-cli#2387,
 * minio/minio#2472).
 */
export function overlapIn(targets: readonly NotificationModel[]): Overlap | undefined {
  for (const [at, one] of targets.entries())
    for (const other of targets.slice(at + 1)) {
      const types = sharedTypes(one, other);
      if (!types || !shareKeys(one, other)) continue;
      const message = [one, other].some(isFiltered)
        ? 'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.'
        : 'Configurations overlap. Configurations on the same bucket cannot share a common event type.';
      return { message, types };
    }
  return undefined;
}

function sharedTypes(one: NotificationModel, other: NotificationModel): [string, string] | undefined {
  for (const type of one.events)
    for (const its of other.events)
      if (includesType(type, its) || includesType(its, type)) return [type, its];
  return undefined;
}

function shareKeys(one: NotificationModel, other: NotificationModel): boolean {
  const { prefix = '', suffix = '' } = one;
  const { prefix: otherPrefix = '', suffix: otherSuffix = '' } = other;
  return (
    (prefix.startsWith(otherPrefix) || otherPrefix.startsWith(prefix)) &&
    (suffix.endsWith(otherSuffix) || otherSuffix.endsWith(suffix))
  );
}

function isFiltered({ prefix, suffix }: NotificationModel): boolean {
  return prefix !== undefined || suffix !== undefined;
}
