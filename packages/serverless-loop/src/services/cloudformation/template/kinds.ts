import type { ResourceKind } from '../../../template/resource-kind.ts';
import { NESTED_STACK } from '../../../template/resource-scope.ts';
import { steadyStackId } from '../../../template/values/pseudo-parameters.ts';

/** The reader of templates reads what a nested stack is made of, beside what the others are. */
export const CLOUDFORMATION_KINDS: readonly ResourceKind[] = [
  {
    type: NESTED_STACK,
    longestName: 128,
    // Its ARN; `Outputs.Name` is all that GetAtt gives (template reference, "AWS::CloudFormation::Stack", Return values).
    ref: (it) => steadyStackId(it.place, it.name),
    attributes: {},
    handsOn: 'Parameters',
    isMain: true,
    leftOut: [
      ['NotificationARNs', 'accepted', 'nobody is told of what happens to stacks'],
      ['TimeoutInMinutes', 'accepted', 'the loop makes stacks without waiting'],
    ],
    read({ world }) {
      for (const resource of world.ofType(NESTED_STACK)) {
        const properties = world.read(resource, [
          'NotificationARNs',
          'Parameters',
          'Tags',
          'TemplateURL',
          'TimeoutInMinutes',
        ]);
        world.reports.emulated(resource);
        world.reportLeftOut(resource, properties);
      }
    },
  },
];
