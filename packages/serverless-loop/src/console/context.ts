import type { JsonObject } from '../aws/json-object.ts';
import { endpointsOf } from './endpoint.ts';
import type { FactAnswers } from './fact-answer.ts';
import type { KeptEvents } from './kept-events.ts';
import type { KeptFacts } from './kept-facts.ts';

/** The parts of a loop that its console shows and acts on. */
export interface ConsoleContext {
  facts: KeptFacts;
  answers: FactAnswers;
  events: KeptEvents;
  /** A function by its logical id or its name, with the alias that callers are meant to come by. Undefined where there is none. */
  functionOf(name: string): { name: string; alias?: string } | undefined;
  /** The rules of a bus with their patterns, none for one that has only a schedule. */
  rulesOf(busName: string): readonly { name: string; pattern: unknown; isEnabled: boolean }[];
  /** The messages of a queue, in the order in which they can be received; those in flight last. Undefined for no queue. */
  messagesOf(queueName: string): readonly object[] | undefined;
  depths(): readonly object[];
  /**
   * Moves messages of a queue that can be received to a queue, or each to the one that gave it up; returns their number.
   * Throws AwsError.
   */
  redrive(queueName: string, chosen: { to?: string; messageIds?: readonly string[] }): number;
  /** X-Ray's documents, oldest first. */
  documents(): readonly string[];
  /** Calls an operation of AWS in the developer's name; service as in a signature. Rejects with its AwsError. */
  call(service: string, operation: string, input: JsonObject, signal: AbortSignal): Promise<JsonObject>;
  /** Empties all, and forgets the facts. */
  reset(): Promise<void>;
}

export const endpoint = endpointsOf<ConsoleContext>();
