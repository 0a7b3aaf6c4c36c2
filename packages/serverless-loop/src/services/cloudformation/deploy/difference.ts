import type { ResourceState } from '../../../template/deployment.ts';
import { type ChangeDetail, changeDetails, type Parameters, type Surroundings } from './property-details.ts';

/** The change that an update makes to one resource. */
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

/** The difference of two templates, worked out: first what is made or changed in that order, then what goes. */
export function differenceOf(
  before: readonly ResourceState[],
  after: readonly ResourceState[],
  parameters: Parameters,
): ResourceChange[] {
  const old = new Map(before.map((resource) => [resource.logicalId, resource]));
  const kept = new Set(after.map(({ logicalId }) => logicalId));
  const replaced = new Set<string>();
  const changes: ResourceChange[] = [];
  for (const resource of after) {
    const change = changeTo(resource, old.get(resource.logicalId), { parameters, replaced });
    if (change?.action === 'Modify' && change.replacement === 'True') replaced.add(resource.logicalId);
    if (change) changes.push(change);
  }
  return [
    ...changes,
    ...before
      .filter(({ logicalId }) => !kept.has(logicalId))
      .reverse()
      .map((resource) => ({ action: 'Remove' as const, before: resource })),
  ];
}

function changeTo(
  after: ResourceState,
  before: ResourceState | undefined,
  around: Surroundings,
): ResourceChange | undefined {
  if (!before) return { action: 'Add', after };
  const details = changeDetails(before, after, around);
  if (details.length === 0) return undefined;
  const scope = [...new Set(details.map(({ attribute }) => attribute))];
  return { action: 'Modify', before, after, replacement: replacementBy(details), scope, details };
}

function replacementBy(details: ChangeDetail[]): 'True' | 'False' | 'Conditional' {
  const replacing = details.filter(({ requiresRecreation }) => requiresRecreation === 'Always');
  if (replacing.length === 0) return 'False';
  const isCertain = replacing.some(({ causes }) => causes.some(({ evaluation }) => evaluation === 'Static'));
  return isCertain ? 'True' : 'Conditional';
}

/** Resources whose type is another one now, which CloudFormation refuses. */
export function retyped(before: readonly ResourceState[], after: readonly ResourceState[]): string[] {
  const types = new Map(before.map(({ logicalId, type }) => [logicalId, type]));
  return after
    .filter(({ logicalId, type }) => types.has(logicalId) && types.get(logicalId) !== type)
    .map(({ logicalId }) => logicalId);
}

/** True when the resource is made anew: what is conditional before is certain once the values are worked out. */
export function isReplacement(change: ResourceChange): change is Modification {
  return change.action === 'Modify' && change.replacement !== 'False';
}

/** The logical ids of what is made new or anew: what it is called is known only then. */
export function toBeMade(changes: readonly ResourceChange[]): ReadonlySet<string> {
  return new Set(
    changes
      .filter((change) => change.action === 'Add' || isReplacement(change))
      .map((change) => change.after.logicalId),
  );
}

/** A resource with a name of its own can't be made beside the one that has it. */
export function isStuckWithItsName(change: ResourceChange): boolean {
  if (!isReplacement(change)) return false;
  const { nameProperty, properties } = change.after;
  if (nameProperty === undefined || properties[nameProperty] === undefined) return false;
  return !change.details.some(({ property }) => property === nameProperty);
}
