import { runOperation } from '../../aws/described-operations.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { DescribedOperation, JsonService } from '../../aws/operation.ts';
import { CBOR_FORMS, wireValues } from '../../aws/wire-values.ts';
import type { Answer } from '../answer.ts';
import { signedCall } from '../call.ts';
import type { Protocol, Received } from '../received.ts';
import { faultOf, notEmulated, tooLarge } from '../request-errors.ts';
import { newRequestId } from '../request-ids.ts';
import type { Routes } from '../routes.ts';
import { CborError, decodeCbor } from './cbor.ts';
import { encodeCbor } from './cbor-encode.ts';
import { jsonErrorType, queryErrorHeader } from './json-errors.ts';
import { refuseOtherScope } from './json-protocol.ts';

const PATH = /^\/service\/(?<prefix>[^/]+)\/operation\/(?<operation>[^/]+)$/;

/** AWS's RPC protocol in CBOR, which newer clients of CloudWatch speak (Smithy, "RPC v2 CBOR protocol"): the operations of a JSON service. */
export function rpcCborProtocol(routes: Routes): Protocol {
  const { json, authorize, report } = routes;

  async function serviceOf(prefix: string): Promise<JsonService | undefined> {
    const found = json.find(({ targetPrefix }) => targetPrefix === prefix);
    const service = found && 'load' in found ? await found.load() : found;
    return service?.speaksCbor ? service : undefined;
  }

  function find(service: JsonService | undefined, prefix: string, name: string): DescribedOperation {
    const operations: JsonService['operations'] = service?.operations ?? {};
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation) return operation;
    report({ kind: 'call.unknown', service: prefix, operation: name });
    throw notEmulated(prefix, name);
  }

  return async (received) => {
    const { prefix = '', operation: name = '' } = PATH.exec(received.path)?.groups ?? {};
    const service = await serviceOf(prefix);
    const requestId = newRequestId();
    try {
      const operation = find(service, prefix, name);
      const signed = signedCall(received, routes, requestId, 400);
      refuseOtherScope(service, signed.service);
      const input = await parseInput(received.body);
      const output = await runOperation(operation, input, signed.call, (needs) =>
        authorize(signed.call, needs, signed.service, name),
      );
      const body = wireValues(operation.output, output, CBOR_FORMS);
      return cborAnswer(200, body, requestId, {});
    } catch (thrown) {
      const error = faultOf(thrown, received, 'InternalFailure');
      const body = { __type: jsonErrorType(error, service), message: error.message, ...error.members };
      return cborAnswer(error.status, body, requestId, { ...queryErrorHeader(error), ...error.headers });
    }
  };
}

async function parseInput(body: Received['body']): Promise<JsonObject> {
  if (body === 'too large') throw tooLarge();
  if (body.length === 0) return {};
  const input = await decoded(body);
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input };
  throw new AwsError('SerializationException', 'The body is not a CBOR map.');
}

async function decoded(body: Buffer): Promise<unknown> {
  try {
    return await decodeCbor(body);
  } catch (error) {
    if (error instanceof CborError)
      throw new AwsError('SerializationException', `The body is not CBOR: ${error.message}`);
    throw error;
  }
}

function cborAnswer(
  status: number,
  body: JsonObject,
  requestId: string,
  extra: Record<string, string>,
): Answer {
  const headers = {
    'smithy-protocol': 'rpc-v2-cbor',
    'Content-Type': 'application/cbor',
    'x-amzn-RequestId': requestId,
  };
  return { status, headers: { ...headers, ...extra }, body: encodeCbor(body) };
}
