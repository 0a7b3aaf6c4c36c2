import type { Report } from '../../../facts.ts';
import type { HeldKind } from '../../../template/held-kind.ts';
import type { OnFailure } from '../shapes.ts';
import type { StackRecord } from '../stack-record.ts';
import { changeRun } from './change-run.ts';
import { leave, undoCreation, undoUpdate } from './failed-change.ts';
import { type HeldStack, keepResourcesOf, type RunningOperation } from './held-stack.ts';
import { onlyOf } from './mixed-stack.ts';
import type { NextStack } from './reading.ts';
import { failedToDelete } from './resource-failure.ts';
import { begin, messageOf, STOPPED } from './running-operation.ts';

export interface OperationOptions {
  kinds: readonly HeldKind[];
  report: Report;
  /** Puts the record of a nested stack among those that CloudFormation tells of. */
  keepRecord(record: StackRecord): void;
}

export interface ChangeOptions extends OperationOptions {
  onFailure: OnFailure;
  /** In the first event. */
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
      after: next.stack,
      changes: next.changes,
      problems: next.problems,
      undoes: options.onFailure !== 'DO_NOTHING',
    };
    const run = changeRun(plan, options.kinds, log, signal);
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
    for (const model of next.stack.nested) log.settle(model);
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
    record.deletedAt = Date.now();
    log.stack('DELETE_IN_PROGRESS', 'User Initiated');
    try {
      options.checkExports();
    } catch (error) {
      return log.stack('DELETE_FAILED', messageOf(error));
    }
    const plan = {
      before: held.stack,
      after: undefined,
      changes: (held.stack?.states() ?? []).map((before) => ({
        action: 'Remove' as const,
        before: retained.has(before.logicalId) ? { ...before, deletionPolicy: 'Retain' } : before,
      })),
      problems: [],
      undoes: false,
    };
    const failed = new Set(await changeRun(plan, options.kinds, log, signal).cleanUp());
    held.stack &&= onlyOf(held.stack, failed);
    if (failed.size > 0) return log.stack('DELETE_FAILED', failedToDelete([...failed]));
    record.outputs = [];
    log.stack('DELETE_COMPLETE');
  });
}

function takeOver(held: HeldStack, { stack, names, imports }: NextStack): void {
  held.stack = stack;
  held.names = names;
  held.imports = imports;
  keepResourcesOf(held);
}
