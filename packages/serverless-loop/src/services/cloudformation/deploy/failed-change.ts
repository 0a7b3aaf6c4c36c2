import type { ChangeRun } from './change-run.ts';
import type { EventLog } from './event-log.ts';
import { type HeldStack, keepResourcesOf } from './held-stack.ts';
import { mixOf, onlyOf } from './mixed-stack.ts';
import type { NextStack } from './reading.ts';
import { failedToDelete } from './resource-failure.ts';
import { messageOf } from './running-operation.ts';

export interface FailedChange {
  run: ChangeRun;
  held: HeldStack;
  next: NextStack;
  log: EventLog;
  reason: string;
}

/** Leaves the resources that were made, for the person to look at (API reference, `DisableRollback`). */
export function leave({ run, held, next, log, reason }: FailedChange): void {
  const made = new Set(run.made());
  const isCreation = held.stack === undefined;
  held.stack = held.stack ? mixOf(held.stack, next.stack, made) : onlyOf(next.stack, made);
  held.names = next.names;
  if (!isCreation) keepResourcesOf(held);
  log.stack(isCreation ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
}

export async function undoCreation(
  { run, log, reason, held, next }: FailedChange,
  onFailure: 'ROLLBACK' | 'DELETE',
): Promise<void> {
  const verb = onFailure === 'DELETE' ? 'DELETE' : 'ROLLBACK';
  held.record.deletedAt = Date.now();
  log.stack(
    `${verb}_IN_PROGRESS`,
    `${reason}${verb === 'DELETE' ? 'Delete' : 'Rollback'} requested by user.`,
  );
  const failed = await run.cleanUpAfterUndo();
  if (failed.length > 0) {
    // They are still the stack's: who deletes it hears of them again.
    held.stack = onlyOf(next.stack, new Set(failed));
    return log.stack(`${verb}_FAILED`, failedToDelete(failed));
  }
  log.stack(`${verb}_COMPLETE`);
}

export async function undoUpdate({ run, held, log, reason }: FailedChange): Promise<void> {
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
