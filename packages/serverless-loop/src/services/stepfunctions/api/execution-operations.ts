import { integer, list, oneOf, required, structure, text, timestamp } from '../../../aws/members.ts';
import { invalid, invalidArn, noSuchMachine, notOfThisType, refuseNoArn } from '../errors.ts';
import type { KeptExecution } from '../executions/executions.ts';
import { machineArnOf } from '../machines/state-machine.ts';
import { listed, operation } from './context.ts';
import { endView, executionView, summaryView } from './execution-views.ts';
import { settingsView } from './machine-views.ts';
import {
  ARN,
  CAUSE,
  DATA,
  DATA_DETAILS,
  ERROR,
  EXECUTION_TIMES,
  INCLUDED_DATA,
  LONG_ARN,
  MACHINE,
  NAME,
  PAGED,
  TRACE_HEADER,
} from './shapes.ts';

const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] as const;

const START = { stateMachineArn: required(ARN), name: NAME, input: DATA, traceHeader: TRACE_HEADER } as const;

const SUMMARY = {
  executionArn: ARN,
  stateMachineArn: ARN,
  name: NAME,
  status: text(),
  ...EXECUTION_TIMES,
  mapRunArn: LONG_ARN,
  stateMachineVersionArn: ARN,
  stateMachineAliasArn: ARN,
  redriveCount: integer(),
  redriveDate: timestamp(),
} as const;

const RESULT = {
  input: DATA,
  inputDetails: DATA_DETAILS,
  output: DATA,
  outputDetails: DATA_DETAILS,
  error: ERROR,
  cause: CAUSE,
  traceHeader: TRACE_HEADER,
} as const;

export const EXECUTION_OPERATIONS = {
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
  StopExecution: operation({
    input: { executionArn: required(ARN), error: ERROR, cause: CAUSE },
    output: { stopDate: timestamp() },
    needs: ({ executionArn = '*' }) => [executionArn],
    handle({ executionArn, error, cause }, { executions, now }) {
      refuseExpress(executionArn);
      const { execution } = executions.get(executionArn);
      execution.stop({ ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
      return { stopDate: execution.outcome().stoppedMs ?? now() };
    },
  }),
  DescribeExecution: operation({
    input: { executionArn: required(ARN), includedData: INCLUDED_DATA },
    output: { ...SUMMARY, ...RESULT, redriveStatus: text(), redriveStatusReason: text() },
    needs: ({ executionArn = '*' }) => [executionArn],
    handle({ executionArn, includedData }, { executions }) {
      refuseExpress(executionArn);
      return executionView(executions.get(executionArn), includedData !== 'METADATA_ONLY');
    },
  }),
  DescribeStateMachineForExecution: operation({
    input: { executionArn: required(ARN), includedData: INCLUDED_DATA },
    output: { ...MACHINE, updateDate: timestamp(), mapRunArn: LONG_ARN },
    needs: ({ executionArn = '*' }) => [executionArn],
    handle({ executionArn }, { executions }) {
      refuseExpress(executionArn);
      const { model, machineUpdatedMs, revisionId } = executions.get(executionArn);
      return {
        stateMachineArn: model.arn,
        name: model.name,
        ...settingsView(model),
        updateDate: machineUpdatedMs,
        revisionId,
      };
    },
  }),
  ListExecutions: operation({
    input: {
      stateMachineArn: ARN,
      statusFilter: oneOf(STATUSES),
      mapRunArn: LONG_ARN,
      redriveFilter: oneOf(['REDRIVEN', 'NOT_REDRIVEN']),
      ...PAGED,
      nextToken: text({ min: 1, max: 3_096 }),
    },
    output: { executions: list(structure({ ...SUMMARY, itemCount: integer() })), nextToken: text() },
    needs: ({ stateMachineArn = '*' }) => [stateMachineArn],
    handle(input, { executions, machines }) {
      const { stateMachineArn, statusFilter, redriveFilter } = input;
      if (stateMachineArn === undefined) throw invalid('Must provide a state machine ARN or a map run ARN');
      refuseNoArn(stateMachineArn);
      const kept = machines.find(machineArnOf(stateMachineArn));
      if (!kept) throw noSuchMachine(stateMachineArn);
      if (kept.model.type === 'EXPRESS') throw notOfThisType();
      const found = executions
        .list()
        .filter((each) => isStartedBy(each, stateMachineArn))
        .filter(({ execution }) => !statusFilter || execution.outcome().status === statusFilter)
        .filter(({ redriveCount }) => !redriveFilter || redriveCount > 0 === (redriveFilter === 'REDRIVEN'));
      const order = { keyOf: startKey, descending: true };
      const { items, nextToken } = listed('ListExecutions', found, input, order);
      return { executions: items.map(summaryView), nextToken };
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

/** Express executions have no API (LocalStack's record "test_start_async_describe_history_execution" of AWS). */
export function refuseExpress(executionArn: string): void {
  if (/^arn:[^:]*:states:[^:]*:[^:]*:express:/.test(executionArn))
    throw invalidArn('Resource type not valid in this context: express');
}

function isStartedBy({ model, versionArn, aliasArn }: KeptExecution, arn: string): boolean {
  return arn === model.arn || arn === versionArn || arn === aliasArn;
}

/** Executions that start in the same millisecond are told apart by their order. */
function startKey({ execution, sequence }: KeptExecution): string {
  return `${String(execution.startedMs).padStart(15, '0')} ${String(sequence).padStart(12, '0')}`;
}
