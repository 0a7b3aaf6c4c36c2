import { isUtf8 } from 'node:buffer';
import { AwsError } from '../../../aws/errors.ts';
import { JsonError } from '../../../aws/json-limits.ts';
import { readJson } from '../../../aws/json-reading.ts';
import { blob, integer, oneOf, text } from '../../../aws/members.ts';
import type { Call } from '../../../aws/operation.ts';
import type { InvokeResult } from '../environments/invocation.ts';
import { callTraceHeader } from '../telemetry/trace.ts';
import { functionArn, functionOf } from './api-function-lookup.ts';
import type { AsyncEvent } from './api-invocation.ts';
import { type LambdaContext, operation } from './context.ts';
import { QUALIFIED_FUNCTION } from './shapes.ts';

/** Lambda guide, "Lambda quotas": 6 MB for a synchronous invocation, 1 MB for an asynchronous one. */
const MAXIMUM_SYNCHRONOUS_BYTES = 6_291_456;
const MAXIMUM_ASYNCHRONOUS_BYTES = 1_048_576;
/** As deep as EventBridge takes an event (API reference, "PutEvents"); how deep Lambda goes, no page says. */
const PAYLOAD_LIMITS = { deepest: 10_000, mostValues: MAXIMUM_SYNCHRONOUS_BYTES };
const MAXIMUM_LOG_TAIL_BYTES = 4_096;

export const INVOKE_OPERATIONS = {
  /** Waits for the function, leaves it to the queue, or does nothing (Lambda reference, "Invoke"). */
  Invoke: operation({
    route: 'POST /2015-03-31/functions/{FunctionName}/invocations',
    action: 'InvokeFunction',
    input: {
      ...QUALIFIED_FUNCTION,
      InvocationType: oneOf(['Event', 'RequestResponse', 'DryRun'], {
        at: 'header',
        name: 'X-Amz-Invocation-Type',
      }),
      LogType: oneOf(['None', 'Tail'], { at: 'header', name: 'X-Amz-Log-Type' }),
      ClientContext: text({ at: 'header', name: 'X-Amz-Client-Context' }),
      Payload: blob({ at: 'payload' }),
    },
    output: {
      StatusCode: integer({ at: 'status' }),
      FunctionError: text({ at: 'header', name: 'X-Amz-Function-Error' }),
      LogResult: text({ at: 'header', name: 'X-Amz-Log-Result' }),
      Payload: blob({ at: 'payload' }),
      ExecutedVersion: text({ at: 'header', name: 'X-Amz-Executed-Version' }),
      // Not in the API's model: X-Ray guide, "Tracing header".
      TraceHeader: text({ at: 'header', name: 'X-Amzn-Trace-Id' }),
    },
    needs: functionArn,
    async handle(input, context, call) {
      const event = newEvent(input, context, call);
      const { payload, traceHeader: TraceHeader } = event;
      if (input.InvocationType === 'DryRun') return { StatusCode: 204, TraceHeader };

      const isAsynchronous = input.InvocationType === 'Event';
      refuseOversize(payload, isAsynchronous ? MAXIMUM_ASYNCHRONOUS_BYTES : MAXIMUM_SYNCHRONOUS_BYTES);
      await refuseInvalidJson(payload);
      if (isAsynchronous) {
        context.accept(event);
        return { StatusCode: 202, TraceHeader };
      }

      const clientContext =
        input.ClientContext === undefined ? undefined : await parseClientContext(input.ClientContext);
      const result = await context.invoke({
        ...event,
        attempt: 1,
        ...(clientContext !== undefined && { clientContext }),
      });
      return {
        StatusCode: 200,
        FunctionError: result.functionError,
        LogResult: input.LogType === 'Tail' ? logResult(result) : undefined,
        Payload: result.payload,
        ExecutedVersion: result.executedVersion,
        TraceHeader,
      };
    },
  }),
};

/** The event that the request carries. Throws AwsError when it names no function. */
function newEvent(
  input: { FunctionName: string; Qualifier?: string; Payload?: Buffer },
  context: LambdaContext,
  call: Call,
): AsyncEvent {
  const { fn, qualifier } = functionOf(input, context);
  const traceHeader = callTraceHeader(call.traceHeader, fn, context.now());
  return {
    functionName: fn.name,
    ...(qualifier !== undefined && { qualifier }),
    // A call without a payload comes to the function as an empty object; no page says so, and no public record was found.
    payload: input.Payload?.length ? input.Payload : Buffer.from('{}'),
    // The call's own, so that a caller finds the function's log.
    requestId: call.requestId,
    ...(traceHeader !== undefined && { traceHeader }),
  };
}

function refuseOversize(payload: Buffer, maximumBytes: number): void {
  if (payload.length <= maximumBytes) return;
  throw new AwsError(
    'RequestTooLargeException',
    `Request must be smaller than ${maximumBytes} bytes for the InvokeFunction operation`,
    { status: 413 },
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

/** "Up to 3,583 bytes of base64-encoded data" (Lambda reference, Invoke); AWS's words beyond that aren't on record. */
const MAX_CLIENT_CONTEXT_BYTES = 3_583;

/** JSON text, base64 in its header; functions find it as `context.clientContext`. */
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

function logResult({ logTail }: InvokeResult): string {
  return Buffer.from(logTail).subarray(-MAXIMUM_LOG_TAIL_BYTES).toString('base64');
}
