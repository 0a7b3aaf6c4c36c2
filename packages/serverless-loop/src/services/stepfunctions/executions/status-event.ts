import type { ServiceEvent } from '../../../aws/service-event.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { Started } from './started.ts';

const STATUSES: Readonly<Record<string, string>> = {
  ExecutionStarted: 'RUNNING',
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};

/**
 * The change of an execution's status that an event of its history tells, of Standard machines alone (Step Functions guide,
 * "Automating Step Functions event delivery with EventBridge"); undefined for another event.
 */
export function statusEvent(
  { type, timestampMs, details }: HistoryEvent,
  { model, name, inputText, versionArn, aliasArn }: Started,
  { arn, startedMs }: { arn: string; startedMs: number },
): ServiceEvent | undefined {
  const status = STATUSES[type];
  if (status === undefined || model.type === 'EXPRESS') return undefined;
  const { output, error, cause } = details?.value ?? {};
  const hasFailed = status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED';
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [arn],
    detail: {
      executionArn: arn,
      stateMachineArn: model.arn,
      name,
      status,
      startDate: startedMs,
      stopDate: status === 'RUNNING' ? null : timestampMs,
      input: inputText,
      output: output ?? null,
      stateMachineVersionArn: versionArn ?? null,
      stateMachineAliasArn: aliasArn ?? null,
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: hasFailed ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
      redriveStatusReason: hasFailed ? null : `Execution is ${status} and cannot be redriven`,
      inputDetails: { included: true },
      outputDetails: output === undefined ? null : { included: true },
      error: error ?? null,
      cause: cause ?? null,
    },
  };
}
