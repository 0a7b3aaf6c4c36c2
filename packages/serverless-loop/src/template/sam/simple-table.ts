import type { Resource } from '../resource.ts';
import { describe, entryOf, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';

const ATTRIBUTE_TYPES = new Map([
  ['String', 'S'],
  ['Number', 'N'],
  ['Binary', 'B'],
]);

/** SAM developer guide, "AWS::Serverless::SimpleTable": one hash key, `id` unless told, paid by request. */
export function expandSimpleTable({ resource, complain }: Expanding): Resource {
  const { line } = resource;
  const given = resource.properties.entries;
  const primaryKey = given.get('PrimaryKey');
  const name = entryOf(primaryKey, 'Name') ?? scalar(line, 'id');
  const typeNode = entryOf(primaryKey, 'Type');
  const type = ATTRIBUTE_TYPES.get(textOf(typeNode) ?? 'String');
  if (!type)
    complain(
      typeNode?.line ?? line,
      `PrimaryKey.Type, expected String, Number or Binary, found ${describe(typeNode)}`,
    );
  const throughput = given.get('ProvisionedThroughput');
  const one = (values: Record<string, Node>): Node => list(line, [fields(line, values)]);
  return made(
    resource,
    resource.logicalId,
    'AWS::DynamoDB::Table',
    {
      AttributeDefinitions: one({ AttributeName: name, AttributeType: scalar(line, type ?? 'S') }),
      KeySchema: one({ AttributeName: name, KeyType: scalar(line, 'HASH') }),
      BillingMode: throughput ? undefined : scalar(line, 'PAY_PER_REQUEST'),
      ProvisionedThroughput: throughput,
      PointInTimeRecoverySpecification: given.get('PointInTimeRecoverySpecification'),
      SSESpecification: given.get('SSESpecification'),
      TableName: given.get('TableName'),
    },
    { dependsOn: resource.dependsOn },
  );
}
