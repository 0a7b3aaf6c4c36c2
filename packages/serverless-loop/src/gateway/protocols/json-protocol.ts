import { crc32 } from 'node:zlib';
import { AwsError } from '../../aws/errors.ts';
import { JsonError, JsonLimitError, REQUEST_LIMITS } from '../../aws/json-limits.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { readJson } from '../../aws/json-reading.ts';
import type { DescribedOperation, JsonService } from '../../aws/operation.ts';
import { runOperation } from '../../aws/service.ts';
import { JSON_FORMS, wireValues } from '../../aws/wire-values.ts';
import type { Answer } from '../answer.ts';
import { signedCall } from '../call.ts';
import { compressed } from '../compressed.ts';
import { faultOf, malformed, notEmulated, tooLarge, wordless, wrongService } from '../faults.ts';
import type { Protocol, Received } from '../received.ts';
import { newRequestId } from '../request-ids.ts';
import type { Routes } from '../routes.ts';
import { jsonErrorBody, queryErrorHeader } from './json-errors.ts';

/** AWS's JSON 1.0 and 1.1 protocols: `X-Amz-Target: <service>.<operation>` (Smithy, "AWS JSON 1.1 protocol"). */
export function jsonProtocol(routes: Routes): Protocol {
  const { json, authorize, report } = routes;
  const services = new Map(json.map((service) => [service.targetPrefix, service]));

  function find(service: JsonService | undefined, target: Target): DescribedOperation {
    const operations: JsonService['operations'] = service?.operations ?? {};
    const operation = Object.hasOwn(operations, target.operation) ? operations[target.operation] : undefined;
    if (operation) return operation;
    report({ kind: 'call.unknown', service: target.prefix, operation: target.operation });
    throw notEmulated(target.prefix, target.operation);
  }

  return async (received) => {
    const target = targetOf(received);
    const found = services.get(target.prefix);
    const service = found && 'load' in found ? await found.load() : found;
    const dialect = dialectOf(service, received);
    const requestId = dialect.newRequestId();
    try {
      const operation = find(service, target);
      const signed = signedCall(received, routes, requestId, 400);
      refuseOtherScope(service, signed.service);
      // Only now: what nobody signed takes no time.
      const input = await parseInput(received, service);
      const output = await runOperation(operation, input, signed.call, (needs) =>
        authorize(signed.call, needs, signed.service),
      );
      const body = answerText(operation, output, service);
      return await dialect.answer(200, body, requestId, {});
    } catch (thrown) {
      const error = faultOf(thrown, received, dialect.internalCode);
      return await dialect.answer(
        error.status,
        jsonErrorBody(error, service),
        requestId,
        dialect.errorHeaders(error),
      );
    }
  };
}

export function refuseOtherScope(service: JsonService | undefined, signedFor: string): void {
  const expected = service?.signingName;
  if (expected !== undefined && signedFor !== '' && signedFor !== expected) throw wrongService(expected, 400);
}

interface Target {
  prefix: string;
  operation: string;
}

function targetOf({ headers }: Received): Target {
  const target = String(headers['x-amz-target']);
  const dot = target.lastIndexOf('.');
  return { prefix: target.slice(0, Math.max(dot, 0)), operation: target.slice(dot + 1) };
}

async function parseInput(
  { body, isStillEncoded }: Received,
  service: JsonService | undefined,
): Promise<JsonObject> {
  if (body === 'too large') throw tooLarge();
  if (isStillEncoded && service?.failsOnEncoding) throw notDecoded(service);
  const { mostKeys = REQUEST_LIMITS.mostKeys } = service ?? {};
  const input = await readJson(body.toString(), { ...REQUEST_LIMITS, mostKeys }).catch((error: unknown) => {
    if (!(error instanceof JsonError)) throw error;
    const isTold = !service?.tellsNoSyntax || error instanceof JsonLimitError;
    throw isTold ? malformed(error.message) : wordless();
  });
  if (isObject(input)) return input;
  throw service?.tellsNoSyntax ? wordless() : malformed('it is another kind of value');
}

/** With a status that has clients try again, as AWS has it (scylladb's Alternator, validated on AWS: test/alternator/test_compressed_request.py). */
function notDecoded({ internalCode = 'InternalFailure' }: JsonService): AwsError {
  return new AwsError(internalCode, 'The body is not in the encoding that Content-Encoding says.', {
    status: 500,
  });
}

function answerText(
  { output: shape, hasNoOutput }: DescribedOperation,
  output: JsonObject,
  service: JsonService | undefined,
): string {
  if (service?.isEmptyWithoutOutput && hasNoOutput) return '';
  return JSON.stringify(wireValues(shape, output, JSON_FORMS));
}

/** The form of one service's answers. */
function dialectOf(service: JsonService | undefined, { headers }: Received) {
  const contentType = `application/x-amz-json-${service?.jsonVersion ?? '1.1'}`;
  return {
    newRequestId: service?.newRequestId ?? newRequestId,
    internalCode: service?.internalCode ?? 'InternalFailure',
    errorHeaders(error: AwsError): Record<string, string> {
      const asksForOldName = headers['x-amzn-query-mode'] === 'true';
      return { ...(asksForOldName ? queryErrorHeader(error) : {}), ...error.headers };
    },
    /** At once, unless the answer is compressed: calls are many. */
    answer(
      status: number,
      body: string,
      requestId: string,
      extra: Record<string, string>,
    ): Answer | Promise<Answer> {
      const ownHeaders: Record<string, string> = {
        'x-amzn-RequestId': requestId,
        'Content-Type': contentType,
        ...service?.headers,
        ...extra,
      };
      const accepted = headers['accept-encoding'];
      if (service?.compressesAnswers && accepted !== undefined)
        return compressed(body, String(accepted)).then((packed) =>
          packed
            ? checked(status, { ...ownHeaders, 'Content-Encoding': packed.encoding }, packed.body)
            : checked(status, ownHeaders, body),
        );
      return checked(status, ownHeaders, body);
    },
  };

  function checked(status: number, ownHeaders: Record<string, string>, body: string | Buffer): Answer {
    if (service?.hasChecksum) ownHeaders['x-amz-crc32'] = String(crc32(body));
    return { status, headers: ownHeaders, body };
  }
}
