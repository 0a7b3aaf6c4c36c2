import { formatArn } from '../../../aws/arn.ts';
import type { LeftOut } from '../../../template/kind-description.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readTable } from './table.ts';

const NOT_EMULATED = [
  'ImportSourceSpecification',
  'KinesisStreamSpecification',
  'ResourcePolicy',
  'StreamSpecification',
];

export const dynamoDbKinds: readonly ResourceKind[] = [
  {
    type: 'AWS::DynamoDB::Table',
    nameProperty: 'TableName',
    attributes: { Arn: (it) => formatArn(it.place, 'dynamodb', `table/${it.name}`) },
    replacedBy: ['KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'],
    isMain: true,
    leftOut: NOT_EMULATED.map((part): LeftOut => [part, 'not emulated', `a table's ${part} is not emulated`]),
    read: ({ world, models }) => models.tables.push(...world.each('AWS::DynamoDB::Table', readTable)),
  },
];
