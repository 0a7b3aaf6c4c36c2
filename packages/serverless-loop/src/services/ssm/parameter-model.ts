import { ownModels } from '../../template/stack-models.ts';
import type { ParameterSettings } from './parameter.ts';

/** A parameter of a stack. */
export interface ParameterModel extends ParameterSettings {
  logicalId: string;
  name: string;
  tags: Readonly<Record<string, string>>;
}

export const storedParametersOf = ownModels<ParameterModel>('AWS::SSM::Parameter');
