import type { Clock } from '../clock.ts';
import type { Writer } from '../items/writer.ts';
import type { Place } from '../place.ts';
import type { JsonObject } from '../requests/shapes.ts';
import type { Streams } from '../streams/streams.ts';
import type { Tables } from '../tables/tables.ts';
import type { Transitions } from '../tables/transitions.ts';
import type { Tokens } from '../transactions/tokens.ts';
import type { Expirer } from '../ttl/expirer.ts';

/** The parts of the engine that operations act on. */
export interface EngineParts {
  readonly clock: Clock;
  readonly place: Place;
  readonly tables: Tables;
  readonly writer: Writer;
  readonly streams: Streams;
  readonly tokens: Tokens;
  readonly transitions: Transitions;
  readonly expirer: Expirer;
  newId(): string;
}

/** An operation is told this besides its input. */
export interface EngineCall {
  /** The host and port that the caller reached the engine at. */
  readonly host: string;
  /** The trace header that the call came with. */
  readonly traceHeader?: string;
}

/** Takes the request's JSON, gives the answer's; throws DynamoDbError for what AWS would refuse. */
export type Operation = (parts: EngineParts, input: JsonObject, call: EngineCall) => JsonObject;
