import type { Place } from '../../aws/arn.ts';
import type { Fact } from '../../facts.ts';
import type { EventOrigin, LogStore, LogStream } from './log-store.ts';
import { groupArn } from './names.ts';

type LogFact = Extract<Fact, { kind: 'log' }>;

export interface FunctionLogsOptions {
  store: LogStore;
  place: Place;
  /** Tells whether a function's role lets Lambda do this for it; says so to the developer when it doesn't. */
  mayWrite(functionName: string, action: string, resource: string): boolean;
  /** The trace header of a running invocation. */
  traceOf(requestId: string): string | undefined;
}

/** An event has at most this many bytes (CloudWatch Logs guide, "CloudWatch Logs quotas"). */
export const MAX_EVENT_BYTES = 1_048_576;

/** An environment that may not write says so once; it is remembered until so many more have come. */
const MAX_REFUSED = 1_000;

/**
 * Keeps what functions log, as Lambda does in the name of their roles: a role without the rights leaves no logs (Lambda
 * guide, "Sending Lambda function logs to CloudWatch Logs").
 */
export function functionLogs({
  store,
  place,
  mayWrite,
  traceOf,
}: FunctionLogsOptions): (fact: LogFact) => void {
  const refused = new Set<string>();

  function streamOf({ functionName, logGroup, logStream }: LogFact): LogStream | undefined {
    const group = store.groups.get(logGroup);
    const found = group?.streams.get(logStream);
    if (found || refused.has(logStream)) return found;
    const arn = `${groupArn(place, logGroup)}:log-stream:`;
    const may =
      (group !== undefined || mayWrite(functionName, 'logs:CreateLogGroup', arn)) &&
      mayWrite(functionName, 'logs:CreateLogStream', arn) &&
      mayWrite(functionName, 'logs:PutLogEvents', `${arn}${logStream}`);
    if (may) return store.addStream(group ?? store.addGroup({ name: logGroup }), logStream);
    if (refused.size >= MAX_REFUSED) refused.clear();
    refused.add(logStream);
    return undefined;
  }

  return (fact) => {
    const stream = streamOf(fact);
    if (!stream) return;
    const { requestId } = fact;
    const traceHeader = requestId === undefined ? undefined : traceOf(requestId);
    const origin: EventOrigin = { isLogged: true, requestId, traceHeader };
    for (const message of messagesOf(fact.line)) store.addEvent(stream, fact.timestamp, message, origin);
  };
}

/** With the line's end, as Lambda sends it; a line that is too long becomes several events. */
function messagesOf(line: string): string[] {
  const message = `${line}\n`;
  // No UTF-16 unit is more than three bytes: only a long line has to be measured.
  if (message.length <= MAX_EVENT_BYTES / 3) return [message];
  const bytes = Buffer.from(message);
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + MAX_EVENT_BYTES, bytes.length);
    while (end < bytes.length && ((bytes[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1;
    pieces.push(bytes.toString('utf8', start, end));
    start = end;
  }
  return pieces;
}
