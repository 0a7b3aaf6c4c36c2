import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { parsedJson } from '../../aws/parsed-json.ts';

/** Names an event to a source's poller, and to whoever reports it as failed. */
interface EventIds {
  /** As targets name it: `messageId` of a queue's, `eventID` of a stream's (Pipes guide, "Batching and concurrency"). */
  told: string;
  /** As the poller knows it, which counts a stream's records by their sequence numbers. */
  polled: string;
}

/**
 * Says which of a pipe's events failed, in the words that its source's poller reads. Undefined where one can't be found among
 * the records, so that all are to be tried again.
 */
export function failedAnswer(told: readonly unknown[], records: readonly JsonObject[]): string | undefined {
  const ids = new Map(records.map(idsOf).map(({ told: id, polled }) => [id, polled]));
  const failures = told.flatMap((id) => (typeof id === 'string' ? (ids.get(id) ?? []) : []));
  if (failures.length < told.length) return undefined;
  return JSON.stringify({ batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) });
}

/** The ids that a target's answer names as failed; none where it names none. */
export function namedFailures(answer: string): unknown[] {
  const value = parsedJson(answer);
  const failures = isObject(value) ? value.batchItemFailures : undefined;
  if (!Array.isArray(failures)) return [];
  return failures.map((failure) => (isObject(failure) ? failure.itemIdentifier : undefined));
}

/** The id by which a target tells of an event, if an enrichment has left it one. */
export function toldId(event: JsonObject): string | undefined {
  const { told } = idsOf(event);
  return told === '' ? undefined : told;
}

function idsOf({ messageId, eventID, sequenceNumber, dynamodb }: JsonObject): EventIds {
  if (typeof messageId === 'string') return { told: messageId, polled: messageId };
  const number = isObject(dynamodb) ? dynamodb.SequenceNumber : sequenceNumber;
  return {
    told: typeof eventID === 'string' ? eventID : '',
    polled: typeof number === 'string' ? number : '',
  };
}
