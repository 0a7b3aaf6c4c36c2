import type { BusModel } from '../../../template/model.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';

const known = [
  'DeadLetterConfig',
  'Description',
  'EventSourceName',
  'KmsKeyIdentifier',
  'LogConfig',
  'Name',
  'Policy',
  'Tags',
];

/** AWS::Events::EventBus. */
export function readBus(resource: Resource, world: World): BusModel {
  const properties = world.read(resource, known);
  // CloudFormation makes no name for a bus.
  properties.requiredText('Name');
  const name = world.name(resource, properties, 'Name', /^[\w.-]{1,256}$/);
  if (name === 'default')
    properties.complain('Name', 'expected another name than default, which every account has');
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const description = properties.text('Description');
  return {
    logicalId: resource.logicalId,
    name,
    arn: world.arn(resource),
    ...(description !== undefined && { description }),
  };
}
