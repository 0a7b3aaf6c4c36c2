import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import type { OtherModel, Stack } from '../../template/model.ts';
import type { ParameterSettings } from './parameter.ts';
import type { Ssm } from './ssm.ts';

/** A parameter of a stack. */
export interface ParameterModel extends ParameterSettings {
  logicalId: string;
  name: string;
  tags: Readonly<Record<string, string>>;
}

/** The parameters of a stack. */
export function storedParametersOf({ others }: Pick<Stack, 'others'>): ParameterModel[] {
  return others.flatMap(({ type, model }) =>
    type === 'AWS::SSM::Parameter' && isParameter(model) ? [model] : [],
  );
}

/** Only this service's own reader makes models of this type. */
function isParameter(model: OtherModel['model']): model is ParameterModel {
  return typeof model === 'object' && model !== null && 'value' in model;
}

export function ssmHeldKinds({ parameters }: Pick<Ssm, 'parameters'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(storedParametersOf(stack)),
      has: ({ name }) => parameters.has(name),
      add: parameters.put,
      change: parameters.put,
      remove: ({ name }) => parameters.remove(name),
    }),
  ];
}
