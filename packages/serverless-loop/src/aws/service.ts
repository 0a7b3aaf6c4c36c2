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
 * - A table imports the description's types (aws/service-description.ts) from here.
 * - Members: aws/members.ts. Inside, a time is epoch milliseconds and a blob bytes; protocols write them as the kind says.
 * - The runner reads the input, judges the rights, refuses what breaks the description in the words of the service's
 *   dialect (aws/dialect.ts), and only then acts: a handler gets an input that is whole. What no limit can say, it refuses.
 * - `needs` comes before the limits are judged, so that any member may be absent there, and must not throw.
 * - Lists come in pages by aws/page.ts, sorted by the key that it is given.
 */
import { describedOperations } from './described-operations.ts';
import { type Dialect, refuse } from './dialect.ts';
import type { JsonObject } from './json-object.ts';
import type { Problem } from './member-problem.ts';
import type { Read, Shaped } from './member-values.ts';
import { type Members, structure } from './members.ts';
import type { JsonService } from './operation.ts';
import type { QueryService } from './query-service.ts';
import { membersReader } from './read-members.ts';
import type { Operation, OperationDescription, ServiceDescription } from './service-description.ts';

export type {
  Operation,
  OperationDescription,
  RestDescription,
  ServiceDescription,
} from './service-description.ts';

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

/** An input that `readMembers` has read is of the described kinds: a member of another is absent. */
function isShaped<M extends Members>(input: unknown): input is Shaped<M> {
  return typeof input === 'object';
}

/** An input that `readMembers` finds no problem with keeps to its description. */
function isRead<M extends Members>(input: unknown): input is Read<M> {
  return typeof input === 'object';
}
