import { isUtf8 } from 'node:buffer';
import { AwsError } from '../../../aws/errors.ts';
import { JsonError } from '../../../aws/json-limits.ts';
import { readJson } from '../../../aws/json-reading.ts';
import type { Call, RestAnswer, RestRequest } from '../../../aws/operation.ts';
import type { InvokeResult } from '../environments/invocation.ts';
import { callTraceHeader } from '../telemetry/trace.ts';
import { type FunctionLookup, functionOf } from './api-function-lookup.ts';
import type { AsyncEvent, Invoke } from './api-invocation.ts';

/** Lambda guide, "Lambda quotas": 6 MB for a synchronous invocation, 1 MB for an asynchronous one. */
const MAXIMUM_SYNCHRONOUS_BYTES = 6_291_456;
const MAXIMUM_ASYNCHRONOUS_BYTES = 1_048_576;
/** As deep as EventBridge takes an event (API reference, "PutEvents"); how deep Lambda goes, no page says. */
const PAYLOAD_LIMITS = { deepest: 10_000, mostValues: MAXIMUM_SYNCHRONOUS_BYTES };
const MAXIMUM_LOG_TAIL_BYTES = 4_096;
/** "Up to 3,583 bytes of base64-encoded data" (Lambda reference, Invoke); AWS's words beyond that aren't on record. */
const MAXIMUM_CLIENT_CONTEXT_BYTES = 3_583;

export interface InvokeOptions extends FunctionLookup {
  invoke: Invoke;
  accept(event: AsyncEvent): void;
  newRequestId(): string;
  /** Epoch milliseconds. */
  now(): number;
}

/** The Invoke operation (Lambda reference, Invoke): waits for the function, leaves it to the queue, or does nothing. */
export async function answerInvoke(
  request: RestRequest,
  call: Call,
  options: InvokeOptions,
): Promise<RestAnswer> {
  const type = header(request, 'x-amz-invocation-type') ?? 'RequestResponse';
  const event = newEvent(request, call, options);
  switch (type) {
    case 'RequestResponse':
      return invokeAndWait(event, request, options);
    case 'Event':
      refuseOversize(event.payload, MAXIMUM_ASYNCHRONOUS_BYTES);
      await refuseInvalidJson(event.payload);
      options.accept(event);
      return { status: 202, headers: callHeaders(event) };
    case 'DryRun':
      return { status: 204, headers: callHeaders(event) };
    default:
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
      );
  }
}

async function invokeAndWait(
  event: AsyncEvent,
  request: RestRequest,
  options: InvokeOptions,
): Promise<RestAnswer> {
  refuseOversize(event.payload, MAXIMUM_SYNCHRONOUS_BYTES);
  await refuseInvalidJson(event.payload);
  const clientContext = await parseClientContext(request);
  const result = await options.invoke({
    ...event,
    attempt: 1,
    ...(clientContext !== undefined && { clientContext }),
  });
  return {
    status: 200,
    headers: {
      ...callHeaders(event),
      'Content-Type': 'application/json',
      'X-Amz-Executed-Version': result.executedVersion,
      ...(result.functionError && { 'X-Amz-Function-Error': result.functionError }),
      ...(header(request, 'x-amz-log-type') === 'Tail' && { 'X-Amz-Log-Result': logResult(result) }),
    },
    body: result.payload,
  };
}

/** The event that the request carries. Throws AwsError when it names no function. */
function newEvent(request: RestRequest, call: Call, options: InvokeOptions): AsyncEvent {
  const { fn, qualifier } = functionOf(request, options);
  const traceHeader = callTraceHeader(call.traceHeader, fn, options.now());
  return {
    functionName: fn.name,
    ...(qualifier !== undefined && { qualifier }),
    // A call without a payload comes to the function as an empty object (recorded).
    payload: request.body.length > 0 ? request.body : Buffer.from('{}'),
    requestId: options.newRequestId(),
    ...(traceHeader !== undefined && { traceHeader }),
  };
}

/** The function's own request id, so that a caller finds its log. */
function callHeaders({ requestId, traceHeader }: AsyncEvent): Record<string, string> {
  return {
    'x-amzn-RequestId': requestId,
    ...(traceHeader !== undefined && { 'X-Amzn-Trace-Id': traceHeader }),
  };
}

function refuseOversize(payload: Buffer, maximumBytes: number): void {
  if (payload.length <= maximumBytes) return;
  throw new AwsError(
    'RequestTooLargeException',
    `Request must be smaller than ${maximumBytes} bytes for the InvokeFunction operation`,
    { status: 413, members: { Type: 'User' } },
  );
}

async function refuseInvalidJson(payload: Buffer): Promise<void> {
  const problem = isUtf8(payload) ? await jsonProblem(payload.toString()) : 'Invalid UTF-8';
  if (problem !== undefined) {
    throw invalidContent(
      `Could not parse request body into json: Could not parse payload into json: ${problem}`,
    );
  }
}

/** JSON text, base64 in its header; functions find it as `context.clientContext`. */
async function parseClientContext(request: RestRequest): Promise<string | undefined> {
  const encoded = header(request, 'x-amz-client-context');
  if (encoded === undefined) return undefined;
  if (encoded.length > MAXIMUM_CLIENT_CONTEXT_BYTES)
    throw invalidContent(
      `Client context must be at most ${MAXIMUM_CLIENT_CONTEXT_BYTES} bytes of Base64-encoded JSON.`,
    );
  const text = Buffer.from(encoded, 'base64').toString();
  if ((await jsonProblem(text)) !== undefined)
    throw invalidContent('Client context must be a valid Base64-encoded JSON object.');
  return text;
}

async function jsonProblem(text: string): Promise<string | undefined> {
  try {
    await readJson(text, PAYLOAD_LIMITS);
    return undefined;
  } catch (error) {
    if (error instanceof JsonError) return error.message;
    throw error;
  }
}

function invalidContent(message: string): AwsError {
  return new AwsError('InvalidRequestContentException', message, { members: { Type: 'User' } });
}

function logResult({ logTail }: InvokeResult): string {
  return Buffer.from(logTail).subarray(-MAXIMUM_LOG_TAIL_BYTES).toString('base64');
}

function header({ headers }: RestRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
