import { PassThrough, type Readable } from 'node:stream';
import { eventFrame } from '../../../aws/event-stream.ts';
import { integer, oneOf, stream, text } from '../../../aws/members.ts';
import { type ResponseSink, writePart } from '../../../aws/response-sink.ts';
import type { Invoke, InvokeRequest, InvokeResult } from '../environments/invocation.ts';
import { versionOf } from '../qualifier.ts';
import { functionArn, functionOf, noFunctionToCall } from './api-function-lookup.ts';
import {
  firstTry,
  INVOKED,
  logResult,
  MAX_SYNCHRONOUS_BYTES,
  newEvent,
  refuseInvalidJson,
  refuseOversize,
} from './called-event.ts';
import { operation } from './context.ts';

export const STREAM_OPERATIONS = {
  /** Answers with what the function writes as it comes (Lambda reference, "InvokeWithResponseStream"). */
  InvokeWithResponseStream: operation({
    route: 'POST /2021-11-15/functions/{FunctionName}/response-streaming-invocations',
    action: 'InvokeFunction',
    input: {
      ...INVOKED,
      InvocationType: oneOf(['RequestResponse', 'DryRun'], { at: 'header', name: 'X-Amz-Invocation-Type' }),
    },
    output: {
      StatusCode: integer({ at: 'status' }),
      ExecutedVersion: text({ at: 'header', name: 'X-Amz-Executed-Version' }),
      ResponseStreamContentType: text({ at: 'header', name: 'Content-Type' }),
      EventStream: stream({ at: 'payload' }),
    },
    needs: functionArn,
    async handle(input, context, call) {
      const event = newEvent(input, context, call);
      if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
      refuseOversize(event.payload, MAX_SYNCHRONOUS_BYTES);
      await refuseInvalidJson(event.payload);
      const request = await firstTry(event, input);
      const { fn, qualifier } = functionOf(input, context, noFunctionToCall);
      return {
        StatusCode: 200,
        ExecutedVersion: versionOf(fn, qualifier),
        ResponseStreamContentType: 'application/vnd.amazon.eventstream',
        EventStream: await streamed(context.invoke, request, input.LogType === 'Tail'),
      };
    },
  }),
};

/** Resolves when the first part has come, or the end; rejects with the AwsError of a call that never came to the function. */
async function streamed(invoke: Invoke, request: InvokeRequest, hasLog: boolean): Promise<Readable> {
  const frames = new PassThrough();
  const begun = Promise.withResolvers<void>();
  let hasBegun = false;
  const sink: ResponseSink = {
    begin: () => {},
    write(part) {
      hasBegun = true;
      const taken = writePart(frames, payloadChunk(part));
      begun.resolve();
      return taken;
    },
  };
  const ended = invoke({ ...request, sink }).then(
    (result) => {
      // A function that doesn't stream answers with one part.
      if (!hasBegun && result.functionError === undefined) frames.write(payloadChunk(result.payload));
      if (!frames.destroyed) frames.end(invokeComplete(result, hasLog));
    },
    (error: unknown) => {
      if (!hasBegun) throw error;
      // The loop is stopping: the answer breaks off.
      frames.on('error', () => {}).destroy(error instanceof Error ? error : undefined);
    },
  );
  await Promise.race([begun.promise, ended]);
  return frames;
}

function payloadChunk(payload: Buffer): Buffer {
  return eventFrame({ type: 'PayloadChunk', contentType: 'application/octet-stream', payload });
}

/** A function's error is told by its type and, as the details, as the runtime has posted it. */
function invokeComplete(result: InvokeResult, hasLog: boolean): Buffer {
  const members = {
    ...(result.functionError !== undefined && {
      ErrorCode: result.errorType ?? result.functionError,
      ErrorDetails: result.payload.toString(),
    }),
    ...(hasLog && { LogResult: logResult(result) }),
  };
  return eventFrame({
    type: 'InvokeComplete',
    contentType: 'application/json',
    payload: Buffer.from(JSON.stringify(members)),
  });
}
