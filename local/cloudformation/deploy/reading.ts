import type { DeploymentContext, ResourceProblem, ResourceState } from '../../template/deployment.ts';
import type { Stack } from '../../template/model.ts';
import { validationError } from '../errors.ts';
import { differenceOf, isReplacement, type Parameters, type ResourceChange, retyped } from './difference.ts';
import { drawSuffixes, type HeldStack } from './held-stack.ts';

/** Reads a template as what the loop would run. Throws an error whose message says all that is wrong with it. */
export type ReadDeployment = (request: {
  source: string;
  stackName: string;
  parameterOverrides: Record<string, string>;
  deployment: DeploymentContext;
}) => { stack: Stack; resources: ResourceState[]; problems: ResourceProblem[] };

/** A template that a stack is to be made of, with its difference from what runs. */
export interface NextStack {
  stack: Stack;
  resources: readonly ResourceState[];
  problems: readonly ResourceProblem[];
  changes: readonly ResourceChange[];
  suffixOf(logicalId: string): string;
  /** Names of other stacks' exports that it uses. */
  imports: ReadonlySet<string>;
}

export interface ReadingOptions {
  source: string;
  parameters: Record<string, string>;
  read: ReadDeployment;
  exported(name: string): string | undefined;
  runs: DeploymentContext['runs'];
}

/** What a template would make of a stack. Resources keep the names that they have, unless they are made anew. */
export function readNext(held: HeldStack, options: ReadingOptions): NextStack {
  const { record } = held;
  const parameters: Parameters = {
    before: new Map(record.parameters.map(({ key, value }) => [key, value])),
    after: new Map(Object.entries(options.parameters)),
  };
  const fresh = drawSuffixes();
  const imports = new Set<string>();
  const exported = (name: string) => {
    imports.add(name);
    return options.exported(name);
  };
  const old = new Set(held.resources.map(({ logicalId }) => logicalId));
  const renewed = new Set<string>();
  const suffixOf = (logicalId: string) =>
    old.has(logicalId) && !renewed.has(logicalId) ? held.suffixOf(logicalId) : fresh(logicalId);
  for (;;) {
    const next = options.read({
      source: options.source,
      stackName: record.name,
      parameterOverrides: options.parameters,
      deployment: { stackId: record.id, suffixOf, exported, runs: options.runs },
    });
    refuseOtherTypes(held.resources, next.resources);
    const changes = differenceOf(held.resources, next.resources, parameters);
    const anew = changes.filter(isReplacement).map(({ after }) => after.logicalId);
    // What refers to a new name may be made anew for that, too; each round finds one at least.
    if (anew.every((logicalId) => renewed.has(logicalId)))
      return { ...next, changes, imports, suffixOf: remembered(next.resources, suffixOf) };
    for (const logicalId of anew) renewed.add(logicalId);
  }
}

/** The names as they are now, without a way back to those of all earlier updates. */
function remembered(
  resources: readonly ResourceState[],
  suffixOf: (logicalId: string) => string,
): (logicalId: string) => string {
  const suffixes = new Map(resources.map(({ logicalId }) => [logicalId, suffixOf(logicalId)]));
  return (logicalId) => suffixes.get(logicalId) ?? '';
}

function refuseOtherTypes(before: readonly ResourceState[], after: readonly ResourceState[]): void {
  const changed = retyped(before, after);
  if (changed.length > 0)
    throw validationError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`,
    );
}
