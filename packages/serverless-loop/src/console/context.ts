import type { ApiModel } from '../aws/api-model.ts';
import type { JsonObject } from '../aws/json-object.ts';
import type { QueueDepth } from '../aws/queue-depth.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { SeenMessage } from '../services/sqs/seen-message.ts';
import type { FunctionModel, Stack } from '../template/model.ts';
import { endpointsOf } from './endpoint.ts';
import type { FactAnswers, FactOnWire } from './fact-answer.ts';
import type { FactGroup } from './fact-group.ts';
import type { InvocationRow } from './invocation-rows.ts';
import type { KeptEvents } from './kept-events.ts';
import type { KeptFacts } from './kept-facts.ts';
import type { LogLine } from './log-line.ts';
import type { ReadBuckets } from './read-buckets.ts';

/** The parts of a loop that its console shows and acts on. */
export interface ConsoleContext extends LoopParts {
  /** All kept facts of some groups, in their order. */
  keptFacts(groups: readonly FactGroup[]): FactOnWire[];
  /** The newest first. */
  requests(): InvocationRow[];
  /** In their order, each with the trace of its invocation. */
  logs(): LogLine[];
  /** X-Ray's documents of a trace. */
  segmentsOf(traceId: string): JsonObject[];
  answers: FactAnswers;
}

/** A loop, to its console. */
export interface LoopParts {
  facts: KeptFacts;
  events: KeptEvents;
  /** The stack that runs, as it is now; one of nothing where there is none. */
  stack(): Stack;
  /** Those of all stacks, with the alias that callers are meant to come by. */
  functions(): readonly (FunctionModel & { alias?: string })[];
  /** Properties of a resource of the stack, as people are told them: secrets hidden. Undefined where nobody knows them. */
  propertiesOf(logicalId: string): Record<string, unknown> | undefined;
  apis(): readonly ApiAtHome[];
  schedules: { list(): readonly object[]; fire(name: string): object };
  buckets: ReadBuckets;
  eventFiles: { list(): { name: string; sizeBytes: number }[]; read(name: string): string | undefined };
  faults: Pick<FaultBook, 'list' | 'add' | 'remove'>;
  /** Epoch milliseconds. */
  startedAt: number;
  time: ShownTime;
  /** A function by its logical id or its name, with the alias that callers are meant to come by. Undefined where there is none. */
  functionOf(name: string): { name: string; alias?: string } | undefined;
  /** The rules of a bus with their patterns, none for one that has only a schedule. */
  rulesOf(busName: string): readonly { name: string; pattern: unknown; isEnabled: boolean }[];
  /** The messages of a queue, in the order in which they can be received; those in flight last. Undefined for no queue. */
  messagesOf(queueName: string): readonly SeenMessage[] | undefined;
  depths(): readonly QueueDepth[];
  /**
   * Moves messages of a queue that can be received to a queue, or each to the one that gave it up; returns their number.
   * Throws AwsError.
   */
  redrive(queueName: string, chosen: { to?: string; messageIds?: readonly string[] }): number;
  /** Takes a message that can be received out of a queue; false where it cannot, or is gone. Throws AwsError. */
  withdraw(queueName: string, messageId: string): boolean;
  /** X-Ray's documents, oldest first. */
  documents(): readonly string[];
  /** Calls an operation of AWS in the developer's name; service as in a signature. Rejects with its AwsError. */
  call(service: string, operation: string, input: JsonObject, signal: AbortSignal): Promise<JsonObject>;
  /** Empties all, and forgets the facts. */
  reset(): Promise<void>;
}

/** The time of a loop, as loop/loop-time.ts has it. */
interface ShownTime {
  state(): {
    now: string;
    aheadMs: number;
    retrySpeed: number;
    startedWithRetrySpeed: number;
    nextInMs?: number;
  };
  advance(ms: number): Promise<void>;
  setRetrySpeed(speed: number): void;
  reset(): void;
}

/** An API, with the addresses that it is called by. */
export interface ApiAtHome {
  model: ApiModel;
  url: string;
  pathUrl: string;
}

export const endpoint = endpointsOf<ConsoleContext>();
