import { Readable } from 'node:stream';
import { runOperation } from '../../aws/described-operations.ts';
import type { JsonService } from '../../aws/operation.ts';
import { signedCall } from '../call.ts';
import type { Protocol } from '../received.ts';
import { faultOf } from '../request-errors.ts';
import type { Routes } from '../routes.ts';
import { parseInput } from './json-body.ts';
import { jsonDialect } from './json-dialect.ts';
import { refuseOtherScope } from './json-protocol.ts';

/** An operation of a JSON service that answers with events as they come (Smithy, "Amazon Event Stream Specification"). */
export function jsonEventsProtocol({ json, authorize, ...routes }: Routes): Protocol {
  return async (received) => {
    const [prefix = '', name = ''] = String(received.headers['x-amz-target']).split('.');
    const found = json.find(({ targetPrefix }) => targetPrefix === prefix);
    const service: JsonService | undefined = found && 'load' in found ? await found.load() : found;
    const operation = service?.operations[name];
    const dialect = jsonDialect(service);
    const asked = { requestId: dialect.newRequestId(), headers: received.headers };
    try {
      if (!operation) throw new TypeError(`${prefix} has no ${name}.`);
      const { call, service: signedFor } = signedCall(received, routes, asked.requestId, 400);
      refuseOtherScope(service, signedFor);
      const input = await parseInput(received, service);
      const output = await runOperation(operation, input, call, (needs) =>
        authorize(call, needs, signedFor, `${prefix}.${name}`),
      );
      const body = Object.values(output).find((value) => value instanceof Readable);
      if (!body) throw new TypeError(`${name} answered with no events.`);
      const headers = {
        'x-amzn-RequestId': asked.requestId,
        'Content-Type': 'application/vnd.amazon.eventstream',
      };
      return { status: 200, headers, body };
    } catch (thrown) {
      return dialect.errorAnswer(faultOf(thrown, received, dialect.internalCode), asked);
    }
  };
}
