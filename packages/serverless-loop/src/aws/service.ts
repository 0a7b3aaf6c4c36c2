/**
 * One shape for every service: a description of the service, and in it one table of operations. Each entry says what is
 * read, which rights that needs, what is done and what the answer looks like:
 *
 *     const operation = operationsOf<DepotContext>();
 *
 *     export const DEPOT_OPERATIONS = {
 *       GetBox: operation({
 *         input: { BoxName: required(text({ min: 1, max: 80 })) },
 *         output: { BoxName: text(), PackedAt: timestamp() },
 *         needs: ({ BoxName = '*' }, { place }) => [formatArn(place, 'depot', BoxName)],
 *         handle: ({ BoxName }, { boxes }) => boxes.describe(BoxName),
 *       }),
 *     };
 *
 * To add an operation, add its entry; nothing else lists operations. To add a service, write its ServiceDescription beside
 * its table and give `jsonService`, `queryService`, `restOperations` or `restXmlService` of it to the gateway's routes
 * (loop/routes.ts, loop/tool-services.ts). A table is a constant: what its operations work on comes to them as `context`, so
 * that tests hold every table against the API's models (tests/unit/aws/model-departures.test.ts, tests/tools/boto-models.test.ts).
 *
 * - Members: aws/members.ts. Inside, a time is epoch milliseconds and a blob bytes; protocols write them as the kind says.
 * - The runner reads the input, judges the rights, refuses what breaks the description in the words of the service's
 *   dialect (aws/dialect.ts), and only then acts: a handler gets an input that is whole. What no limit can say, it refuses.
 * - `needs` comes before the limits are judged, so that any member may be absent there, and must not throw.
 * - Lists come in pages by aws/page.ts, sorted by the key that it is given.
 */
import type { Dialect } from './dialect.ts';
import { refuse } from './dialect.ts';
import type { AwsError } from './errors.ts';
import type { Eventual } from './eventual.ts';
import type { JsonObject } from './json-object.ts';
import { type Members, type Read, type Shaped, type Structure, structure, type Written } from './members.ts';
import type { Call, DescribedOperation, JsonService, Need } from './operation.ts';
import type { QueryService } from './query-service.ts';
import { membersReader, type Problem, type ReadMembers } from './read-members.ts';

export interface ServiceDescription<Context> {
  /** The name that people know it by, e.g. `EventBridge`. */
  title: string;
  /** In the scope of signatures, e.g. `sqs`. */
  signingName: string;
  /** Of its IAM actions, where that isn't the same. */
  iamPrefix?: string;
  dialect: Dialect;
  /** Its operations take JSON as it came, and read and refuse it themselves; they answer with JSON as it goes. */
  speaksForItself?: true;
  /** For the awsJson protocols and CBOR. */
  json?: Omit<JsonService, 'operations' | 'signingName' | 'title'>;
  /** For the query protocol. */
  query?: Omit<QueryService, 'operations' | 'signingName' | 'title'>;
  /** For the REST protocols. */
  rest?: RestDescription;
  operations: Readonly<Record<string, Operation<Context>>>;
}

export interface RestDescription {
  /** Members of an error's body beside its message. */
  errorMembers?(error: AwsError): JsonObject;
  /** XML namespace of the answers. */
  namespace?: string;
  /** Query parameters that make another operation of a request: one that an operation doesn't know isn't its own. */
  subresources?: ReadonlySet<string>;
  /** The error for a body that is no JSON object. Absent: the framework's. */
  malformedBody?(reason: string): AwsError;
}

/** An entry of a service's table. */
export interface OperationDescription<Input extends Members, Output extends Members, Context> {
  input: Input;
  /** Absent: it answers with nothing but that it is done. */
  output?: Output;
  /** In the REST protocols: method and path as the API's model has them, e.g. `GET /boxes/{BoxName}`. */
  route?: string;
  /** In lower case: tells it from another operation on its route. */
  header?: string;
  /** The status of a REST answer. Absent: 200. */
  status?: number;
  /** Of an answer in XML. Absent: the operation's name and `Result`. */
  root?: string;
  /** IAM's action, where that isn't the operation's name. */
  action?: string;
  /** The resources that the caller must have the right to that action on, and rights to other actions. */
  needs(input: Shaped<Input>, context: Context): readonly (string | Need)[];
  /** Throws AwsError for what the description can't refuse. */
  handle(input: Read<Input>, context: Context, call: Call): Written<Output> | Promise<Written<Output>>;
}

/** An entry whose own types are checked. */
export interface Operation<Context> {
  input: Structure;
  output?: Structure;
  route?: string;
  header?: string;
  status?: number;
  root?: string;
  action?: string;
  needs(input: JsonObject, context: Context): readonly (string | Need)[];
  handle(input: JsonObject, context: Context, call: Call): JsonObject | Promise<JsonObject>;
}

/** For the entries of a table whose operations work on this context. */
export function operationsOf<Context>() {
  return <const Input extends Members, const Output extends Members = Record<never, never>>(
    description: OperationDescription<Input, Output, Context>,
  ): Operation<Context> => {
    const { input, output, needs: _needs, handle: _handle, ...others } = description;
    return {
      ...others,
      input: structure(input),
      ...(output && { output: structure(output) }),
      needs: (given, context) => (isShaped<Input>(given) ? description.needs(given, context) : []),
      handle(given, context, call) {
        if (!isRead<Input>(given)) throw new TypeError('The input was not read.');
        return description.handle(given, context, call);
      },
    };
  };
}

/** Makes the reader of an input apart from any call, as one entry of a batch is. It throws AwsError. */
export function readerApart<M extends Members>(members: M, dialect: Dialect): (given: JsonObject) => Read<M> {
  const read = membersReader(structure(members), dialect.emptyText);
  return (given) => {
    const problems: Problem[] = [];
    const input: unknown = read(given, problems);
    refuse(problems, dialect);
    if (!isRead<M>(input)) throw new TypeError('The input was not read.');
    return input;
  };
}

/** The service as the awsJson protocols and CBOR see it. Throws TypeError for a description that can't work. */
export function jsonService<Context>(service: ServiceDescription<Context>, context: Context): JsonService {
  if (!service.json) throw new TypeError(`${service.signingName} speaks no JSON.`);
  const { title, signingName, json } = service;
  return { ...json, title, signingName, operations: describedOperations(service, context) };
}

/** The service as the query protocol sees it. Throws TypeError for a description that can't work. */
export function queryService<Context>(service: ServiceDescription<Context>, context: Context): QueryService {
  if (!service.query) throw new TypeError(`${service.signingName} speaks no query protocol.`);
  const { title, signingName, query } = service;
  return { ...query, title, signingName, operations: describedOperations(service, context) };
}

/** The operations of a service by their names, whatever protocol they come by. Throws TypeError for a description that can't work. */
export function describedOperations<Context>(
  service: ServiceDescription<Context>,
  context: Context,
): Record<string, DescribedOperation> {
  return Object.fromEntries(
    Object.entries(service.operations).map(([name, operation]) => {
      refuseUnworkable(service, name, operation);
      return [name, describeOperation(service, name, operation, context)];
    }),
  );
}

/** Refuses a table that can't work, in TypeScript or not: no call is to find out what can't be called. */
export function refuseUnworkable<Context>(
  { signingName }: ServiceDescription<Context>,
  name: string,
  operation: Operation<Context>,
): void {
  const { input, handle, needs } = operation;
  if (!/^[A-Z]\w*$/.test(name)) throw new TypeError(`${signingName} has an operation by the name "${name}".`);
  if (input?.kind !== 'structure')
    throw new TypeError(`${name} of ${signingName} doesn't say what it reads.`);
  if (typeof handle !== 'function' || typeof needs !== 'function')
    throw new TypeError(`${name} of ${signingName} is described, and does nothing.`);
}

/** An operation's steps on its context. */
export function describeOperation<Context>(
  { signingName, iamPrefix = signingName, dialect, speaksForItself }: ServiceDescription<Context>,
  name: string,
  operation: Operation<Context>,
  context: Context,
): DescribedOperation {
  const { input, output, handle } = operation;
  const action = `${iamPrefix}:${operation.action ?? name}`;
  const read: ReadMembers = speaksForItself ? (given) => given : membersReader(input, dialect.emptyText);
  return {
    input,
    ...(output && !speaksForItself && { output }),
    ...(!output && { hasNoOutput: true }),
    read(given) {
      const problems: Problem[] = [];
      return { given, input: read(given, problems), problems };
    },
    needs: (reading) =>
      operation
        .needs(reading.input, context)
        .map((need) => (typeof need === 'string' ? { action, resource: need } : need)),
    answer(reading, call) {
      refuse(reading.problems, dialect);
      return handle(reading.input, context, call);
    },
  };
}

/**
 * Runs a call: reads, authorizes, acts. `authorize` throws AwsError when the caller may not. Throws AwsError, or rejects with
 * one, for whatever else is the caller's fault.
 */
export function runOperation(
  operation: DescribedOperation,
  given: JsonObject,
  call: Call,
  authorize: (needs: Need[]) => void,
): Eventual<JsonObject> {
  const reading = operation.read(given);
  authorize(operation.needs(reading));
  return operation.answer(reading, call);
}

/** An input that `readMembers` has read is of the described kinds: a member of another is absent. */
function isShaped<M extends Members>(input: unknown): input is Shaped<M> {
  return typeof input === 'object';
}

/** An input that `readMembers` finds no problem with keeps to its description. */
function isRead<M extends Members>(input: unknown): input is Read<M> {
  return typeof input === 'object';
}
