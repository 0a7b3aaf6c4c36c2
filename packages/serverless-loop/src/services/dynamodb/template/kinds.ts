import { formatArn } from '../../../aws/arn.ts';
import type { Identity, LeftOut } from '../../../template/kind-description.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { steadyStreamArn } from '../stream-label.ts';
import { readTable } from './table.ts';

const NOT_EMULATED = ['ImportSourceSpecification', 'KinesisStreamSpecification', 'ResourcePolicy'];

export const DYNAMODB_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::DynamoDB::Table',
    nameProperty: 'TableName',
    attributes: {
      Arn: tableArn,
      StreamArn: (it) => (it.has('StreamSpecification') ? steadyStreamArn(tableArn(it)) : undefined),
    },
    replacedBy: ['KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'],
    isMain: true,
    leftOut: NOT_EMULATED.map((part): LeftOut => [part, 'not emulated', `a table's ${part} is not emulated`]),
    read: ({ world, models }) => models.tables.push(...world.each('AWS::DynamoDB::Table', readTable)),
  },
];

function tableArn({ place, name }: Identity): string {
  return formatArn(place, 'dynamodb', `table/${name}`);
}
