/**
 * One shape for all that the console's API answers: a table of endpoints, each with its route, its purpose, what it reads and
 * what it does:
 *
 *     'GET /_loop/boxes': endpoint({
 *       purpose: 'the boxes of the depot',
 *       input: { limit: integer({ min: 1, max: 100 }) },
 *       answer: ({ limit = 20 }, { boxes }) => ({ boxes: boxes.newest(limit) }),
 *     }),
 *
 * To add one, add its entry, and its row in docs/console-api.md, which a test holds against the table. A GET reads its members
 * from the query, a POST from a JSON body. What `changes` something is done for who has the loop's token alone.
 */
import type { Readable } from 'node:stream';
import { frameworkDialect } from '../aws/dialect.ts';
import { AwsError } from '../aws/errors.ts';
import type { JsonObject } from '../aws/json-object.ts';
import type { Kind, Members, Read } from '../aws/members.ts';
import { readerApart } from '../aws/service.ts';

/** The parts of a request that an endpoint may want besides its members. */
export interface Asked {
  signal: AbortSignal;
  /** The header of a reader of events that comes back. */
  lastEventId: string | undefined;
}

/** Events, one after the other, for as long as the reader listens. */
export interface EventStream {
  events: Readable;
}

/** Content to be saved: nothing that a browser shows. */
export interface FileStream {
  file: Readable;
  fileName: string;
}

export type EndpointAnswer = JsonObject | EventStream | FileStream;

export interface EndpointDescription<Input extends Members, Context> {
  /** In words, for the documentation. */
  purpose: string;
  input: Input;
  /** Only for who has the token. */
  changes?: true;
  /** Throws AwsError, also for what the description can't refuse. */
  answer(input: Read<Input>, context: Context, asked: Asked): EndpointAnswer | Promise<EndpointAnswer>;
}

export interface Endpoint<Context> {
  purpose: string;
  input: Readonly<Record<string, Kind>>;
  changes: boolean;
  answer(given: JsonObject, context: Context, asked: Asked): EndpointAnswer | Promise<EndpointAnswer>;
}

const DIALECT = frameworkDialect();

/** For the entries of a table whose endpoints work on this context. */
export function endpointsOf<Context>() {
  return <const Input extends Members>({
    purpose,
    input,
    changes,
    answer,
  }: EndpointDescription<Input, Context>): Endpoint<Context> => {
    const read = readerApart(input, DIALECT);
    return {
      purpose,
      input,
      changes: changes === true,
      answer: (given, context, asked) => answer(read(given), context, asked),
    };
  };
}

/** Members that a query tells as text, each as the kind that it is of; what can't be read as that stays text, and is refused. */
export function queryMembers(query: string, input: Readonly<Record<string, Kind>>): JsonObject {
  const pairs = [...new URLSearchParams(query)];
  return Object.fromEntries(pairs.map(([name, text]) => [name, memberOf(text, input[name])]));
}

function memberOf(text: string, kind: Kind | undefined): unknown {
  switch (kind?.kind) {
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'list':
      return text.split(',');
    default:
      return text;
  }
}

/** A member that is misspelled would be passed over in silence. */
export function refuseUnknown<Context>(given: JsonObject, { input }: Pick<Endpoint<Context>, 'input'>): void {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(input, name));
  if (unknown === undefined) return;
  const known = Object.keys(input).join(', ') || 'none';
  throw new AwsError('ValidationException', `There is no member "${unknown}" here; there are: ${known}.`);
}
