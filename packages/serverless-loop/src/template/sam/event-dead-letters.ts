import type { Resource } from '../resource.ts';
import { getAtt } from '../yaml/call.ts';
import { describe, entryOf, type Fields, type Node, textOf } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';

/** The queue for what an event could not bring to its target. */
export interface EventDeadLetters {
  arn?: Node;
  /** The queue that SAM makes, when the event doesn't name one. */
  made?: { queueId: string; line: number; queue: Resource };
}

/** `DeadLetterConfig` of an event, by the logical id that the event becomes. */
export function eventDeadLetters(
  { resource, complain }: Expanding,
  { name, given }: { name: string; given: Fields },
  logicalId: string,
): EventDeadLetters {
  const config = given.entries.get('DeadLetterConfig');
  if (!config || config.kind === 'unknown') return {};
  const arn = entryOf(config, 'Arn');
  const type = entryOf(config, 'Type');
  if (arn && !type) return { arn };
  if (arn || textOf(type) !== 'SQS') {
    const found = arn ? 'both' : describe(type ?? config);
    complain(
      config.line,
      `Events.${name}.DeadLetterConfig, expected either Arn or "Type: SQS", found ${found}`,
    );
    return {};
  }
  const { line } = config;
  const queueId = textOf(entryOf(config, 'QueueLogicalId')) ?? `${logicalId}Queue`;
  return {
    arn: getAtt(line, queueId, 'Arn'),
    made: { queueId, line, queue: made(resource, queueId, 'AWS::SQS::Queue', {}, { line }) },
  };
}
