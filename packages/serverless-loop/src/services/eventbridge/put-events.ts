import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import type { JsonObject, JsonOperation } from '../../aws/operation.ts';
import type { Report } from '../../facts.ts';
import type { Buses } from './buses.ts';
import { isText } from './json.ts';
import { acceptEntry, type Entry, entryBytes, type RawEntry, readEntry } from './put-entry.ts';
import { constraint, notNull } from './request.ts';

export interface PutEventsOptions {
  buses: Buses;
  report: Report;
  /** Takes an accepted entry; gives the event's id. Must not wait for a delivery. */
  publish(entry: Entry, busName: string | undefined): string;
}

const maximumEntries = 10;
/** "The total entry size must be less than 1 MB" (guide, "Calculating PutEvents event entry size"). */
const bytesTooMany = 1_048_576;

/** PutEvents: answers entry by entry, in their order; a fault of the whole call publishes nothing. */
export function putEvents({ buses, report, publish }: PutEventsOptions): JsonOperation {
  return {
    needs: (input) =>
      [...new Set(busNames(input))].map((name) => ({
        action: 'events:PutEvents',
        resource: buses.arnOf(name),
      })),

    handle(input, call) {
      const entries = readEntries(input);
      const answers = entries.map((raw) => answer(raw, call.traceHeader));
      return {
        FailedEntryCount: answers.filter((entry) => 'ErrorCode' in entry).length,
        Entries: answers,
      };
    },
  };

  function answer(raw: RawEntry, callTraceHeader: string | undefined): JsonObject {
    const entry = acceptEntry(raw, callTraceHeader);
    if (!('errorCode' in entry)) return { EventId: publish(entry, raw.eventBusName) };
    report({
      kind: 'event.refused',
      busName: raw.eventBusName ?? 'default',
      source: raw.source ?? '',
      detailType: raw.detailType ?? '',
      ...entry,
    });
    return { ErrorCode: entry.errorCode, ErrorMessage: entry.errorMessage };
  }
}

function readEntries(input: JsonObject): RawEntry[] {
  const { Entries: members } = input;
  if (!Array.isArray(members)) throw notNull('Entries');
  if (members.length < 1) throw badLength('greater than or equal to 1');
  if (members.length > maximumEntries) throw badLength(`less than or equal to ${maximumEntries}`);
  const entries = members.map(readEntry);
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  if (bytes >= bytesTooMany)
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  return entries;
}

function badLength(rule: string): AwsError {
  return constraint("Value at 'entries'", `Member must have length ${rule}`);
}

/** Of unchecked input: whatever is no bus name is left out. */
function busNames(input: JsonObject): (string | undefined)[] {
  const entries: unknown[] = Array.isArray(input.Entries) ? input.Entries : [];
  return entries.filter(isObject).map(({ EventBusName: name }) => (isText(name) ? name : undefined));
}
