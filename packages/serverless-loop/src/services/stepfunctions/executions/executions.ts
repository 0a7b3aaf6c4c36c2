import { DAY_MS } from '../../../aws/time-units.ts';
import { noSuchExecution, notRedrivable, refuseNoArn } from '../errors.ts';
import type { Execution } from '../interpreter/execution-port.ts';
import type { StateMachineModel } from '../machines/state-machine.ts';

/** An execution of a Standard machine, while it runs and after. */
export interface KeptExecution {
  execution: Execution;
  /** The text that it was started with. */
  inputText: string;
  /** The machine as it was when it began. */
  model: StateMachineModel;
  machineUpdatedMs: number;
  revisionId?: string;
  versionArn?: string;
  aliasArn?: string;
  traceHeader?: string;
  /** Of the execution of an item of a Map at a distance. */
  mapRunArn?: string;
  /** Counts up with each that is started. */
  sequence: number;
  redriveCount: number;
  redrivenMs?: number;
}

/** So long after its end an execution can be redriven (Step Functions guide, "Restarting state machine executions with redrive"). */
const REDRIVABLE_MS = 14 * DAY_MS;

/** Events of ended executions that are kept; AWS keeps each for 90 days (Step Functions guide, "Service quotas"). */
const MAX_EVENTS = 500_000;

/** The executions of Standard machines, by their ARNs. The oldest that have ended go when their events become too many. */
export class Executions {
  readonly #kept = new Map<string, KeptExecution>();
  #started = 0;
  /** Of those that have ended. */
  #events = 0;

  add(started: Omit<KeptExecution, 'sequence' | 'redriveCount'>): void {
    const kept = { ...started, sequence: this.#started, redriveCount: 0 };
    this.#started += 1;
    this.#kept.set(kept.execution.names.arn, kept);
    this.#countWhenEnded(kept);
  }

  /** Goes on with the state that failed. Throws the AwsError ExecutionNotRedrivable. */
  redrive(kept: KeptExecution, nowMs: number): void {
    const { execution } = kept;
    const { status, stoppedMs = nowMs } = execution.outcome();
    if (status === 'RUNNING' || status === 'SUCCEEDED')
      throw notRedrivable(`Execution is ${status} and cannot be redriven`);
    if (nowMs - stoppedMs > REDRIVABLE_MS)
      throw notRedrivable('Execution has exceeded its redrivable period');
    this.#events -= execution.history.events.length;
    kept.redriveCount += 1;
    kept.redrivenMs = nowMs;
    execution.redrive();
    this.#countWhenEnded(kept);
  }

  #countWhenEnded({ execution }: KeptExecution): void {
    void execution.ended.then(() => {
      this.#events += execution.history.events.length;
      if (this.#events > MAX_EVENTS) this.#forgetOld();
    });
  }

  /** The latest first. */
  list(): KeptExecution[] {
    return [...this.#kept.values()].reverse();
  }

  find(arn: string): KeptExecution | undefined {
    return this.#kept.get(arn);
  }

  /** Throws the AwsError InvalidArn or ExecutionDoesNotExist. */
  get(arn: string): KeptExecution {
    refuseNoArn(arn);
    const kept = this.#kept.get(arn);
    if (!kept) throw noSuchExecution(arn);
    return kept;
  }

  clear(): void {
    for (const { execution } of this.#kept.values()) execution.abandon();
    this.#kept.clear();
    this.#events = 0;
  }

  #forgetOld(): void {
    for (const [arn, { execution }] of this.#kept) {
      if (this.#events <= MAX_EVENTS) return;
      if (execution.outcome().status === 'RUNNING') continue;
      this.#events -= execution.history.events.length;
      this.#kept.delete(arn);
    }
  }
}
