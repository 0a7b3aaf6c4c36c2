import type { Report } from '../../../facts.ts';
import type { StackRecord } from '../stack-record.ts';
import type { HeldStack, RunningOperation } from './held-stack.ts';
import { type TreeLog, treeLog } from './tree-log.ts';

/** The reason of an end that is not undone: the loop ends, and all that it holds. */
export const STOPPED = new Error('The loop is stopping.');

/** One at a time on a stack. A fault of the loop's own ends it where it is, and is told. */
export function begin(
  held: HeldStack,
  { report, keepRecord }: { report: Report; keepRecord(record: StackRecord): void },
  work: (log: TreeLog, signal: AbortSignal) => Promise<void> | void,
): RunningOperation {
  const log = treeLog(held, report, keepRecord);
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

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
