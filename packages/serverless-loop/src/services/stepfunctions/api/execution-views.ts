import type { KeptExecution } from '../executions/executions.ts';
import type { Outcome } from '../interpreter/execution.ts';

/** An execution in a list. */
export function summaryView({
  execution,
  model,
  versionArn,
  aliasArn,
  redriveCount,
  redrivenMs,
}: KeptExecution) {
  const { status, stoppedMs } = execution.outcome();
  return {
    executionArn: execution.names.arn,
    stateMachineArn: model.arn,
    name: execution.names.name,
    status,
    startDate: execution.startedMs,
    stopDate: stoppedMs,
    stateMachineVersionArn: versionArn,
    stateMachineAliasArn: aliasArn,
    redriveCount,
    redriveDate: redrivenMs,
  };
}

/** Its end, with its data unless they are not wanted. */
export function endView({ output, error, cause }: Outcome, isIncluded = true) {
  const { text, included } = { text: JSON.stringify(output), included: { included: true } };
  return {
    ...(isIncluded && text !== undefined && { output: text, outputDetails: included }),
    error,
    cause,
  };
}

export function executionView(kept: KeptExecution, isIncluded: boolean) {
  const outcome = kept.execution.outcome();
  return {
    ...summaryView(kept),
    ...(isIncluded && { input: kept.inputText, inputDetails: { included: true } }),
    ...endView(outcome, isIncluded),
    traceHeader: kept.traceHeader,
    ...redriveView(outcome.status),
  };
}

/** LocalStack's record "test_describe_execution" of AWS has this reason. */
function redriveView(status: Outcome['status']) {
  if (['FAILED', 'TIMED_OUT', 'ABORTED'].includes(status)) return { redriveStatus: 'REDRIVABLE' };
  return {
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: `Execution is ${status} and cannot be redriven`,
  };
}
