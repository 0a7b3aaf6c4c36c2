import { noSuchExecution, refuseNoArn } from '../errors.ts';
import type { Execution } from '../interpreter/execution.ts';
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
  /** Counts up with each that is started. */
  sequence: number;
  redriveCount: number;
  redrivenMs?: number;
}

/** Events of ended executions that are kept; AWS keeps each for 90 days (Step Functions guide, "Service quotas"). */
const MOST_EVENTS = 500_000;

/** The executions of Standard machines, by their ARNs. The oldest that have ended go when their events become too many. */
export class Executions {
  readonly #kept = new Map<string, KeptExecution>();
  #started = 0;
  /** Of those that have ended. */
  #events = 0;

  add(started: Omit<KeptExecution, 'sequence' | 'redriveCount'>): void {
    const { execution } = started;
    this.#started += 1;
    this.#kept.set(execution.names.arn, { ...started, sequence: this.#started, redriveCount: 0 });
    void execution.ended.then(() => {
      this.#events += execution.history.events.length;
      if (this.#events > MOST_EVENTS) this.#forgetOld();
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
      if (this.#events <= MOST_EVENTS) return;
      if (execution.outcome().status === 'RUNNING') continue;
      this.#events -= execution.history.events.length;
      this.#kept.delete(arn);
    }
  }
}
