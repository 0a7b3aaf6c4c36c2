import type { HeldKind } from '../../../template/held-kind.ts';
import type { Stack } from '../../../template/model.ts';
import { isReplacement, type Modification, type ResourceChange } from './difference.ts';

/** A reason why a saved template can't run, or not all of it, with where it stands in the template. */
export interface Obstacle {
  /** From 1. */
  line?: number;
  /** The template that it stands in, when that is a nested one. */
  file?: string;
  logicalId?: string;
  message: string;
}

interface Stacks {
  before: Stack;
  after: Stack;
}

/**
 * The changes by which data would go that runs from source: a deployment is meant to do what it says, a file is saved
 * many times on the way to what is meant.
 */
export async function lossesOf(
  changes: readonly ResourceChange[],
  stacks: Stacks,
  kinds: readonly HeldKind[],
): Promise<Obstacle[]> {
  const keeping = kinds.filter((kind) => kind.holdsData !== undefined);
  const problems: Obstacle[] = [];
  for (const change of changes) {
    if (change.action === 'Add') continue;
    for (const kind of keeping) problems.push(...(await lossesOfKind(kind, change, stacks)));
  }
  return problems;
}

async function lossesOfKind(
  kind: HeldKind,
  change: Exclude<ResourceChange, { action: 'Add' }>,
  { before, after }: Stacks,
): Promise<Obstacle[]> {
  const { logicalId, type, deletionPolicy, updateReplacePolicy } = change.before;
  const isOfResource = (part: { logicalId: string }) => part.logicalId === logicalId;
  const old = kind.partsOf(before).find(isOfResource);
  if (!old) return [];
  const report = (change.action === 'Remove' ? before : after).resources.find(isOfResource);
  const file = report?.file === undefined ? {} : { file: report.file };
  const problem = (message: string) => [
    { logicalId, message, ...(report && change.action === 'Modify' && { line: report.line, ...file }) },
  ];

  if (change.action === 'Remove') {
    if (deletionPolicy !== 'Delete' || !(await kind.holdsData?.(old.model))) return [];
    return problem(
      `${type} ${old.name} holds data that would go with it: put it back, or empty it first, or start the loop again`,
    );
  }
  if (!isReplacement(change)) return [];
  const wanted = kind.partsOf(after).find(isOfResource);
  if (wanted?.name === old.name)
    return problem(
      `${replacingProperties(change)} of ${type} ${old.name} can't be changed while it is there: give it another name beside it, or start the loop again`,
    );
  if (updateReplacePolicy !== 'Delete' || !(await kind.holdsData?.(old.model))) return [];
  return problem(
    `${replacingProperties(change)} would replace ${type} ${old.name} with the data that it holds: change it back, or give it "UpdateReplacePolicy: Retain", or empty it first, or start the loop again`,
  );
}

function replacingProperties({ details }: Modification): string {
  const names = details.flatMap(({ requiresRecreation, property }) =>
    requiresRecreation === 'Always' && property !== undefined ? [property] : [],
  );
  return [...new Set(names)].join(', ');
}
