import type { Report } from '../../facts.ts';
import type { StackRecord } from '../stack-record.ts';
import { type ChangeRun, changeRun } from './change-run.ts';
import { type EventLog, eventLog } from './event-log.ts';
import type { HeldStack, RunningOperation } from './held-stack.ts';
import type { Holders } from './holders.ts';
import { mixOf, onlyOf, statesOf } from './mixed-stack.ts';
import type { NextStack } from './reading.ts';

export interface OperationOptions {
  holders: Holders;
  report: Report;
}

export interface ChangeOptions extends OperationOptions {
  /** What becomes of a change that fails. */
  onFailure: 'ROLLBACK' | 'DO_NOTHING' | 'DELETE';
  /** What the first event says. */
  startReason: string;
  /** Throws when the outputs can't be exported. */
  checkExports(): void;
  /** Makes the record say what the new template does. */
  settle(record: StackRecord): void;
}

/**
 * Makes of a stack what a template says. Goes through the statuses of the guide's "Stack status codes".
 */
export function startChange(held: HeldStack, next: NextStack, options: ChangeOptions): RunningOperation {
  const { record } = held;
  const isCreation = held.stack === undefined;
  return begin(held, options, async (log, signal) => {
    log.stack(isCreation ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS', options.startReason);
    const plan = {
      before: held.stack,
      oldOrder: held.resources.map(({ logicalId }) => logicalId),
      after: next.stack,
      resources: next.resources,
      changes: next.changes,
      problems: next.problems,
    };
    const run = changeRun(plan, options.holders, log, signal);
    try {
      await run.apply();
      options.checkExports();
    } catch (error) {
      if (signal.reason === STOPPED) return;
      const failed = { run, held, next, log, reason: messageOf(error) };
      if (options.onFailure === 'DO_NOTHING') return leave(failed);
      return isCreation ? undoCreation(failed, options.onFailure) : undoUpdate(failed);
    }
    if (!isCreation) log.stack('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    await run.cleanUp();
    takeOver(held, next);
    options.settle(record);
    log.stack(isCreation ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
  });
}

/** Removes a stack with all that it is made of, but for what is to be retained. */
export function startDeletion(
  held: HeldStack,
  retained: ReadonlySet<string>,
  options: OperationOptions & { checkExports(): void },
): RunningOperation {
  const { record } = held;
  return begin(held, options, async (log, signal) => {
    log.stack('DELETE_IN_PROGRESS', 'User Initiated');
    try {
      options.checkExports();
    } catch (error) {
      return log.stack('DELETE_FAILED', messageOf(error));
    }
    const plan = {
      before: held.stack,
      oldOrder: held.resources.map(({ logicalId }) => logicalId),
      after: undefined,
      resources: [],
      changes: held.resources.map((before) => ({
        action: 'Remove' as const,
        before: retained.has(before.logicalId) ? { ...before, deletionPolicy: 'Retain' } : before,
      })),
      problems: [],
    };
    const failed = new Set(await changeRun(plan, options.holders, log, signal).cleanUp());
    held.stack &&= onlyOf(held.stack, failed);
    held.resources = statesOf(held.resources, failed);
    if (failed.size > 0)
      return log.stack(
        'DELETE_FAILED',
        `The following resource(s) failed to delete: [${[...failed].join(', ')}]. `,
      );
    record.deletedAt = Date.now();
    record.outputs = [];
    log.stack('DELETE_COMPLETE');
  });
}

/** Why an operation ends that is not undone: the loop ends, and all that it holds. */
const STOPPED = new Error('The loop is stopping.');

interface FailedChange {
  run: ChangeRun;
  held: HeldStack;
  next: NextStack;
  log: EventLog;
  reason: string;
}

/** What was made stays, for the person to look at (API reference, `DisableRollback`). */
function leave({ run, held, next, log, reason }: FailedChange): void {
  const made = new Set(run.made());
  const kept = new Set([...held.resources.map(({ logicalId }) => logicalId), ...made]);
  const isCreation = held.stack === undefined;
  held.stack = held.stack ? mixOf(held.stack, next.stack, made) : onlyOf(next.stack, made);
  held.resources = [
    ...held.resources.filter(({ logicalId }) => !made.has(logicalId)),
    ...statesOf(next.resources, made),
  ];
  held.names = next.names;
  if (!isCreation)
    held.record.resources = held.record.resources.filter(({ logicalId }) => kept.has(logicalId));
  log.stack(isCreation ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
}

async function undoCreation(
  { run, log, reason, held }: FailedChange,
  onFailure: ChangeOptions['onFailure'],
): Promise<void> {
  const verb = onFailure === 'DELETE' ? 'DELETE' : 'ROLLBACK';
  log.stack(
    `${verb}_IN_PROGRESS`,
    `${reason}${verb === 'DELETE' ? 'Delete' : 'Rollback'} requested by user.`,
  );
  const failed = await run.cleanUpAfterUndo();
  if (failed.length > 0)
    return log.stack(
      `${verb}_FAILED`,
      `The following resource(s) failed to delete: [${failed.join(', ')}]. `,
    );
  if (verb === 'DELETE') held.record.deletedAt = Date.now();
  log.stack(`${verb}_COMPLETE`);
}

async function undoUpdate({ run, held, log, reason }: FailedChange): Promise<void> {
  log.stack('UPDATE_ROLLBACK_IN_PROGRESS', reason);
  try {
    await run.undo();
  } catch (error) {
    return log.stack('UPDATE_ROLLBACK_FAILED', messageOf(error));
  }
  log.stack('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  await run.cleanUpAfterUndo();
  keepResourcesOf(held);
  log.stack('UPDATE_ROLLBACK_COMPLETE');
}

function takeOver(held: HeldStack, { stack, resources, names, imports }: NextStack): void {
  held.stack = stack;
  held.resources = resources;
  held.names = names;
  held.imports = imports;
  keepResourcesOf(held);
}

/** The record forgets resources that are no longer of the stack. */
function keepResourcesOf({ record, resources }: HeldStack): void {
  const kept = new Set(resources.map(({ logicalId }) => logicalId));
  record.resources = record.resources.filter(({ logicalId }) => kept.has(logicalId));
}

/** One at a time on a stack. A fault of the loop's own ends it where it is, and is told. */
function begin(
  held: HeldStack,
  { report }: OperationOptions,
  work: (log: EventLog, signal: AbortSignal) => Promise<void> | void,
): RunningOperation {
  const log = eventLog(held.record, report);
  const cancelling = new AbortController();
  const done = Promise.resolve(work(log, cancelling.signal))
    .catch((error: unknown) => {
      const { status } = held.record;
      log.stack(failedFrom(status), `The loop failed: ${messageOf(error)}`);
    })
    .finally(() => {
      held.operation = undefined;
    });
  const operation = {
    cancel: () => cancelling.abort(new Error('Stack update cancelled. ')),
    stop: () => cancelling.abort(STOPPED),
    done,
  };
  held.operation = operation;
  return operation;
}

function failedFrom(status: StackRecord['status']): StackRecord['status'] {
  if (status.startsWith('CREATE')) return 'CREATE_FAILED';
  if (status.startsWith('DELETE')) return 'DELETE_FAILED';
  if (status.startsWith('ROLLBACK')) return 'ROLLBACK_FAILED';
  return status.startsWith('UPDATE_ROLLBACK') ? 'UPDATE_ROLLBACK_FAILED' : 'UPDATE_FAILED';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
