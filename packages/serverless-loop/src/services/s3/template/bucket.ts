import type { BucketModel } from '../../../template/model.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';
import { readCors } from './cors.ts';
import { readNotifications } from './notifications.ts';

const KNOWN_PROPERTIES = [
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

/** AWS::S3::Bucket. */
export function readBucket(resource: Resource, targets: Targets, world: World): BucketModel {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  world.name(
    resource,
    properties,
    'BucketName',
    /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/,
  );
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const notifications = readNotifications(properties, resource, targets, world);
  const versioning = properties.section('VersioningConfiguration')?.oneOf('Status', ['Enabled', 'Suspended']);
  const cors = readCors(properties);
  return {
    logicalId: resource.logicalId,
    name: world.scope.physicalId(resource),
    ...(versioning && { versioning }),
    ...(notifications && { notifications }),
    ...(cors && { cors }),
  };
}
