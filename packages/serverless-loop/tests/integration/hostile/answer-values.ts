import { isObject } from '../../../src/aws/json-object.ts';

/** Names in answers whose values a later call gives back. */
const NAMES =
  'NextToken|nextToken|NextMarker|Marker|NextContinuationToken|ReceiptHandle|UploadId|VersionId|ETag|Id|ShardId|ShardIterator|SequenceNumber|StreamArn|LatestStreamArn|SubscriptionArn';
const IN_JSON = new RegExp(`"(?<name>${NAMES})":"(?<value>[^"\\\\]+)"`, 'g');
const IN_XML = new RegExp(`<(?<name>${NAMES})>(?<value>[^<]+)</`, 'g');

/** The last values of answers, and inputs in which these stand for `@Name@`. */
export function answerValues() {
  const values = new Map<string, string>();

  function filled(value: unknown): unknown {
    if (typeof value === 'string')
      return value.length > 200
        ? value
        : value.replace(/@(\w+)@/g, (_all, name) => values.get(name) ?? 'none');
    if (Array.isArray(value)) return value.map(filled);
    return isObject(value) ? filledMembers(value) : value;
  }

  function filledMembers(members: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, filled(member)]));
  }

  return {
    filled: filledMembers,
    note(text: string) {
      for (const { groups } of [...text.matchAll(IN_JSON), ...text.matchAll(IN_XML)])
        values.set(groups?.name ?? '', (groups?.value ?? '').replaceAll('&quot;', '"'));
    },
  };
}
