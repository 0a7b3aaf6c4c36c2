import type { ResourceState } from '../../../template/deployment.ts';
import type { HeldKind } from '../../../template/held-kind.ts';
import type { Stack } from '../../../template/model.ts';
import { STACK_TYPE, type StackEvent, type StackRecord } from '../stack-record.ts';
import { isAlike } from './alike.ts';
import { differenceOf, isOnlyInside, type ResourceChange, retyped } from './difference.ts';
import type { GivenNames } from './given-names.ts';
import type { HeldStack } from './held-stack.ts';
import { lossesOf, type Obstacle } from './losses.ts';
import { recordsOf } from './nested-records.ts';
import { startChange } from './operation.ts';
import { outputsOf, parametersOf } from './told-stack.ts';

/** A template that was saved, as the next start would run it. */
export interface SavedStack {
  stack: Stack;
  names: GivenNames;
}

export type Followed = FollowedChange | { problems: Obstacle[] };

/** Logical ids of what runs, by what became of them. */
export interface FollowedChange {
  added: string[];
  changed: string[];
  removed: string[];
  /** Could not be removed, and stays. */
  left: Obstacle[];
}

export const REPLACED: Followed = {
  problems: [
    {
      message:
        'a deployment runs in place of what the loop ran from source; deploy this, or start the loop again',
    },
  ],
};

export interface FollowOptions {
  kinds: readonly HeldKind[];
  keepRecord(record: StackRecord): void;
  checkExports(): void;
}

/**
 * Makes of a stack that runs from source what its saved template says, as an update does; what fails is undone. The
 * problems are the reasons why it stays as it was.
 */
export async function followSaved(
  held: HeldStack,
  current: Stack,
  { stack, names }: SavedStack,
  { kinds, keepRecord, checkExports }: FollowOptions,
): Promise<Followed> {
  const { record } = held;
  const changes = differenceOf(runningOf(current), runningOf(stack), {
    before: valuesOf(current),
    after: valuesOf(stack),
  });
  const next = { stack, names, changes, problems: [], imports: held.imports };
  const problems = [
    ...typeProblems(current, stack),
    ...(await lossesOf(changes, { before: current, after: stack }, kinds)),
  ];
  if (problems.length > 0) return { problems };

  if (changes.length === 0 && runsAsBefore(current, stack)) {
    held.stack = stack;
    record.template = stack.source;
    for (const { path, source } of stack.nested)
      Object.assign(held.nested.get(path) ?? {}, { template: source });
    return { ...summaryOf(changes), left: [] };
  }

  record.updatedAt = Date.now();
  const eventsBefore = new Map(recordsOf(held).map((known) => [known, known.events.length]));
  const pathOf = new Map([...held.nested].map(([path, known]) => [known, path]));
  const { done } = startChange(held, next, {
    kinds,
    // The save is told as one thing; the events are there for who asks.
    report: () => undefined,
    keepRecord(made) {
      const model = stack.nested.find(({ id }) => id === made.id);
      eventsBefore.set(made, 0);
      if (model) pathOf.set(made, model.path);
      keepRecord(made);
    },
    onFailure: 'ROLLBACK',
    startReason: 'The template was saved',
    checkExports,
    settle() {
      record.template = stack.source;
      if (stack.description === undefined) delete record.description;
      else record.description = stack.description;
      record.parameters = parametersOf(stack);
      record.outputs = outputsOf(stack);
    },
  });
  await done;
  const failures = [...eventsBefore].flatMap(([of, count]) =>
    failuresAmong(of.events.slice(count), stack, pathOf.get(of)),
  );
  if (record.status === 'UPDATE_COMPLETE') return { ...summaryOf(changes), left: failures };
  return { problems: failures.length > 0 ? failures : [{ message: record.statusReason ?? record.status }] };
}

/** True when a save has changed nothing that runs: a comment, say. */
function runsAsBefore(before: Stack, after: Stack): boolean {
  return isAlike(withoutTexts(before), withoutTexts(after));
}

function withoutTexts({ source: _, states: _states, nested, ...stack }: Stack) {
  return { ...stack, nested: nested.map(({ source: __, ...inside }) => inside) };
}

/** Without what the loop doesn't make. */
function runningOf({ resources, states }: Stack): ResourceState[] {
  const missing = new Set(
    resources
      .filter(({ status }) => status === 'not emulated' || status === 'unavailable')
      .map(({ logicalId }) => logicalId),
  );
  return states().filter(({ logicalId }) => !missing.has(logicalId));
}

function valuesOf({ parameters }: Stack): ReadonlyMap<string, string> {
  return new Map(parameters.map(({ name, value }) => [name, value]));
}

/** CloudFormation refuses it, too ("Update of resource type is not permitted"). */
function typeProblems(before: Stack, after: Stack): Obstacle[] {
  return retyped(before.states(), after.states()).map((logicalId) => ({
    ...placeOf(logicalId, after),
    message: 'a resource keeps its type for good: give it another logical id, or start the loop again',
  }));
}

/** A nested stack fails for what it is made of, which is told. */
function failuresAmong(events: readonly StackEvent[], stack: Stack, path: string | undefined): Obstacle[] {
  return events
    .filter(({ status, type }) => status.endsWith('_FAILED') && type !== STACK_TYPE)
    .map(({ logicalId, statusReason = '' }) => ({
      ...placeOf(path === undefined ? logicalId : `${path}/${logicalId}`, stack),
      message: statusReason,
    }));
}

function placeOf(logicalId: string, { resources }: Stack): Pick<Obstacle, 'file' | 'line' | 'logicalId'> {
  const { line, file } = resources.find((resource) => resource.logicalId === logicalId) ?? {};
  return { logicalId, ...(line !== undefined && { line }), ...(file !== undefined && { file }) };
}

function summaryOf(changes: readonly ResourceChange[]): Omit<FollowedChange, 'left'> {
  const idsOf = (action: ResourceChange['action']) =>
    changes.flatMap((change) => {
      if (change.action !== action || isOnlyInside(change)) return [];
      return [change.action === 'Remove' ? change.before.logicalId : change.after.logicalId];
    });
  return { added: idsOf('Add'), changed: idsOf('Modify'), removed: idsOf('Remove') };
}
