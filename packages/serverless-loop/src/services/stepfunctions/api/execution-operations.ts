import { integer, list, oneOf, required, structure, text, timestamp } from '../../../aws/members.ts';
import { invalid, invalidArn, noSuchMachine, notOfThisType, refuseNoArn } from '../errors.ts';
import type { KeptExecution } from '../executions/executions.ts';
import { machineArnOf } from '../machines/state-machine.ts';
import type { StateMachines } from '../machines/state-machines.ts';
import { listed, operation } from './context.ts';
import { executionView, summaryView } from './execution-views.ts';
import { settingsView } from './machine-views.ts';
import {
  ARN,
  CAUSE,
  ERROR,
  EXECUTION_TIMES,
  INCLUDED_DATA,
  LONG_ARN,
  MACHINE,
  NAME,
  PAGED,
  RESULT,
} from './shapes.ts';

const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] as const;

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

export const EXECUTION_OPERATIONS = {
  RedriveExecution: operation({
    input: {
      executionArn: required(ARN),
      clientToken: text({ min: 1, max: 64, pattern: '[!-~]+' }),
    },
    output: { redriveDate: timestamp() },
    needs: ({ executionArn = '*' }) => [executionArn],
    handle({ executionArn }, { executions, now }) {
      refuseExpress(executionArn);
      const redriveDate = now();
      executions.redrive(executions.get(executionArn), redriveDate);
      return { redriveDate };
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
    handle(input, { executions, machines, mapRuns }) {
      const { stateMachineArn, mapRunArn, statusFilter, redriveFilter } = input;
      if ((stateMachineArn === undefined) === (mapRunArn === undefined))
        throw invalid('Must provide either a state machine ARN or a map run ARN');
      if (mapRunArn !== undefined) mapRuns.get(mapRunArn);
      if (stateMachineArn !== undefined) refuseUnlistable(stateMachineArn, machines);
      const found = executions
        .list()
        .filter((each) => (mapRunArn ? each.mapRunArn === mapRunArn : isStartedBy(each, stateMachineArn)))
        .filter(({ execution }) => !statusFilter || execution.outcome().status === statusFilter)
        .filter(({ redriveCount }) => !redriveFilter || redriveCount > 0 === (redriveFilter === 'REDRIVEN'));
      const order = { keyOf: startKey, descending: true };
      const { items, nextToken } = listed('ListExecutions', found, input, order);
      return { executions: items.map(summaryView), nextToken };
    },
  }),
};

/** Throws AwsError for a machine that isn't there, or whose executions nobody keeps. */
function refuseUnlistable(arn: string, machines: StateMachines): void {
  refuseNoArn(arn);
  const kept = machines.find(machineArnOf(arn));
  if (!kept) throw noSuchMachine(arn);
  if (kept.model.type === 'EXPRESS') throw notOfThisType();
}

/** Express executions have no API (LocalStack's record "test_start_async_describe_history_execution" of AWS). */
export function refuseExpress(executionArn: string): void {
  if (/^arn:[^:]*:states:[^:]*:[^:]*:express:/.test(executionArn))
    throw invalidArn('Resource type not valid in this context: express');
}

function isStartedBy(
  { model, versionArn, aliasArn, mapRunArn }: KeptExecution,
  arn: string | undefined,
): boolean {
  if (mapRunArn !== undefined) return false;
  return arn === model.arn || arn === versionArn || arn === aliasArn;
}

/** Executions that start in the same millisecond are told apart by their order. */
function startKey({ execution, sequence }: KeptExecution): string {
  return `${String(execution.startedMs).padStart(15, '0')} ${String(sequence).padStart(12, '0')}`;
}
