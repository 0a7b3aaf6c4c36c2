import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { document, oneOf, required, text } from '../../aws/members.ts';
import { endpoint } from '../context.ts';

export const ACTION_ENDPOINTS = {
  'POST /_loop/invoke': endpoint({
    purpose: 'invokes a function, by its logical id or name, in one of the three invocation types of Lambda',
    changes: true,
    input: {
      name: required(text({ min: 1 })),
      event: document(),
      type: oneOf(['RequestResponse', 'Event', 'DryRun']),
      qualifier: text({ min: 1 }),
    },
    async answer({ name, event = {}, type = 'RequestResponse', ...given }, { call, functionOf }, { signal }) {
      const fn = functionOf(name);
      const qualifier = given.qualifier ?? fn?.alias;
      const input = {
        FunctionName: fn?.name ?? name,
        InvocationType: type,
        LogType: 'Tail',
        Payload: JSON.stringify(event),
        ...(qualifier !== undefined && { Qualifier: qualifier }),
      };
      const { StatusCode, FunctionError, LogResult, Payload, ExecutedVersion, TraceHeader } = await call(
        'lambda',
        'Invoke',
        input,
        signal,
      );
      return {
        status: StatusCode,
        ...(FunctionError !== undefined && { functionError: FunctionError }),
        ...(Buffer.isBuffer(Payload) && { payload: jsonOf(Payload) }),
        ...(typeof LogResult === 'string' && { logs: Buffer.from(LogResult, 'base64').toString() }),
        ...(ExecutedVersion !== undefined && { executedVersion: ExecutedVersion }),
        ...(TraceHeader !== undefined && { traceHeader: TraceHeader }),
      };
    },
  }),
  'POST /_loop/events': endpoint({
    purpose: 'puts an event on a bus, by its source, detail-type and detail',
    changes: true,
    input: {
      bus: text({ min: 1 }),
      source: required(text()),
      detailType: required(text()),
      detail: required(document()),
    },
    async answer({ bus, source, detailType, detail }, { call }, { signal }) {
      const entry = {
        Source: source,
        DetailType: detailType,
        Detail: typeof detail === 'string' ? detail : JSON.stringify(detail),
        ...(bus !== undefined && { EventBusName: bus }),
      };
      const { Entries } = await call('events', 'PutEvents', { Entries: [entry] }, signal);
      const [result] = Array.isArray(Entries) ? Entries : [];
      if (!isObject(result)) throw new TypeError('PutEvents answers entry by entry.');
      if (result.ErrorCode !== undefined)
        throw new AwsError(String(result.ErrorCode), String(result.ErrorMessage));
      return { id: result.EventId };
    },
  }),
  'POST /_loop/call': endpoint({
    purpose: 'calls an operation of AWS: the service by the name in its signatures, and the input of its API',
    changes: true,
    input: { service: required(text({ min: 1 })), operation: required(text({ min: 1 })), input: document() },
    async answer({ service, operation, input = {} }, { call }, { signal }) {
      if (!isObject(input)) throw new AwsError('SerializationException', 'input must be an object.');
      return { output: readable(await call(service, operation, input, signal)) };
    },
  }),
  'POST /_loop/reset': endpoint({
    purpose:
      'empties tables, queues, buckets, logs, metrics, traces and facts, and drops what waits to be tried again',
    changes: true,
    input: {},
    async answer(_input, { reset }) {
      await reset();
      return {};
    },
  }),
};

/** A function's answer is JSON; an error of the runtime may be none. */
function jsonOf(payload: Buffer): unknown {
  const payloadText = payload.toString();
  try {
    return payloadText === '' ? null : JSON.parse(payloadText);
  } catch {
    return payloadText;
  }
}

/** Bytes as base64, as in AWS's JSON protocols. */
function readable(output: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(output).map(([name, value]) => [
      name,
      Buffer.isBuffer(value) ? value.toString('base64') : value,
    ]),
  );
}
