import { setTimeout as pause } from 'node:timers/promises';
import type { Place } from '../../../aws/arn.ts';
import type { Report } from '../../../facts.ts';
import type { DeploymentContext } from '../../../template/deployment.ts';
import type { HeldKind } from '../../../template/held-kind.ts';
import type { Stack } from '../../../template/model.ts';
import { noStackNamed, validationError } from '../errors.ts';
import type { OnFailure } from '../shapes.ts';
import { isDeleted, type StackStore } from '../stack-store.ts';
import { isExecuted } from './change-set.ts';
import { checkExports, exportedValue, exportsOf } from './exports.ts';
import { type Followed, followSaved, REPLACED, type SavedStack } from './followed-change.ts';
import { NO_NAMES } from './given-names.ts';
import type { HeldStack } from './held-stack.ts';
import { recordsOf } from './nested-records.ts';
import { startChange, startDeletion } from './operation.ts';
import { type NextStack, type ReadDeployment, readNext } from './reading.ts';
import { declare, newRecord, settle } from './record-content.ts';
import type { Wish } from './stack-wish.ts';
import { parametersOf } from './told-stack.ts';

export interface DeployerOptions {
  store: StackStore;
  place: Place;
  kinds: readonly HeldKind[];
  report: Report;
  read: ReadDeployment;
  runs: DeploymentContext['runs'];
  /** The stack that the loop was started with, as far as a deployment may change it. */
  live?: Pick<HeldStack, 'record' | 'nested' | 'stack' | 'names'>;
}

/** Stacks that come, change and go. */
export interface Deployer {
  find(nameOrId: string): HeldStack | undefined;
  /** Throws CloudFormation's error when there is none. */
  get(nameOrId: string): HeldStack;
  list(): HeldStack[];
  /** A stack of which nothing runs yet, and which nobody knows until it is kept. */
  begin(name: string): HeldStack;
  keep(held: HeldStack): void;
  /** Works out what a wish makes of a stack. Throws an error whose message says what is wrong with the template. */
  plan(held: HeldStack, wish: Wish): NextStack;
  change(held: HeldStack, next: NextStack, wish: Wish, how: HowToChange): Promise<void>;
  remove(held: HeldStack, retained: ReadonlySet<string>): Promise<void>;
  /** Makes of the stack that the loop runs from source what its saved template says, unless a deployment has replaced it. */
  follow(saved: SavedStack): Promise<Followed>;
  /** The stack that the loop was started with, as it is now; undefined when there is nothing of it. */
  live(): Stack | undefined;
  /** Ends what is under way where it is, for a loop that ends. */
  stop(): Promise<void>;
}

export interface HowToChange {
  onFailure: OnFailure;
  /** The change set that is executed; absent when CreateStack or UpdateStack is called. */
  changeSetId?: string;
}

/** Tools that look whether an operation is over look again after 15 s: one that is over at once is told so at once. */
const SOON_MS = 300;

const FROM_SOURCE =
  'User Initiated. This replaces the stack that the loop runs from source: the uploaded code runs in its place, and what is saved changes it no more.';

export function startDeployer(options: DeployerOptions): Deployer {
  const { store, place, kinds, report } = options;
  const { live } = options;
  const stacks = new Map<string, HeldStack>();
  /** The last form of it that is from source. */
  let fromSource = live?.stack;
  if (live) {
    for (const record of recordsOf(live)) store.put(record);
    stacks.set(live.record.id, { ...live, imports: new Set(), changeSets: [], operation: undefined });
  }

  function find(nameOrId: string): HeldStack | undefined {
    const record = store.find(nameOrId);
    if (record?.rootId !== undefined && !isDeleted(record))
      throw validationError(
        `Stack [${record.name}] is nested: the loop changes it with its root stack, ${record.rootId}.`,
      );
    return stacks.get(record?.id ?? '');
  }

  return {
    find,
    get(nameOrId) {
      const held = find(nameOrId);
      if (!held) throw noStackNamed(nameOrId);
      return held;
    },
    list: () => [...stacks.values()],
    live: () => (live ? stacks.get(live.record.id)?.stack : undefined),
    begin(name) {
      return {
        record: newRecord(place, name),
        nested: new Map(),
        stack: undefined,
        names: NO_NAMES,
        imports: new Set(),
        changeSets: [],
        operation: undefined,
      };
    },
    keep(held) {
      store.put(held.record);
      stacks.set(held.record.id, held);
      for (const id of stacks.keys()) if (!store.find(id)) stacks.delete(id);
    },
    plan: (held, { source, parameters, textAt }) =>
      readNext(held, {
        source,
        parameters,
        read: options.read,
        exported: (name) => exportedValue(name, store),
        textAt,
        runs: options.runs,
      }),
    async change(held, next, wish, { onFailure, changeSetId }) {
      const { record } = held;
      const isFromSource = live?.record === record && fromSource === held.stack;
      record.disableRollback = onFailure === 'DO_NOTHING';
      if (held.stack || changeSetId !== undefined) record.updatedAt = Date.now();
      if (changeSetId === undefined) delete record.changeSetId;
      else record.changeSetId = changeSetId;
      if (!held.stack) {
        declare(record, wish);
        record.parameters = parametersOf(next.stack);
      }
      const { done } = startChange(held, next, {
        kinds,
        report,
        keepRecord: store.put,
        onFailure,
        startReason: isFromSource ? FROM_SOURCE : 'User Initiated',
        checkExports: () => checkExports(held, exportsOf(next.stack), [...stacks.values()], false),
        settle: (record) => settle(record, next, wish),
      });
      await soon(done);
    },
    async follow(saved) {
      const held = live && stacks.get(live.record.id);
      await held?.operation?.done;
      if (!held?.stack || held.stack !== fromSource) return REPLACED;
      const followed = await followSaved(held, held.stack, saved, {
        kinds,
        keepRecord: store.put,
        checkExports: () => checkExports(held, exportsOf(saved.stack), [...stacks.values()], false),
      });
      fromSource = held.stack;
      return followed;
    },
    async remove(held, retained) {
      delete held.record.changeSetId;
      held.changeSets = held.changeSets.filter(isExecuted);
      const { done } = startDeletion(held, retained, {
        kinds,
        report,
        keepRecord: store.put,
        checkExports: () => checkExports(held, [], [...stacks.values()], true),
      });
      void done.then(() => {
        if (isDeleted(held.record)) held.stack = undefined;
      });
      await soon(done);
    },
    async stop() {
      const underWay = [...stacks.values()].flatMap(({ operation }) => operation ?? []);
      for (const operation of underWay) operation.stop();
      await Promise.all(underWay.map(({ done }) => done));
    },
  };
}

async function soon(done: Promise<void>): Promise<void> {
  await Promise.race([done, pause(SOON_MS, undefined, { ref: false })]);
}
