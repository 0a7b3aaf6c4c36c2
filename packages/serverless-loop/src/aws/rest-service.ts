import { Readable } from 'node:stream';
import { describeOperation, refuseUnworkable } from './described-operations.ts';
import { AwsError } from './errors.ts';
import { JsonError, REQUEST_LIMITS } from './json-limits.ts';
import { isObject, type JsonObject } from './json-object.ts';
import { readJson } from './json-reading.ts';
import type { RestOperation } from './operation.ts';
import {
  bodyShape,
  fromBody,
  headersOf,
  parseRoute,
  payloadOf,
  restInput,
  statusOf,
  toBody,
} from './rest-members.ts';
import type { Operation, ServiceDescription } from './service.ts';
import { JSON_FORMS, wireValues } from './wire-values.ts';

/** The service as the restJson protocol sees it. Throws TypeError for a description that can't work. */
export function restOperations<Context>(
  service: ServiceDescription<Context>,
  context: Context,
): RestOperation[] {
  const operations = Object.entries(service.operations).map(([name, operation]) => {
    refuseUnworkable(service, name, operation);
    return restOperation(service, name, operation, context);
  });
  // The one that asks for more of a request comes before the other at its path.
  return operations.sort((one, other) => (other.query?.length ?? 0) - (one.query?.length ?? 0));
}

function restOperation<Context>(
  service: ServiceDescription<Context>,
  name: string,
  operation: Operation<Context>,
  context: Context,
): RestOperation {
  const { input, output, route, status = 200 } = operation;
  if (route === undefined) throw new TypeError(`${name} of ${service.signingName} has no route.`);
  const { method, path, query } = parseRoute(route);
  const described = describeOperation(service, name, operation, context);
  const inBody = bodyShape(input);
  const payload = payloadOf(input);

  function bodyMembers(body: Buffer): JsonObject | Promise<JsonObject> {
    if (payload !== undefined && input.members[payload]?.kind === 'blob') return { [payload]: body };
    if (body.length === 0 || (payload === undefined && inBody.entries.length === 0)) return {};
    return parsedMembers(body);
  }

  async function parsedMembers(body: Buffer): Promise<JsonObject> {
    const value = await parseBody(body, service);
    return payload === undefined ? fromBody(inBody, value) : { [payload]: value };
  }

  return {
    name,
    title: service.title,
    signingName: service.signingName,
    method,
    path,
    ...(query.length > 0 && { query }),
    read(request) {
      const whole = (members: JsonObject) => described.read({ ...members, ...restInput(input, request) });
      const members = bodyMembers(request.body);
      return members instanceof Promise ? members.then(whole) : whole(members);
    },
    needs: described.needs,
    async answer(reading, call) {
      const given = await described.answer(reading, call);
      if (!output) return { status };
      return {
        status: statusOf(output, given) ?? status,
        headers: headersOf(output, given),
        body: bodyOf(output, given),
      };
    },
    ...(service.rest?.errorMembers && { errorMembers: service.rest.errorMembers }),
    described,
  };
}

function bodyOf(
  output: NonNullable<Operation<never>['output']>,
  given: JsonObject,
): string | Buffer | Readable {
  const payload = payloadOf(output);
  const value = payload === undefined ? undefined : given[payload];
  if (Buffer.isBuffer(value) || typeof value === 'string' || value instanceof Readable) return value;
  if (payload !== undefined && value === undefined) return '';
  return JSON.stringify(
    toBody(output, wireValues(output, payload === undefined ? given : Object(value), JSON_FORMS)),
  );
}

async function parseBody<Context>(body: Buffer, { rest }: ServiceDescription<Context>): Promise<JsonObject> {
  const malformed =
    rest?.malformedBody ??
    ((reason: string) => new AwsError('SerializationException', `The body is not a JSON object: ${reason}`));
  const value = await readJson(body.toString(), REQUEST_LIMITS).catch((error: unknown) => {
    throw error instanceof JsonError ? malformed(error.message) : error;
  });
  if (!isObject(value)) throw malformed('it is another kind of value');
  return value;
}
