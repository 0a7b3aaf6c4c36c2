import { RETENTION_DAYS } from '../../../aws/retention-days.ts';
import type { LogGroupModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';

const KNOWN_PROPERTIES = [
  'BearerTokenAuthenticationEnabled',
  'DataProtectionPolicy',
  'DeletionProtectionEnabled',
  'FieldIndexPolicies',
  'KmsKeyId',
  'LogGroupClass',
  'LogGroupName',
  'ResourcePolicyDocument',
  'RetentionInDays',
  'Tags',
];

/** AWS::Logs::LogGroup. */
export function readLogGroup(resource: Resource, world: World): LogGroupModel {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  const name = world.name(resource, properties, 'LogGroupName', /^[.\-_/#A-Za-z0-9]{1,512}$/);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const retentionInDays = readRetention(properties);
  return {
    logicalId: resource.logicalId,
    name,
    ...(retentionInDays !== undefined && { retentionInDays }),
    logGroupClass:
      properties.oneOf('LogGroupClass', ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']) ?? 'STANDARD',
    deletionProtectionEnabled: properties.boolean('DeletionProtectionEnabled') ?? false,
    tags: Object.fromEntries(
      properties.sections('Tags').map((tag) => [tag.text('Key') ?? '', tag.text('Value') ?? '']),
    ),
  };
}

function readRetention(properties: Properties): number | undefined {
  const days = properties.integer('RetentionInDays', 1, Number.MAX_SAFE_INTEGER);
  if (days !== undefined && !RETENTION_DAYS.includes(days))
    properties.complain('RetentionInDays', `expected one of ${RETENTION_DAYS.join(', ')}, found ${days}`);
  return days;
}
