import type { ResourceState } from '../../../template/deployment.ts';
import { stackPathOf } from '../../../template/stack-path.ts';
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
  const touched = new Set<string>();
  const touch = (logicalId: string) => {
    const holder = stackPathOf(logicalId);
    if (holder !== undefined) touch(holder);
    touched.add(logicalId);
  };
  for (const { logicalId } of before) if (!kept.has(logicalId)) touch(logicalId);
  const changes: ResourceChange[] = [];
  for (const resource of after) {
    const change = changeTo(resource, old.get(resource.logicalId), {
      parameters,
      replaced,
      touched,
    });
    if (change?.action === 'Modify' && change.replacement === 'True') replaced.add(resource.logicalId);
    if (!change) continue;
    changes.push(change);
    touch(resource.logicalId);
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
  { touched, ...around }: Surroundings & { touched: ReadonlySet<string> },
): ResourceChange | undefined {
  if (!before) return { action: 'Add', after };
  const own = changeDetails(before, after, around);
  // Inside a nested stack something has changed, and nothing that the template around it says of it.
  const details = own.length === 0 && touched.has(after.logicalId) ? [AUTOMATIC] : own;
  if (details.length === 0) return undefined;
  const scope = [...new Set(details.map(({ attribute }) => attribute))];
  return { action: 'Modify', before, after, replacement: replacementBy(details), scope, details };
}

/** API reference, "ResourceChangeDetail", ChangeSource. */
const AUTOMATIC: ChangeDetail = {
  attribute: 'Properties',
  requiresRecreation: 'Never',
  causes: [{ evaluation: 'Dynamic', source: 'Automatic' }],
};

/** True for a nested stack of which only the inside changes. */
export function isOnlyInside(change: ResourceChange): boolean {
  return change.action === 'Modify' && change.details.includes(AUTOMATIC);
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
