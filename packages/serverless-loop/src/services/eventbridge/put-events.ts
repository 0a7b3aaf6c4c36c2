import { AwsError } from '../../aws/errors.ts';
import { integer, list, required, text } from '../../aws/members.ts';
import { refuseDenied } from './bus-access.ts';
import { type EventsContext, operation } from './context.ts';
import { acceptEntry, entryBytes, type GivenEntry } from './put-entry.ts';
import { ENTRIES, ENTRY_RESULT } from './shapes.ts';

/** "The total entry size must be less than 1 MB" (guide, "Calculating PutEvents event entry size"). */
const BYTES_TOO_MANY = 1_048_576;

/** Answers entry by entry, in their order; a fault of the whole call publishes nothing. */
export const PUT_EVENTS = operation({
  input: {
    Entries: required(ENTRIES),
    EndpointId: text({ min: 1, max: 50, pattern: String.raw`[A-Za-z0-9\-]+[\.][A-Za-z0-9\-]+` }),
  },
  output: { FailedEntryCount: integer(), Entries: list(ENTRY_RESULT) },
  needs: ({ Entries = [] }, { buses }) => {
    const names = new Set(Entries.map(({ EventBusName }) => EventBusName));
    return [...names].map((name) => buses.arnOf(name));
  },
  handle({ Entries, EndpointId }, context, { traceHeader, caller }) {
    // A bus in its place would get events that AWS, for which an endpoint is one of two Regions, sends elsewhere.
    if (EndpointId !== undefined)
      throw new AwsError(
        'ValidationException',
        `The loop has no global endpoints, and so not ${EndpointId}.`,
      );
    refuseOversize(Entries);
    for (const name of new Set(Entries.map(({ EventBusName }) => EventBusName)))
      refuseDenied(context.buses.find(name), caller.roleArn, context.allows);
    const answers = Entries.map((given) => publish(given, traceHeader, context));
    return {
      FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length,
      Entries: answers,
    };
  },
});

function refuseOversize(entries: readonly GivenEntry[]): void {
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  if (bytes < BYTES_TOO_MANY) return;
  throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
}

function publish(given: GivenEntry, callTraceHeader: string | undefined, context: EventsContext) {
  const entry = acceptEntry(given, callTraceHeader);
  if (!('errorCode' in entry)) return { EventId: context.publish(entry, given.EventBusName) };
  context.report({
    kind: 'event.refused',
    busName: given.EventBusName ?? 'default',
    source: given.Source ?? '',
    detailType: given.DetailType ?? '',
    ...entry,
  });
  return { ErrorCode: entry.errorCode, ErrorMessage: entry.errorMessage };
}
