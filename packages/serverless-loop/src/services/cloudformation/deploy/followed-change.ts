import type { ResourceState } from '../../../template/deployment.ts';
import type { HeldKind } from '../../../template/held-kind.ts';
import type { Stack } from '../../../template/model.ts';
import type { StackEvent } from '../stack-record.ts';
import { isAlike } from './alike.ts';
import { differenceOf, type ResourceChange, retyped } from './difference.ts';
import type { GivenNames } from './given-names.ts';
import type { HeldStack } from './held-stack.ts';
import { lossesOf, type Obstacle } from './losses.ts';
import { startChange } from './operation.ts';
import { outputsOf, parametersOf } from './told-stack.ts';

/** A template that was saved, as the next start would run it. */
export interface SavedStack {
  stack: Stack;
  resources: readonly ResourceState[];
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
  checkExports(): void;
}

/**
 * Makes of a stack that runs from source what its saved template says, as an update does; what fails is undone. The
 * problems are the reasons why it stays as it was.
 */
export async function followSaved(
  held: HeldStack,
  current: Stack,
  { stack, resources, names }: SavedStack,
  { kinds, checkExports }: FollowOptions,
): Promise<Followed> {
  const { record } = held;
  const changes = differenceOf(runningOf(current, held.resources), runningOf(stack, resources), {
    before: valuesOf(current),
    after: valuesOf(stack),
  });
  const next = { stack, resources, names, changes, problems: [], imports: held.imports };
  const problems = [
    ...typeProblems(held.resources, next),
    ...(await lossesOf(changes, { before: current, after: stack }, kinds)),
  ];
  if (problems.length > 0) return { problems };

  if (changes.length === 0 && runsAsBefore(current, stack)) {
    Object.assign(held, { stack, resources });
    record.template = stack.source;
    return { ...summaryOf(changes), left: [] };
  }

  record.updatedAt = Date.now();
  const eventsBefore = record.events.length;
  const { done } = startChange(held, next, {
    kinds,
    // The save is told as one thing; the events are there for who asks.
    report: () => undefined,
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
  const failures = failuresAmong(record.events.slice(eventsBefore), stack, record.id);
  if (record.status === 'UPDATE_COMPLETE') return { ...summaryOf(changes), left: failures };
  return { problems: failures.length > 0 ? failures : [{ message: record.statusReason ?? record.status }] };
}

/** True when a save has changed nothing that runs: a comment, say. */
function runsAsBefore({ source: _, ...before }: Stack, { source: __, ...after }: Stack): boolean {
  return isAlike(before, after);
}

/** Without what the loop doesn't make. */
function runningOf(stack: Stack, resources: readonly ResourceState[]): ResourceState[] {
  const missing = new Set(
    stack.resources
      .filter(({ status }) => status === 'not emulated' || status === 'unavailable')
      .map(({ logicalId }) => logicalId),
  );
  return resources.filter(({ logicalId }) => !missing.has(logicalId));
}

function valuesOf({ parameters }: Stack): ReadonlyMap<string, string> {
  return new Map(parameters.map(({ name, value }) => [name, value]));
}

/** CloudFormation refuses it, too ("Update of resource type is not permitted"). */
function typeProblems(before: readonly ResourceState[], { stack, resources }: SavedStack): Obstacle[] {
  return retyped(before, resources).map((logicalId) => ({
    ...placeOf(logicalId, stack),
    message: 'a resource keeps its type for good: give it another logical id, or start the loop again',
  }));
}

function failuresAmong(events: readonly StackEvent[], stack: Stack, stackId: string): Obstacle[] {
  return events
    .filter(({ status, physicalId }) => status.endsWith('_FAILED') && physicalId !== stackId)
    .map(({ logicalId, statusReason = '' }) => ({ ...placeOf(logicalId, stack), message: statusReason }));
}

function placeOf(logicalId: string, { resources }: Stack): Pick<Obstacle, 'line' | 'logicalId'> {
  const line = resources.find((resource) => resource.logicalId === logicalId)?.line;
  return { logicalId, ...(line !== undefined && { line }) };
}

function summaryOf(changes: readonly ResourceChange[]): Omit<FollowedChange, 'left'> {
  const idsOf = (action: ResourceChange['action']) =>
    changes.flatMap((change) => {
      if (change.action !== action) return [];
      return [change.action === 'Remove' ? change.before.logicalId : change.after.logicalId];
    });
  return { added: idsOf('Add'), changed: idsOf('Modify'), removed: idsOf('Remove') };
}
