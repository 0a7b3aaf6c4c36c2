import { integer, required, structure, text, timestamp } from '../../../aws/members.ts';
import { operation } from './context.ts';
import { endView } from './execution-views.ts';
import { ARN, DATA, EXECUTION_TIMES, INCLUDED_DATA, NAME, RESULT, TRACE_HEADER } from './shapes.ts';

const START = { stateMachineArn: required(ARN), name: NAME, input: DATA, traceHeader: TRACE_HEADER } as const;

export const START_OPERATIONS = {
  StartExecution: operation({
    input: START,
    output: { executionArn: ARN, startDate: timestamp() },
    needs: ({ stateMachineArn = '*' }) => [stateMachineArn],
    handle(input, { starter }, call) {
      const { names, startedMs } = starter.start(requestOf(input, call.traceHeader));
      return { executionArn: names.arn, startDate: startedMs };
    },
  }),
  StartSyncExecution: operation({
    input: { ...START, includedData: INCLUDED_DATA },
    output: {
      executionArn: ARN,
      stateMachineArn: ARN,
      name: NAME,
      status: text(),
      ...EXECUTION_TIMES,
      ...RESULT,
      billingDetails: structure({
        billedMemoryUsedInMB: integer(),
        billedDurationInMilliseconds: integer(),
      }),
    },
    needs: ({ stateMachineArn = '*' }) => [stateMachineArn],
    async handle(input, { starter, now }, call) {
      const execution = starter.startSync(requestOf(input, call.traceHeader));
      await execution.ended;
      const outcome = execution.outcome();
      const { startedMs, names } = execution;
      const { stoppedMs = now() } = outcome;
      return {
        executionArn: names.arn,
        stateMachineArn: input.stateMachineArn,
        name: names.name,
        startDate: startedMs,
        stopDate: stoppedMs,
        status: outcome.status,
        input: input.input ?? '{}',
        inputDetails: { included: true },
        ...endView(outcome),
        traceHeader: input.traceHeader,
        // Duration is billed by 100 milliseconds, memory by 64 MB (Step Functions pricing, "Express Workflows").
        billingDetails: {
          billedMemoryUsedInMB: 64,
          billedDurationInMilliseconds: Math.max(1, Math.ceil((stoppedMs - startedMs) / 100)) * 100,
        },
      };
    },
  }),
};

function requestOf(
  input: { stateMachineArn: string; name?: string; input?: string; traceHeader?: string },
  headerOfCall: string | undefined,
) {
  const { stateMachineArn: arn, name, input: inputText } = input;
  const traceHeader = input.traceHeader ?? headerOfCall;
  return {
    arn,
    ...(name !== undefined && { name }),
    ...(inputText !== undefined && { inputText }),
    ...(traceHeader !== undefined && { traceHeader }),
  };
}
