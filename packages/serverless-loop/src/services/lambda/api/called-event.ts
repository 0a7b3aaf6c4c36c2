import { isUtf8 } from 'node:buffer';
import { AwsError } from '../../../aws/errors.ts';
import { JsonError } from '../../../aws/json-limits.ts';
import { readJson } from '../../../aws/json-reading.ts';
import { blob, oneOf, type Read, text } from '../../../aws/members.ts';
import type { Call } from '../../../aws/operation.ts';
import type { AsyncEvent, InvokeRequest, InvokeResult } from '../environments/invocation.ts';
import { callTraceHeader } from '../telemetry/trace.ts';
import { functionOf, noFunctionToCall } from './api-function-lookup.ts';
import type { LambdaContext } from './context.ts';
import { QUALIFIED_FUNCTION } from './shapes.ts';

/** Lambda guide, "Lambda quotas": 6 MB for a synchronous invocation, 1 MB for an asynchronous one. */
export const MAX_SYNCHRONOUS_BYTES = 6_291_456;
export const MAX_ASYNCHRONOUS_BYTES = 1_048_576;
/** As deep as EventBridge takes an event (API reference, "PutEvents"); how deep Lambda goes, no page says. */
const PAYLOAD_LIMITS = { deepest: 10_000, mostValues: MAX_SYNCHRONOUS_BYTES };
const MAX_LOG_TAIL_BYTES = 4_096;

/** Members of the operations that invoke a function. */
export const INVOKED = {
  ...QUALIFIED_FUNCTION,
  LogType: oneOf(['None', 'Tail'], { at: 'header', name: 'X-Amz-Log-Type' }),
  ClientContext: text({ at: 'header', name: 'X-Amz-Client-Context' }),
  Payload: blob({ at: 'payload' }),
} as const;

/** The event that the request carries. Throws AwsError when it names no function. */
export function newEvent(input: Read<typeof INVOKED>, context: LambdaContext, call: Call): AsyncEvent {
  const { fn, qualifier } = functionOf(input, context, noFunctionToCall);
  const traceHeader = callTraceHeader(call.traceHeader, fn, context.now());
  const sourceArn = call.sourceArn ?? call.caller.roleArn;
  return {
    functionName: fn.name,
    ...(qualifier !== undefined && { qualifier }),
    // A call without a payload comes to the function as an empty object; no page says so, and no public record was found.
    payload: input.Payload?.length ? input.Payload : Buffer.from('{}'),
    // The call's own, so that a caller finds the function's log.
    requestId: call.requestId,
    ...(traceHeader !== undefined && { traceHeader }),
    ...(sourceArn !== undefined && { sourceArn }),
  };
}

export function refuseOversize(payload: Buffer, maximumBytes: number): void {
  if (payload.length <= maximumBytes) return;
  throw new AwsError(
    'RequestTooLargeException',
    `Request must be smaller than ${maximumBytes} bytes for the InvokeFunction operation`,
    { status: 413 },
  );
}

export async function refuseInvalidJson(payload: Buffer): Promise<void> {
  const problem = isUtf8(payload) ? await jsonProblem(payload.toString()) : 'Invalid UTF-8';
  if (problem !== undefined) {
    throw invalidContent(
      `Could not parse request body into json: Could not parse payload into json: ${problem}`,
    );
  }
}

/** "Up to 3,583 bytes of base64-encoded data" (Lambda reference, Invoke); AWS's words beyond that aren't on record. */
const MAX_CLIENT_CONTEXT_BYTES = 3_583;

/** The first try of an event that is waited for, with its client context: JSON text, base64 in its header. Throws AwsError. */
export async function firstTry(
  event: AsyncEvent,
  { ClientContext }: Read<typeof INVOKED>,
): Promise<InvokeRequest> {
  if (ClientContext === undefined) return { ...event, attempt: 1 };
  return { ...event, attempt: 1, clientContext: await parseClientContext(ClientContext) };
}

async function parseClientContext(encoded: string): Promise<string> {
  if (encoded.length > MAX_CLIENT_CONTEXT_BYTES)
    throw invalidContent(
      `Client context must be at most ${MAX_CLIENT_CONTEXT_BYTES} bytes of Base64-encoded JSON.`,
    );
  const decoded = Buffer.from(encoded, 'base64').toString();
  if ((await jsonProblem(decoded)) !== undefined)
    throw invalidContent('Client context must be a valid Base64-encoded JSON object.');
  return decoded;
}

async function jsonProblem(source: string): Promise<string | undefined> {
  try {
    await readJson(source, PAYLOAD_LIMITS);
    return undefined;
  } catch (error) {
    if (error instanceof JsonError) return error.message;
    throw error;
  }
}

function invalidContent(message: string): AwsError {
  return new AwsError('InvalidRequestContentException', message);
}

export function logResult({ logTail }: InvokeResult): string {
  return Buffer.from(logTail).subarray(-MAX_LOG_TAIL_BYTES).toString('base64');
}
