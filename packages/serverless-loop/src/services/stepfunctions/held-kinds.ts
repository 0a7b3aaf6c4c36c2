import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import { ownModels } from '../../template/stack-models.ts';
import type { ActivityModel, AliasModel, StateMachineModel, VersionModel } from './machines/state-machine.ts';
import type { StepFunctions } from './stepfunctions.ts';

export const machinesOf = ownModels<StateMachineModel>('AWS::StepFunctions::StateMachine');
export const versionsOf = ownModels<VersionModel>('AWS::StepFunctions::StateMachineVersion');
export const aliasesOf = ownModels<AliasModel>('AWS::StepFunctions::StateMachineAlias');
export const activitiesOf = ownModels<ActivityModel>('AWS::StepFunctions::Activity');

/** State machines, their versions and aliases, and activities of stacks. */
export function stepFunctionsHeldKinds({
  machines,
  versions,
  aliases,
  activities,
}: Pick<StepFunctions, 'machines' | 'versions' | 'aliases' | 'activities'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(activitiesOf(stack), ({ arn }) => arn),
      has: ({ arn }) => activities.has(arn),
      add: activities.put,
      change: activities.put,
      remove: activities.remove,
    }),
    heldKind({
      partsOf: (stack) => named(machinesOf(stack), ({ arn }) => arn),
      has: ({ arn }) => machines.has(arn),
      add: machines.put,
      change: machines.put,
      remove: machines.remove,
      runs: (arn) => (machines.has(arn) || aliases.has(arn) ? 'stateMachine' : undefined),
    }),
    heldKind({
      partsOf: (stack) => named(versionsOf(stack)),
      has: ({ name }) => versions.has(name),
      add: versions.put,
      change: versions.put,
      remove: versions.remove,
    }),
    heldKind({
      partsOf: (stack) => named(aliasesOf(stack)),
      has: ({ name }) => aliases.has(name),
      add: aliases.put,
      change: aliases.put,
      remove: aliases.remove,
    }),
  ];
}
