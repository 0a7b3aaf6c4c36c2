import { isDeepStrictEqual } from 'node:util';
import type { ResourceState } from '../../template/deployment.ts';
import { type ChangeDetail, propertyDetails } from './property-details.ts';
import { hasOwnName, namesItself } from './replacement.ts';

/** What an update does to one resource. */
export type ResourceChange =
  | { action: 'Add'; after: ResourceState }
  | { action: 'Remove'; before: ResourceState }
  | Modification;

export interface Modification {
  action: 'Modify';
  before: ResourceState;
  after: ResourceState;
  replacement: 'True' | 'False' | 'Conditional';
  scope: string[];
  details: ChangeDetail[];
}

export interface Parameters {
  before: ReadonlyMap<string, string>;
  after: ReadonlyMap<string, string>;
}

/** The difference of two templates, worked out: first what is made or changed in that order, then what goes. */
export function differenceOf(
  before: readonly ResourceState[],
  after: readonly ResourceState[],
  parameters: Parameters,
): ResourceChange[] {
  const old = new Map(before.map((resource) => [resource.logicalId, resource]));
  const kept = new Set(after.map(({ logicalId }) => logicalId));
  return [
    ...after.flatMap((resource) => changeTo(resource, old.get(resource.logicalId), parameters)),
    ...before
      .filter(({ logicalId }) => !kept.has(logicalId))
      .reverse()
      .map((resource) => ({ action: 'Remove' as const, before: resource })),
  ];
}

function changeTo(
  after: ResourceState,
  before: ResourceState | undefined,
  parameters: Parameters,
): ResourceChange[] {
  if (!before) return [{ action: 'Add', after }];
  const details = propertyDetails(before, after, parameters);
  const scope = scopeOf(before, after, details);
  if (scope.length === 0) return [];
  return [{ action: 'Modify', before, after, replacement: replacementBy(details), scope, details }];
}

function scopeOf(before: ResourceState, after: ResourceState, details: ChangeDetail[]): string[] {
  const parts: [name: string, isChanged: boolean][] = [
    ['Properties', details.length > 0],
    ['Metadata', !isDeepStrictEqual(before.metadata, after.metadata)],
    ['DeletionPolicy', before.deletionPolicy !== after.deletionPolicy],
    ['UpdateReplacePolicy', before.updateReplacePolicy !== after.updateReplacePolicy],
  ];
  return parts.filter(([, isChanged]) => isChanged).map(([name]) => name);
}

function replacementBy(details: ChangeDetail[]): 'True' | 'False' | 'Conditional' {
  const replacing = details.filter(({ requiresRecreation }) => requiresRecreation === 'Always');
  if (replacing.length === 0) return 'False';
  return replacing.some(({ evaluation }) => evaluation === 'Static') ? 'True' : 'Conditional';
}

/** Resources whose type is another one now, which CloudFormation refuses. */
export function retyped(before: readonly ResourceState[], after: readonly ResourceState[]): string[] {
  const types = new Map(before.map(({ logicalId, type }) => [logicalId, type]));
  return after
    .filter(({ logicalId, type }) => types.has(logicalId) && types.get(logicalId) !== type)
    .map(({ logicalId }) => logicalId);
}

/** Whether the resource is made anew: what is conditional before is certain once the values are worked out. */
export function isReplacement(change: ResourceChange): change is Modification {
  return change.action === 'Modify' && change.replacement !== 'False';
}

/** A resource with a name of its own can't be made beside the one that has it. */
export function isStuckWithItsName(change: ResourceChange): boolean {
  if (!isReplacement(change)) return false;
  const isRenamed = change.details.some(({ property }) => namesItself(change.after.type, property));
  return hasOwnName(change.after) && !isRenamed;
}
