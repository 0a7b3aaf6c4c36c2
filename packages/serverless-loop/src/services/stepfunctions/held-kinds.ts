import { type HeldKind, heldKind, type Part } from '../../template/held-kind.ts';
import type { OtherModel, Stack } from '../../template/model.ts';
import type { ActivityModel, AliasModel, StateMachineModel, VersionModel } from './machines/state-machine.ts';
import type { StepFunctions } from './stepfunctions.ts';

type Stacked = Pick<Stack, 'others'>;

export function machinesOf(stack: Stacked): StateMachineModel[] {
  return modelsOf(stack, 'StateMachine', isMachine);
}

export function versionsOf(stack: Stacked): VersionModel[] {
  return modelsOf(stack, 'StateMachineVersion', isVersion);
}

export function aliasesOf(stack: Stacked): AliasModel[] {
  return modelsOf(stack, 'StateMachineAlias', isAlias);
}

export function activitiesOf(stack: Stacked): ActivityModel[] {
  return modelsOf(stack, 'Activity', isActivity);
}

/** State machines, their versions and aliases, and activities of stacks. */
export function stepFunctionsHeldKinds({
  machines,
  versions,
  aliases,
  activities,
}: Pick<StepFunctions, 'machines' | 'versions' | 'aliases' | 'activities'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => byArn(activitiesOf(stack)),
      has: ({ arn }) => activities.has(arn),
      add: activities.put,
      change: activities.put,
      remove: activities.remove,
    }),
    heldKind({
      partsOf: (stack) => byArn(machinesOf(stack)),
      has: ({ arn }) => machines.has(arn),
      add: machines.put,
      change: machines.put,
      remove: machines.remove,
      runs: (arn) => (machines.has(arn) || aliases.has(arn) ? 'stateMachine' : undefined),
    }),
    heldKind({
      partsOf: (stack) => versionsOf(stack).map(asPart),
      has: ({ name }) => versions.has(name),
      add: versions.put,
      change: () => {},
      remove: versions.remove,
    }),
    heldKind({
      partsOf: (stack) => aliasesOf(stack).map(asPart),
      has: ({ name }) => aliases.has(name),
      add: aliases.put,
      change: aliases.put,
      remove: aliases.remove,
    }),
  ];
}

function byArn<Model extends { logicalId: string; arn: string }>(models: readonly Model[]): Part<Model>[] {
  return models.map((model) => ({ logicalId: model.logicalId, name: model.arn, model }));
}

function asPart<Model extends { logicalId: string; name: string }>(model: Model): Part<Model> {
  return { logicalId: model.logicalId, name: model.name, model };
}

function modelsOf<Model>(
  { others }: Stacked,
  type: string,
  isOne: (model: OtherModel['model']) => model is Model,
): Model[] {
  return others.flatMap((other) =>
    other.type === `AWS::StepFunctions::${type}` && isOne(other.model) ? [other.model] : [],
  );
}

/** Only this service's own readers make models of these types. */
function isMachine(model: unknown): model is StateMachineModel {
  return typeof model === 'object' && model !== null && 'definition' in model;
}

function isVersion(model: unknown): model is VersionModel {
  return typeof model === 'object' && model !== null && 'number' in model;
}

function isAlias(model: unknown): model is AliasModel {
  return typeof model === 'object' && model !== null && 'routing' in model;
}

function isActivity(model: unknown): model is ActivityModel {
  return typeof model === 'object' && model !== null && 'tags' in model;
}
