import type { ReceiverOf } from '../../../aws/delivery.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import type { QueuePort } from '../../../aws/queue-port.ts';
import type { StreamPorts } from '../../../aws/stream-port.ts';
import type { Clock } from '../../../clock.ts';
import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { Invoke } from '../environments/invocation.ts';

/** Gets batches: a function, or what stands in a function's place. */
export interface BatchConsumer extends Pick<FunctionModel, 'name' | 'arn' | 'tracing' | 'recursiveLoop'> {
  role: { arn: string };
}

export interface EventSourceOptions {
  region: string;
  clock: Clock;
  /** The day, by which records of streams are dated and windows end. */
  wallClock: Clock;
  report: Report;
  /** 0 to 1, for the jitter of backoff. */
  random?: () => number;
  /** The function of that name or ARN as it is now; undefined, too, without the version or alias. */
  find(nameOrArn: string): BatchConsumer | undefined;
  invoke: Invoke;
  /** Tells whether a function's role allows an action; a refusal is a fact that IAM tells. */
  may(functionName: string, action: string, resource: string): boolean;
  /** Makes a filter's pattern ready to match. Throws for what is no pattern. */
  compilePattern(pattern: string): (record: JsonObject) => boolean;
  queues: QueuePort;
  streams: StreamPorts;
  /** Finds what takes word of discarded records. */
  receiverOf: ReceiverOf;
  /** The first member of word of discarded records, where that is not a function's. */
  discardContext?(condition: string): JsonObject;
}

/** The parts of the options that tell whom batches are for. */
export type SourceConsumer = Pick<EventSourceOptions, 'find' | 'invoke' | 'may' | 'discardContext'>;

/** The end of the last batch, in the words of a mapping's LastProcessingResult. */
export type ProcessingResult = 'No records processed' | 'OK' | 'PROBLEM: Function call failed';

/** A mapping that reads from its source. */
export interface RunningSource {
  /** Forgets records that wait to become a batch. */
  drop(): void;
  /** Reads no more; batches under way end, and then it resolves. */
  stop(): Promise<void>;
  /** The places up to which a stream is processed, by its shards. */
  places?(): ReadonlyMap<string, string>;
  lastResult?(): ProcessingResult;
}
