import type { DeploymentContext, ResourceState } from '../../../template/deployment.ts';
import type { LoadedDeployment, Stack } from '../../../template/model.ts';
import { validationError } from '../errors.ts';
import type { StackRecord } from '../stack-record.ts';
import { differenceOf, isReplacement, type ResourceChange, retyped } from './difference.ts';
import { type GivenNames, nameGiver } from './given-names.ts';
import type { Parameters } from './property-details.ts';

/** Reads a template as what the loop would run. Throws an error whose message says all that is wrong with it. */
export type ReadDeployment = (request: {
  source: string;
  stackName: string;
  parameterOverrides: Record<string, string>;
  deployment: DeploymentContext;
}) => LoadedDeployment;

/** A template that a stack is to be made of, with its difference from what runs. */
export interface NextStack extends LoadedDeployment {
  changes: readonly ResourceChange[];
  names: GivenNames;
  /** Names of other stacks' exports that it uses. */
  imports: ReadonlySet<string>;
}

/** A stack as it is. */
interface CurrentStack {
  record: StackRecord;
  stack: Stack | undefined;
  names: GivenNames;
}

export interface ReadingOptions {
  source: string;
  parameters: Record<string, string>;
  read: ReadDeployment;
  exported(name: string): string | undefined;
  textAt: DeploymentContext['textAt'];
  runs: DeploymentContext['runs'];
}

/** Works out what a template would make of a stack. Resources keep the names that they have, unless they are made anew. */
export function readNext(current: CurrentStack, options: ReadingOptions): NextStack {
  const { record } = current;
  const before = current.stack?.states() ?? [];
  const parameters: Parameters = {
    before: new Map(record.parameters.map(({ key, value }) => [key, value])),
    after: new Map(Object.entries(options.parameters)),
  };
  const imports = new Set<string>();
  const exported = (name: string) => {
    imports.add(name);
    return options.exported(name);
  };
  const renewed = new Set<string>();
  for (;;) {
    const names = nameGiver(current.names, renewed);
    const next = options.read({
      source: options.source,
      stackName: record.name,
      parameterOverrides: options.parameters,
      deployment: {
        ...names,
        stackId: record.id,
        exported,
        textAt: options.textAt,
        runs: options.runs,
      },
    });
    const after = next.stack.states();
    refuseOtherTypes(before, after);
    const changes = differenceOf(before, after, parameters);
    const anew = changes.filter(isReplacement).map(({ after }) => after.logicalId);
    // A resource that refers to a new name may be made anew for that, too; each round finds one at least.
    if (anew.every((logicalId) => renewed.has(logicalId)))
      return { ...next, changes, imports, names: names.given() };
    for (const logicalId of anew) renewed.add(logicalId);
  }
}

function refuseOtherTypes(before: readonly ResourceState[], after: readonly ResourceState[]): void {
  const changed = retyped(before, after);
  if (changed.length > 0)
    throw validationError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`,
    );
}
