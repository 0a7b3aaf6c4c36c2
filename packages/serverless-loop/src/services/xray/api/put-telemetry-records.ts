import { list, required, structure, timestamp } from '../../../aws/members.ts';
import { onAll, operation } from '../context.ts';

/** X-Ray daemons tell of themselves. AWS doesn't show it to anybody either. */
export const PUT_TELEMETRY_RECORDS = operation({
  route: 'POST /TelemetryRecords',
  input: { TelemetryRecords: required(list(structure({ Timestamp: required(timestamp()) }))) },
  output: {},
  needs: onAll,
  handle: () => ({}),
});
