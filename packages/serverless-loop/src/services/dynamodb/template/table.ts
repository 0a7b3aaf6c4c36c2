import type { TableModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';

const KNOWN_PROPERTIES = [
  'AttributeDefinitions',
  'BillingMode',
  'ContributorInsightsSpecification',
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexes',
  'ImportSourceSpecification',
  'KeySchema',
  'KinesisStreamSpecification',
  'LocalSecondaryIndexes',
  'OnDemandThroughput',
  'PointInTimeRecoverySpecification',
  'ProvisionedThroughput',
  'ResourcePolicy',
  'SSESpecification',
  'StreamSpecification',
  'TableClass',
  'TableName',
  'Tags',
  'TimeToLiveSpecification',
  'WarmThroughput',
];

/** AWS::DynamoDB::Table to the input of CreateTable. */
export function readTable(resource: Resource, world: World): TableModel {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  const name = world.name(resource, properties, 'TableName', /^[\w.-]{3,255}$/);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const timeToLive = properties.section('TimeToLiveSpecification');
  const timeToLiveAttribute = timeToLive?.boolean('Enabled') ? timeToLive.text('AttributeName') : undefined;
  return {
    logicalId: resource.logicalId,
    name,
    arn: world.arn(resource),
    line: resource.line,
    createTable: { TableName: name, ...readCreateTable(properties) },
    ...(timeToLiveAttribute !== undefined && { timeToLiveAttribute }),
  };
}

function readCreateTable(properties: Properties): Record<string, unknown> {
  const definitions = properties.sections('AttributeDefinitions').map((definition) => ({
    AttributeName: definition.requiredText('AttributeName'),
    AttributeType: definition.oneOf('AttributeType', ['S', 'N', 'B']) ?? 'S',
  }));
  const keySchema = (owner: Properties) =>
    readKeySchema(owner, new Set(definitions.map((it) => it.AttributeName)));
  // CloudFormation's default, not DynamoDB's newer one.
  const billingMode = properties.oneOf('BillingMode', ['PAY_PER_REQUEST', 'PROVISIONED']) ?? 'PROVISIONED';
  const throughput = (owner: Properties) =>
    billingMode === 'PROVISIONED' ? { ProvisionedThroughput: readThroughput(owner) } : {};
  const indexes = (section: string, withThroughput: boolean) => {
    const read = properties.sections(section).map((index) => ({
      IndexName: index.requiredText('IndexName'),
      KeySchema: keySchema(index),
      Projection: readProjection(index),
      ...(withThroughput && throughput(index)),
    }));
    return read.length === 0 ? {} : { [section]: read };
  };
  return {
    AttributeDefinitions: definitions,
    KeySchema: keySchema(properties),
    BillingMode: billingMode,
    ...throughput(properties),
    ...indexes('GlobalSecondaryIndexes', true),
    ...indexes('LocalSecondaryIndexes', false),
    ...(properties.boolean('DeletionProtectionEnabled') && { DeletionProtectionEnabled: true }),
    ...readSettings(properties),
  };
}

/** Settings that CreateTable takes as the template has them. */
function readSettings(properties: Properties): Record<string, unknown> {
  const stream = properties.section('StreamSpecification');
  if (stream?.has('ResourcePolicy')) stream.complain('ResourcePolicy', 'not emulated');
  stream?.requiredText('StreamViewType');
  const StreamViewType = stream?.oneOf('StreamViewType', [
    'NEW_IMAGE',
    'OLD_IMAGE',
    'NEW_AND_OLD_IMAGES',
    'KEYS_ONLY',
  ]);
  const TableClass = properties.oneOf('TableClass', ['STANDARD', 'STANDARD_INFREQUENT_ACCESS']);
  const Tags = properties
    .sections('Tags')
    .map((tag) => ({ Key: tag.requiredText('Key'), Value: tag.requiredText('Value') }));
  return {
    ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType } }),
    ...(TableClass && { TableClass }),
    ...(Tags.length > 0 && { Tags }),
  };
}

function readKeySchema(owner: Properties, defined: ReadonlySet<string>): unknown[] {
  if (!owner.has('KeySchema')) owner.complain('KeySchema', 'expected a list, found nothing');
  return owner.sections('KeySchema').map((key) => {
    const name = key.requiredText('AttributeName');
    if (name !== '' && !defined.has(name))
      key.complain(
        'AttributeName',
        `expected one of the AttributeDefinitions (${[...defined].join(', ')}), found ${JSON.stringify(name)}`,
      );
    return { AttributeName: name, KeyType: key.oneOf('KeyType', ['HASH', 'RANGE']) ?? 'HASH' };
  });
}

function readThroughput(owner: Properties): unknown {
  const throughput = owner.section('ProvisionedThroughput');
  if (!owner.has('ProvisionedThroughput'))
    owner.complain(
      'ProvisionedThroughput',
      'expected a map, or "BillingMode: PAY_PER_REQUEST", found nothing',
    );
  const units = (name: string) => throughput?.integer(name, 1, Number.MAX_SAFE_INTEGER) ?? 1;
  return { ReadCapacityUnits: units('ReadCapacityUnits'), WriteCapacityUnits: units('WriteCapacityUnits') };
}

function readProjection(index: Properties): unknown {
  const projection = index.section('Projection');
  if (!index.has('Projection')) index.complain('Projection', 'expected a map, found nothing');
  const attributes = projection?.texts('NonKeyAttributes') ?? [];
  return {
    ProjectionType: projection?.oneOf('ProjectionType', ['ALL', 'KEYS_ONLY', 'INCLUDE']) ?? 'ALL',
    ...(attributes.length > 0 && { NonKeyAttributes: attributes }),
  };
}
