import type { NestedStackModel } from '../../../template/model.ts';
import { localIdOf, stackPathOf } from '../../../template/stack-path.ts';
import type { ResourceChange } from './difference.ts';
import { subjectOf, unmade } from './event-log.ts';
import { ResourceFailure } from './resource-failure.ts';
import type { TreeLog } from './tree-log.ts';

type Made = Exclude<ResourceChange, { action: 'Remove' }>;

/** The nested stacks that an operation makes and changes, as they are told beside their resources. */
export interface NestedRun {
  isNested(logicalId: string): boolean;
  /** Begins a nested stack, and before it those that hold it. */
  open(path: string | undefined): void;
  /** Its resources are as they shall be. */
  finish(path: string): void;
  /** Tells every stack that holds a resource of its failure; gives that of the outermost. */
  fail(logicalId: string, verb: 'create' | 'update'): ResourceFailure;
  /** Those that have begun. */
  begun(kind: 'new' | 'changed'): Made[];
  /** Begins to change them back. */
  undo(): void;
  undone(): void;
  /** All that was to go is gone. */
  cleanedUp(end: 'UPDATE_COMPLETE' | 'UPDATE_ROLLBACK_COMPLETE'): void;
}

/** `undoes` is true when a failure is followed by a rollback. */
export function nestedRun(
  {
    changes,
    before,
    after,
    undoes,
  }: {
    changes: readonly ResourceChange[];
    before: readonly NestedStackModel[];
    after: readonly NestedStackModel[];
    undoes: boolean;
  },
  log: TreeLog,
): NestedRun {
  const models = new Map(after.map((model) => [model.path, model]));
  const changeOf = new Map(
    changes.flatMap((change) => (change.action === 'Remove' ? [] : [[change.after.logicalId, change]])),
  );
  const opened = new Map<string, Made>();
  const rollingBack = new Set<string>();
  const verbOf = ({ action }: Made) => (action === 'Add' ? 'CREATE' : 'UPDATE');
  const changed = () => [...opened].filter(([, { action }]) => action === 'Modify').map(([path]) => path);

  function open(path: string | undefined): void {
    const model = models.get(path ?? '');
    const change = changeOf.get(path ?? '');
    if (path === undefined || !model || !change || opened.has(path)) return;
    open(stackPathOf(path));
    opened.set(path, change);
    const subject = subjectOf(change.after);
    const isNew = change.action === 'Add';
    log.resource(isNew ? unmade(subject) : subject, `${verbOf(change)}_IN_PROGRESS`);
    log.begin(model);
    log.of(path).stack(`${verbOf(change)}_IN_PROGRESS`, 'User Initiated');
    if (isNew) log.resource(subject, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
  }

  return {
    isNested: (logicalId) => models.has(logicalId),
    open,
    finish(path) {
      open(path);
      const change = opened.get(path);
      const model = models.get(path);
      if (!change || !model) return;
      log.settle(model);
      log.of(path).stack(change.action === 'Add' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
      log.resource(subjectOf(change.after), `${verbOf(change)}_COMPLETE`);
    },
    fail(logicalId, verb) {
      let failure = new ResourceFailure([localIdOf(logicalId)], verb);
      for (let path = stackPathOf(logicalId); path !== undefined; path = stackPathOf(path)) {
        const change = opened.get(path);
        if (!change) continue;
        const { message } = failure;
        const subject = subjectOf(change.after);
        if (change.action === 'Add') {
          log.of(path).stack('CREATE_FAILED', message);
          const words = `Embedded stack ${subject.physicalId} was not successfully created: ${message}`;
          log.resource(subject, 'CREATE_FAILED', words);
        } else {
          const status = undoes ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'UPDATE_FAILED';
          log.of(path).stack(status, message);
          rollingBack.add(path);
          const words = `Embedded stack ${subject.physicalId} was not successfully updated. Currently in ${status} with reason: ${message}`;
          log.resource(subject, 'UPDATE_FAILED', words);
        }
        failure = new ResourceFailure([localIdOf(path)], change.action === 'Add' ? 'create' : 'update');
      }
      return failure;
    },
    begun: (kind) => [...opened.values()].filter(({ action }) => (action === 'Add') === (kind === 'new')),
    undo() {
      for (const path of changed())
        if (!rollingBack.has(path)) log.of(path).stack('UPDATE_ROLLBACK_IN_PROGRESS');
    },
    undone() {
      const old = new Map(before.map((model) => [model.path, model]));
      for (const path of changed()) {
        const model = old.get(path);
        if (model) log.settle(model);
        log.of(path).stack('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
      }
    },
    cleanedUp(end) {
      for (const path of changed()) log.of(path).stack(end);
    },
  };
}
