import type { ResourceKind } from '../../../template/resource-kind.ts';
import { parameterArn } from '../parameter.ts';
import { readParameters } from './parameter.ts';

export const SSM_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::SSM::Parameter',
    nameProperty: 'Name',
    attributes: {
      Arn: (it) => parameterArn(it.place, it.name),
      Type: (it) => it.text('Type') ?? 'String',
      Value: (it) => it.text('Value') ?? '',
    },
    givesProperties: true,
    replacedBy: [],
    isMain: true,
    leftOut: [['Policies', 'accepted', 'a parameter stays until it is deleted']],
    read: readParameters,
  },
];
