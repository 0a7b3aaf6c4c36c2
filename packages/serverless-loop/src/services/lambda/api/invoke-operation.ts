import { blob, integer, oneOf, text } from '../../../aws/members.ts';
import { functionArn } from './api-function-lookup.ts';
import {
  firstTry,
  INVOKED,
  logResult,
  MAX_ASYNCHRONOUS_BYTES,
  MAX_SYNCHRONOUS_BYTES,
  newEvent,
  refuseInvalidJson,
  refuseOversize,
} from './called-event.ts';
import { operation } from './context.ts';

export const INVOKE_OPERATIONS = {
  /** Waits for the function, leaves it to the queue, or does nothing (Lambda reference, "Invoke"). */
  Invoke: operation({
    route: 'POST /2015-03-31/functions/{FunctionName}/invocations',
    action: 'InvokeFunction',
    input: {
      ...INVOKED,
      InvocationType: oneOf(['Event', 'RequestResponse', 'DryRun'], {
        at: 'header',
        name: 'X-Amz-Invocation-Type',
      }),
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
      refuseOversize(payload, isAsynchronous ? MAX_ASYNCHRONOUS_BYTES : MAX_SYNCHRONOUS_BYTES);
      await refuseInvalidJson(payload);
      if (isAsynchronous) {
        context.accept(event);
        return { StatusCode: 202, TraceHeader };
      }

      const result = await context.invoke(await firstTry(event, input));
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
