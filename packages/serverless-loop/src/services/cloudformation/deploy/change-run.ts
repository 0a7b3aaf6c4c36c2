import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { ResourceProblem } from '../../../template/deployment.ts';
import type { HeldKind } from '../../../template/held-kind.ts';
import type { Stack } from '../../../template/model.ts';
import { stackPathOf } from '../../../template/stack-path.ts';
import { isReplacement, type ResourceChange } from './difference.ts';
import { subjectOf, unmade } from './event-log.ts';
import { dispensable } from './needed.ts';
import { nestedRun } from './nested-run.ts';
import { type Removal, removeAll } from './removals.ts';
import { failureReason, refuseChange, remarkOn } from './resource-failure.ts';
import { type Step, stepsBetween } from './steps.ts';
import type { TreeLog } from './tree-log.ts';

/** The way from a stack as it is to the one that it is to become. */
export interface Plan {
  before: Stack | undefined;
  after: Stack | undefined;
  changes: readonly ResourceChange[];
  problems: readonly ResourceProblem[];
  /** A failure is followed by a rollback. */
  undoes: boolean;
}

/** One operation on a stack, as the phases that CloudFormation goes through. */
export interface ChangeRun {
  /** Makes and changes resource by resource. Rejects with ResourceFailure at the first that fails. */
  apply(): Promise<void>;
  /** Removes what is no longer of the stack; gives the logical ids of what can't be removed, which is told and left. */
  cleanUp(): Promise<string[]>;
  /** Changes back what was changed. */
  undo(): Promise<void>;
  /** The logical ids of what was made or changed so far. */
  made(): string[];
  /** Removes what was made. */
  cleanUpAfterUndo(): Promise<string[]>;
}

const REPLACING = 'Requested update requires the creation of a new physical resource; hence creating one.';

export function changeRun(
  plan: Plan,
  kinds: readonly HeldKind[],
  log: TreeLog,
  signal: AbortSignal,
): ChangeRun {
  const { before, after, changes, problems } = plan;
  const steps = stepsBetween(before, after, kinds);
  const nested = nestedRun(
    { changes, undoes: plan.undoes, before: before?.nested ?? [], after: after?.nested ?? [] },
    log,
  );
  const unneeded = dispensable(after?.states() ?? [], after?.resources ?? []);
  const oldOrder = before?.states().map(({ logicalId }) => logicalId) ?? [];
  const applied: Step[] = [];
  const made: Exclude<ResourceChange, { action: 'Remove' }>[] = [];
  /** The changes by which a resource goes, each before those that it depends on. */
  const leaving = changes
    .flatMap((change) => (change.action === 'Remove' || isReplacement(change) ? [change] : []))
    .sort((one, other) => oldOrder.indexOf(other.before.logicalId) - oldOrder.indexOf(one.before.logicalId));

  async function apply(some: readonly Step[]): Promise<void> {
    for (const step of some) {
      await step.apply();
      applied.push(step);
    }
  }

  async function make(change: Exclude<ResourceChange, { action: 'Remove' }>): Promise<void> {
    const { action, after: resource } = change;
    const verb = action === 'Add' ? 'CREATE' : 'UPDATE';
    const { logicalId } = resource;
    if (nested.isNested(logicalId)) {
      nested.finish(logicalId);
      made.push(change);
      return;
    }
    nested.open(stackPathOf(logicalId));
    const subject = subjectOf(resource);
    const current = action === 'Add' ? unmade(subject) : { ...subject, physicalId: change.before.physicalId };
    log.resource(current, `${verb}_IN_PROGRESS`, isReplacement(change) ? REPLACING : undefined);
    try {
      refuseChange(change, problems, after, unneeded);
      if (action === 'Add' || isReplacement(change))
        log.resource(subject, `${verb}_IN_PROGRESS`, 'Resource creation Initiated');
      await apply(steps.filter((step) => step.logicalId === logicalId));
    } catch (cause) {
      log.resource(current, `${verb}_FAILED`, failureReason(cause, resource));
      throw nested.fail(logicalId, action === 'Add' ? 'create' : 'update');
    }
    made.push(change);
    log.resource(subject, `${verb}_COMPLETE`, remarkOn(logicalId, after));
    await endOfTurn();
  }

  /** The resources that were made new; a nested stack, though it is not whole, before those that it is made of. */
  function undoneRemovals(): Removal[] {
    const unfinished = nested.begun('new').filter((change) => !made.includes(change));
    return [...unfinished, ...made.toReversed()].flatMap((change) => {
      if (change.action === 'Modify' && !isReplacement(change)) return [];
      // A failed creation keeps none of its resources, but for those that are to be kept whatever happens.
      const { deletionPolicy, logicalId } = change.after;
      const policy =
        change.action === 'Modify' || deletionPolicy === 'RetainExceptOnCreate' ? 'Delete' : deletionPolicy;
      const work = async () => {
        for (const step of steps)
          if (step.logicalId === logicalId && applied.includes(step)) await step.undo();
      };
      return [{ resource: change.after, policy, work }];
    });
  }

  return {
    async apply() {
      for (const change of changes) {
        signal.throwIfAborted();
        if (change.action !== 'Remove') await make(change);
      }
      // Parts of resources that stay the same: a function, say, whose permission is another now.
      await apply(steps.filter((step) => !applied.includes(step)));
    },
    async cleanUp() {
      const removals = leaving.map((change): Removal => {
        const { logicalId, deletionPolicy, updateReplacePolicy } = change.before;
        const policy = change.action === 'Remove' ? deletionPolicy : updateReplacePolicy;
        const work = async () => {
          for (const step of steps) if (step.logicalId === logicalId) await step.cleanUp();
        };
        return { resource: change.before, policy, work };
      });
      const failed = await removeAll(removals, log);
      nested.cleanedUp('UPDATE_COMPLETE');
      return failed;
    },
    made: () => [...made, ...nested.begun('new')].map(({ after: { logicalId } }) => logicalId),
    async undo() {
      nested.undo();
      const changed = new Map(
        [...made, ...nested.begun('changed')].flatMap((change) =>
          'before' in change ? [[change.before.logicalId, subjectOf(change.before)]] : [],
        ),
      );
      for (const subject of [...changed.values()].reverse()) log.resource(subject, 'UPDATE_IN_PROGRESS');
      for (const step of applied.toReversed()) if (!step.makesNew) await step.undo();
      for (const subject of [...changed.values()].reverse()) log.resource(subject, 'UPDATE_COMPLETE');
      nested.undone();
    },
    async cleanUpAfterUndo() {
      const failed = await removeAll(undoneRemovals(), log);
      nested.cleanedUp('UPDATE_ROLLBACK_COMPLETE');
      return failed;
    },
  };
}
