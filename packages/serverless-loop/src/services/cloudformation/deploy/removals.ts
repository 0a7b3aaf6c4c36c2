import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { ResourceState } from '../../../template/deployment.ts';
import { isWithin } from '../../../template/stack-path.ts';
import { STACK_TYPE } from '../stack-record.ts';
import { subjectOf } from './event-log.ts';
import { failedToDelete, failureReason } from './resource-failure.ts';
import type { TreeLog } from './tree-log.ts';

/** A resource that is to go, by a way of its own. */
export interface Removal {
  resource: ResourceState;
  policy: string;
  /** Takes away what runs of it. */
  work(): Promise<void>;
}

/**
 * Removes resources in their order, of which a nested stack comes right before what it is made of, and tells of it; gives the
 * logical ids of those that can't be removed and stay.
 */
export async function removeAll(removals: readonly Removal[], log: TreeLog): Promise<string[]> {
  const failed: string[] = [];
  /** Nested stacks that are being removed, the innermost last. */
  const open: ResourceState[] = [];
  let retained: string | undefined;

  function close(stack: ResourceState): void {
    const path = stack.logicalId;
    const left = failed.filter((logicalId) => isWithin(logicalId, path));
    if (left.length === 0) {
      log.of(path).stack('DELETE_COMPLETE');
      log.resource(subjectOf(stack), 'DELETE_COMPLETE');
      log.forget(path);
      return;
    }
    const reason = failedToDelete(left.map((logicalId) => logicalId.slice(path.length + 1)));
    log.of(path).stack('DELETE_FAILED', reason);
    log.resource(subjectOf(stack), 'DELETE_FAILED', reason);
    failed.push(path);
  }

  function closeAllBut(logicalId: string): void {
    for (let last = open.at(-1); last && !isWithin(logicalId, last.logicalId); last = open.at(-1)) {
      open.pop();
      close(last);
    }
  }

  for (const { resource, policy, work } of removals) {
    const { logicalId } = resource;
    if (retained !== undefined && isWithin(logicalId, retained)) continue;
    closeAllBut(logicalId);
    const subject = subjectOf(resource);
    if (policy.startsWith('Retain') || policy === 'Snapshot') {
      log.resource(subject, 'DELETE_SKIPPED');
      retained = logicalId;
      continue;
    }
    log.resource(subject, 'DELETE_IN_PROGRESS');
    if (resource.type === STACK_TYPE && log.has(logicalId)) {
      log.of(logicalId).stack('DELETE_IN_PROGRESS', 'User Initiated');
      open.push(resource);
      continue;
    }
    try {
      await work();
      log.resource(subject, 'DELETE_COMPLETE');
      await endOfTurn();
    } catch (error) {
      log.resource(subject, 'DELETE_FAILED', failureReason(error, resource));
      failed.push(logicalId);
    }
  }
  closeAllBut('');
  return failed;
}
