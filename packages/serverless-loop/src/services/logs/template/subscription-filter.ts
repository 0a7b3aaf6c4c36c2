import type { Properties } from '../../../template/properties.ts';
import { readOwn } from '../../../template/read-own.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';
import { vendorOf } from '../subscriptions/destination.ts';
import { SUBSCRIPTION_TYPE, type SubscriptionModel } from '../subscriptions/subscription-filter.ts';

const KNOWN_PROPERTIES = [
  'ApplyOnTransformedLogs',
  'DestinationArn',
  'Distribution',
  'EmitSystemFields',
  'FieldSelectionCriteria',
  'FilterName',
  'FilterPattern',
  'LogGroupName',
  'RoleArn',
];

/** Reads each AWS::Logs::SubscriptionFilter to a function or a stream. */
export function readSubscriptions(reading: Reading): void {
  const { targets } = reading;
  readOwn(reading, SUBSCRIPTION_TYPE, (resource, world) => readOne(resource, targets, world));
}

function readOne(resource: Resource, targets: Targets, world: World): SubscriptionModel | undefined {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  world.reports.emulated(resource);
  const name = readFilterName(resource, properties, world);
  const destinationArn = properties.requiredText('DestinationArn');
  const missing = missingDestination(destinationArn, targets);
  if (missing !== undefined) {
    world.reports.notEmulated(resource, `nothing is sent: ${missing}`);
    return undefined;
  }
  world.reportLeftOut(resource, properties);
  const roleArn = properties.text('RoleArn');
  return {
    logicalId: resource.logicalId,
    name,
    logGroupName: properties.requiredText('LogGroupName'),
    pattern: properties.text('FilterPattern') ?? '',
    destinationArn,
    ...(roleArn !== undefined && { roleArn }),
    distribution: properties.oneOf('Distribution', ['ByLogStream', 'Random']) ?? 'ByLogStream',
    applyOnTransformedLogs: properties.boolean('ApplyOnTransformedLogs') ?? false,
  };
}

/** The names of filters count within their group alone. */
export function readFilterName(resource: Resource, properties: Properties, world: World): string {
  const name = world.scope.nameOf(resource);
  if (!/^[^:*]{1,512}$/.test(name))
    properties.complain('FilterName', `expected at most 512 characters, none of them : or *, found ${name}`);
  if (!properties.has('FilterPattern'))
    properties.complain('FilterPattern', 'expected a filter pattern, found nothing');
  return name;
}

function missingDestination(arn: string, targets: Targets): string | undefined {
  if (!vendorOf(arn))
    return `${arn} is no Lambda function and no Kinesis stream, which are the subscribers that the loop has`;
  const found = targets.find(arn);
  if (found.kind === 'nowhere') return found.problem;
  return found.kind === 'not emulated' && !found.mayCome ? found.reason : undefined;
}
