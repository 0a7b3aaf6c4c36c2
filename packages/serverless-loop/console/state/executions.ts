import type { FactOnWire } from '../../src/console/fact-answer.ts';

/** An execution of a state machine, as far as facts tell of it. */
export interface ExecutionRow {
  arn: string;
  machineName: string;
  name: string;
  isExpress: boolean;
  startedAt: string;
  status: ExecutionStatus;
  durationMs?: number;
  /** The state that it entered last. */
  stateName?: string;
  retries: number;
  error?: string;
  cause?: string;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export type ExecutionFact = Extract<FactOnWire, { executionName: string }>;

/** Joins facts into the executions that they are about, the newest first. One whose beginning gave way is left out. */
export function executionRows(facts: readonly FactOnWire[]): ExecutionRow[] {
  const rows: ExecutionRow[] = [];
  // Of two executions of an Express machine with one name, the later is meant.
  const latest = new Map<string, ExecutionRow>();
  for (const fact of facts) {
    if (!('executionName' in fact)) continue;
    const key = `${fact.machineName} ${fact.executionName}`;
    if (fact.kind === 'execution.started') {
      const row = newRow(fact);
      rows.push(row);
      latest.set(key, row);
      continue;
    }
    const row = latest.get(key);
    if (row) tell(row, fact);
  }
  return rows.reverse();
}

function newRow(fact: Extract<ExecutionFact, { kind: 'execution.started' }>): ExecutionRow {
  const { executionArn: arn, machineName, executionName: name, machineType, time } = fact;
  const isExpress = machineType === 'EXPRESS';
  return { arn, machineName, name, isExpress, startedAt: time, status: 'RUNNING', retries: 0 };
}

function tell(row: ExecutionRow, fact: ExecutionFact): void {
  switch (fact.kind) {
    case 'state.entered':
      row.stateName = fact.stateName;
      return;
    case 'state.retry':
      row.retries += 1;
      return;
    case 'execution.ended': {
      const { status, durationMs, error, cause } = fact;
      Object.assign(row, {
        status,
        durationMs,
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      });
    }
  }
}

/** The parts of an ARN that an address has: the machine, and the execution's name, of an Express one with its id. */
export function executionAddress(arn: string): string[] {
  const [, , , , , , machine = '', ...name] = arn.split(':');
  return ['executions', machine, name.join(':')];
}

/** The ARN of an execution of a machine, by its name. */
export function executionArnOf(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** All that facts tell of one execution, from its beginning to its end. */
export function executionFacts(facts: readonly FactOnWire[], arn: string): ExecutionFact[] {
  const own: ExecutionFact[] = [];
  for (const fact of facts) {
    if (!('executionName' in fact)) continue;
    const [first] = own;
    if (!first) {
      if (fact.kind === 'execution.started' && fact.executionArn === arn) own.push(fact);
      continue;
    }
    if (fact.machineName !== first.machineName || fact.executionName !== first.executionName) continue;
    if ('executionArn' in fact && fact.executionArn !== arn) continue;
    own.push(fact);
    if (fact.kind === 'execution.ended') break;
  }
  return own;
}

/** A fact of an execution in words. */
export function executionWords(fact: ExecutionFact): string {
  switch (fact.kind) {
    case 'execution.started':
      return 'the execution begins';
    case 'state.entered':
      return `enters ${fact.stateName} (${fact.stateType})`;
    case 'state.retry':
      return `${fact.stateName} failed with ${fact.error}, and is tried again after ${fact.delayMs} ms`;
    case 'task.failed':
      return ['the call failed', fact.error, fact.cause].filter((part) => part !== undefined).join(': ');
    case 'execution.ended':
      return [`the execution ended: ${fact.status}`, fact.error, fact.cause]
        .filter((part) => part !== undefined)
        .join(': ');
  }
}
