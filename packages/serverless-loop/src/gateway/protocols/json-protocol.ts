import { crc32 } from 'node:zlib';
import type { AwsError } from '../../aws/errors.ts';
import { JsonError, REQUEST_LIMITS } from '../../aws/json-limits.ts';
import { isObject } from '../../aws/json-object.ts';
import { readJson } from '../../aws/json-reading.ts';
import type { JsonObject, JsonOperation, JsonService } from '../../aws/operation.ts';
import { runOperation } from '../../aws/service.ts';
import { JSON_FORMS, wireValues } from '../../aws/wire-values.ts';
import type { Answer } from '../answer.ts';
import { signedCall } from '../call.ts';
import { faultOf, malformed, notEmulated, tooLarge, wrongService } from '../faults.ts';
import type { Protocol, Received } from '../received.ts';
import { newRequestId } from '../request-ids.ts';
import type { Routes } from '../routes.ts';
import { jsonErrorBody, queryErrorHeader } from './json-errors.ts';

/** AWS's JSON 1.0 and 1.1 protocols: `X-Amz-Target: <service>.<operation>` (Smithy, "AWS JSON 1.1 protocol"). */
export function jsonProtocol(routes: Routes): Protocol {
  const { json, authorize, report } = routes;
  const services = new Map(json.map((service) => [service.targetPrefix, service]));

  function find(service: JsonService | undefined, target: Target): JsonOperation {
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
      const input = await parseInput(received.body, service?.mostKeys);
      const output = await runOperation(operation, input, signed.call, (needs) =>
        authorize(signed.call, needs, signed.service),
      );
      const body = wireValues(operation.described?.output, output ?? {}, JSON_FORMS);
      return dialect.answer(200, JSON.stringify(body), requestId, {});
    } catch (thrown) {
      const error = faultOf(thrown, received, dialect.internalCode);
      return dialect.answer(
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
  body: Received['body'],
  mostKeys: number = REQUEST_LIMITS.mostKeys,
): Promise<JsonObject> {
  if (body === 'too large') throw tooLarge();
  const input = await readJson(body.toString(), { ...REQUEST_LIMITS, mostKeys }).catch((error: unknown) => {
    throw error instanceof JsonError ? malformed(error.message) : error;
  });
  if (!isObject(input)) throw malformed('it is another kind of value');
  return input;
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
    answer(status: number, body: string, requestId: string, extra: Record<string, string>): Answer {
      const answerHeaders = { 'x-amzn-RequestId': requestId, 'Content-Type': contentType, ...extra };
      if (service?.hasChecksum)
        return { status, headers: { ...answerHeaders, 'x-amz-crc32': String(crc32(body)) }, body };
      return { status, headers: answerHeaders, body };
    },
  };
}
