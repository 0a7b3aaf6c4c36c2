import type { BucketModel } from '../../../template/model.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';

const known = [
  'AbacStatus',
  'AccelerateConfiguration',
  'AccessControl',
  'AnalyticsConfigurations',
  'BucketEncryption',
  'BucketName',
  'BucketNamePrefix',
  'BucketNamespace',
  'CorsConfiguration',
  'IntelligentTieringConfigurations',
  'InventoryConfigurations',
  'LifecycleConfiguration',
  'LoggingConfiguration',
  'MetadataConfiguration',
  'MetadataTableConfiguration',
  'MetricsConfigurations',
  'NotificationConfiguration',
  'ObjectLockConfiguration',
  'ObjectLockEnabled',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'ReplicationConfiguration',
  'Tags',
  'VersioningConfiguration',
  'WebsiteConfiguration',
];

/** What a bucket may have that the loop leaves out, with what that means. */
const leftOut: [property: string, status: 'accepted' | 'not emulated', reason: string][] = [
  ['LifecycleConfiguration', 'accepted', 'objects stay until they are deleted'],
  ['NotificationConfiguration', 'not emulated', 'buckets tell nobody of their objects'],
  ['ReplicationConfiguration', 'not emulated', 'objects are not copied to other buckets'],
  ['VersioningConfiguration', 'accepted', 'of each object the newest version is kept'],
  ['WebsiteConfiguration', 'not emulated', 'buckets are no web sites'],
];

/** AWS::S3::Bucket. */
export function readBucket(resource: Resource, world: World): BucketModel {
  const properties = world.read(resource, known);
  world.name(
    resource,
    properties,
    'BucketName',
    /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/,
  );
  world.reports.emulated(resource);
  for (const [part, status, why] of leftOut)
    if (properties.has(part)) world.reports.part(resource, part, properties.lineOf(part), status, why);
  return { logicalId: resource.logicalId, name: world.scope.physicalId(resource) };
}
