import type { Dimension, MetricUnit } from '../../aws/metric.ts';
import type { Report } from '../../facts.ts';
import type { MetricStore } from './metric-store.ts';

const NAMESPACE = 'AWS/States';

const ENDS = {
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
} as const;

/** Step Functions' own metrics of executions (Step Functions guide, "Monitoring Step Functions metrics using Amazon CloudWatch"). */
export function statesMetrics(store: MetricStore, now: () => number): Report {
  function count(name: string, executionArn: string, value = 1, unit: MetricUnit = 'Count'): void {
    store.count({ namespace: NAMESPACE, name, dimensions: machineOf(executionArn) }, now(), value, unit);
  }

  return (fact) => {
    if (fact.kind === 'execution.started') count('ExecutionsStarted', fact.executionArn);
    if (fact.kind !== 'execution.ended') return;
    count(ENDS[fact.status], fact.executionArn);
    count('ExecutionTime', fact.executionArn, fact.durationMs, 'Milliseconds');
  };
}

/** `arn:aws:states:<region>:<account>:execution:<machine>:<name>`, and `express:` in its place. */
function machineOf(executionArn: string): Dimension[] {
  const [arn, partition, service, region, account, , machineName] = executionArn.split(':');
  const value = [arn, partition, service, region, account, 'stateMachine', machineName].join(':');
  return [{ name: 'StateMachineArn', value }];
}
