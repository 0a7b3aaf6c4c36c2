import type { NestedStackModel } from '../../../template/model.ts';
import type { StackRecord } from '../stack-record.ts';

/** The parameters of a stack, as DescribeStacks tells them. */
export function parametersOf({
  parameters,
}: Pick<NestedStackModel, 'parameters'>): StackRecord['parameters'] {
  return parameters.map(({ name, value, noEcho }) => ({ key: name, value, noEcho }));
}

/** The outputs of a stack, as DescribeStacks tells them. */
export function outputsOf({ outputs }: Pick<NestedStackModel, 'outputs'>): StackRecord['outputs'] {
  return outputs.map(({ name, ...output }) => ({ key: name, ...output }));
}
