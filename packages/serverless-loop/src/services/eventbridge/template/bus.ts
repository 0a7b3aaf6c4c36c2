import { isObject } from '../../../aws/json-object.ts';
import type { BusModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import { readStatements } from '../../../template/statements.ts';
import type { World } from '../../../template/world.ts';

const KNOWN_PROPERTIES = [
  'DeadLetterConfig',
  'Description',
  'EventSourceName',
  'KmsKeyIdentifier',
  'LogConfig',
  'Name',
  'Policy',
  'Tags',
];

/** "Custom event bus names can't contain the / character … for a partner event bus the name must exactly match the name of the partner event source" (EventBridge API reference, "CreateEventBus"). */
const NAME = /^[\w.-]{1,256}$/;
const OF_PARTNER = /^[/\w.-]{1,256}$/;

/** AWS::Events::EventBus. */
export function readBus(resource: Resource, world: World): BusModel {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  // CloudFormation makes no name for a bus.
  properties.requiredText('Name');
  const name = world.name(
    resource,
    properties,
    'Name',
    properties.has('EventSourceName') ? OF_PARTNER : NAME,
  );
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
    ...readSettings(properties),
    ...readPolicy(properties),
  };
}

function readSettings(properties: Properties): Pick<BusModel, 'settings'> {
  const kmsKeyIdentifier = properties.text('KmsKeyIdentifier');
  const deadLetters = properties.section('DeadLetterConfig')?.plain();
  const logs = properties.section('LogConfig')?.plain();
  const settings = {
    ...(kmsKeyIdentifier !== undefined && { KmsKeyIdentifier: kmsKeyIdentifier }),
    ...(deadLetters && { DeadLetterConfig: deadLetters }),
    ...(logs && { LogConfig: logs }),
  };
  return Object.keys(settings).length > 0 ? { settings } : {};
}

function readPolicy(properties: Properties): Pick<BusModel, 'policy'> {
  const document = properties.section('Policy');
  if (!document) return {};
  readStatements(document, 'resource');
  const { Statement: statement } = document.plain();
  return { policy: (Array.isArray(statement) ? statement : [statement]).filter(isObject) };
}
