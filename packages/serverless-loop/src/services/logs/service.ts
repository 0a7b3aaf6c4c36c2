import type { Place } from '../../aws/arn.ts';
import type { JsonObject, JsonOperation, JsonService } from '../../aws/operation.ts';
import { changes } from './change-log-groups.ts';
import { describeLogGroups } from './describe-log-groups.ts';
import { describeLogStreams } from './describe-log-streams.ts';
import { filterLogEvents } from './filter-log-events.ts';
import { getLogEvents } from './get-log-events.ts';
import type { LogStore } from './log-store.ts';
import { type LogsContext, needOn } from './lookup.ts';
import { putLogEvents } from './put-log-events.ts';
import { needOnResource, tagging } from './tags.ts';

type Handle = (
  input: JsonObject,
  context: LogsContext,
) => JsonObject | undefined | Promise<JsonObject | undefined>;

/** CloudWatch Logs' API (CloudWatch Logs reference, "Actions"). */
export function logsService(store: LogStore, place: Place): JsonService {
  const context: LogsContext = { store, place };

  function operations(
    handles: Record<string, Handle>,
    needs: typeof needOnResource,
  ): [string, JsonOperation][] {
    return Object.entries(handles).map(([name, handle]) => [
      name,
      { handle: (input) => handle(input, context), needs: needs(name) },
    ]);
  }

  return {
    title: 'CloudWatch Logs',
    targetPrefix: 'Logs_20140328',
    signingName: 'logs',
    jsonVersion: '1.1',
    operations: Object.fromEntries([
      ...operations(
        {
          FilterLogEvents: filterLogEvents,
          GetLogEvents: getLogEvents,
          DescribeLogGroups: describeLogGroups,
          DescribeLogStreams: describeLogStreams,
          PutLogEvents: putLogEvents,
          ...changes,
        },
        (action) => needOn(action, place),
      ),
      ...operations(tagging, needOnResource),
    ]),
  };
}
