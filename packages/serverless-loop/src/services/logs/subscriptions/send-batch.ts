import { unqualifiedArn } from '../../../aws/arn.ts';
import { inSlices } from '../../../aws/in-slices.ts';
import { hasComeRound, jointLineage, lineageHeader, SLOWED_MS, throughUnseen } from '../../../aws/lineage.ts';
import type { Report } from '../../../facts.ts';
import { compileFilterPattern, type MessageTest } from '../filter/pattern.ts';
import { type DestinationOptions, sendTo } from './destination.ts';
import { compressed } from './log-data.ts';
import type { ActiveSubscription } from './subscription-filter.ts';

/** An event as it was written. */
export interface WrittenEvent {
  id: string;
  timestamp: number;
  message: string;
  /** Of the call that wrote it. */
  traceHeader?: string;
}

/** Events of one stream of a log group, in the order in which they were written. */
export interface EventBatch {
  filter: ActiveSubscription;
  streamName: string;
  events: readonly WrittenEvent[];
}

export interface SendOptions extends DestinationOptions {
  report: Report;
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after the time, or when all is dropped, once those that came round to the same destination before are through. */
  turnOf(destinationArn: string, delayMs: number): Promise<void>;
  /** True once all is dropped. */
  isDropped(): boolean;
}

/** Sends those of the events on that match. Never rejects. */
export async function sendBatch(
  { filter, streamName, events }: EventBatch,
  options: SendOptions,
): Promise<void> {
  const { place, report, now } = options;
  const { name, logGroupName, destinationArn } = filter;
  const found = await inSlices(matching(events, compileFilterPattern(filter.pattern)));
  if (found.length === 0) return;
  const lineage = jointLineage(found.map(({ traceHeader }) => throughUnseen(traceHeader)));
  // On AWS nothing stops a function that logs for being told of its log: here it is never told of more than once in a while.
  if (hasComeRound(lineage, unqualifiedArn(destinationArn))) await options.turnOf(destinationArn, SLOWED_MS);
  if (options.isDropped()) return;
  const fact = { filterName: name, logGroup: logGroupName, logStream: streamName, destinationArn };
  try {
    const bytes = await compressed({
      messageType: 'DATA_MESSAGE',
      owner: place.accountId,
      logGroup: logGroupName,
      logStream: streamName,
      subscriptionFilters: [name],
      logEvents: found.map(({ id, timestamp, message }) => ({ id, timestamp, message })),
    });
    await sendTo(filter, { bytes, streamName, traceHeader: lineageHeader(lineage, now()) }, options);
    report({ kind: 'subscription.sent', ...fact, eventCount: found.length });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report({ kind: 'subscription.failed', ...fact, eventCount: found.length, reason });
  }
}

function* matching(
  events: readonly WrittenEvent[],
  matches: MessageTest,
): Generator<undefined, WrittenEvent[]> {
  const found: WrittenEvent[] = [];
  for (const event of events) {
    yield;
    if (yield* matches(event.message)) found.push(event);
  }
  return found;
}
