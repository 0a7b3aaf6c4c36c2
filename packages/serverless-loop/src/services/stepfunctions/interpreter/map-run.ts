/** The run of a Map at a distance, while it runs and after (API reference, "DescribeMapRun"). */
export interface MapRun {
  arn: string;
  executionArn: string;
  /** With the Map's label behind its name. */
  machineArn: string;
  /** Epoch milliseconds. */
  startedMs: number;
  stoppedMs?: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  /** These three may be changed while it runs. 0: as many as there are. */
  maxConcurrency: number;
  toleratedFailurePercentage: number;
  toleratedFailureCount: number;
  executions: RunCounts;
  items: RunCounts;
}

export interface RunCounts {
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  total: number;
}

type Ended = 'succeeded' | 'failed' | 'timedOut' | 'aborted';

const ENDS: Readonly<Record<string, Ended>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
};

export function countsOf(total: number): RunCounts {
  return { pending: total, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total };
}

/** Counts an execution of so many items as running. */
export function countStart(run: MapRun, items: number): void {
  move(run.executions, 'pending', 'running', 1);
  move(run.items, 'pending', 'running', items);
}

/** Counts it by the status that it ended with. */
export function countEnd(run: MapRun, status: string, items: number): void {
  const end = ENDS[status] ?? 'failed';
  move(run.executions, 'running', end, 1);
  move(run.items, 'running', end, items);
}

/** True while no more have failed than the run tolerates: without a count or a percentage, none. */
export function isTolerated({
  toleratedFailureCount,
  toleratedFailurePercentage,
  executions,
}: MapRun): boolean {
  const failures = executions.failed + executions.timedOut + executions.aborted;
  if (failures === 0) return true;
  if (toleratedFailureCount === 0 && toleratedFailurePercentage === 0) return false;
  const isMany = toleratedFailureCount > 0 && failures > toleratedFailureCount;
  const isMuch =
    toleratedFailurePercentage > 0 && (failures / executions.total) * 100 > toleratedFailurePercentage;
  return !isMany && !isMuch;
}

function move(counts: RunCounts, from: keyof RunCounts, to: keyof RunCounts, by: number): void {
  counts[from] -= by;
  counts[to] += by;
}
