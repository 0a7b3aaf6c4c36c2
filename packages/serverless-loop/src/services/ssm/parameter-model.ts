import type { OtherModel, Stack } from '../../template/model.ts';
import type { ParameterSettings } from './parameter.ts';

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
