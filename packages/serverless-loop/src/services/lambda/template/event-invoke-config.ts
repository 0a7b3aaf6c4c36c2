import { LATEST, parseArn } from '../../../aws/arn.ts';
import { functionNameOf } from '../../../template/arns.ts';
import type { AsyncInvokeModel, FunctionModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';
import { giveUpForFunction, isFunctionName } from './named-function.ts';
import { complainAboutQualifier } from './qualifiers.ts';

const KNOWN_PROPERTIES = [
  'DestinationConfig',
  'FunctionName',
  'MaximumEventAgeInSeconds',
  'MaximumRetryAttempts',
  'Qualifier',
];

/** Gives each AWS::Lambda::EventInvokeConfig to its function, version or alias: it holds for invocations by that name only. */
export function attachEventInvokeConfigs(
  functions: readonly FunctionModel[],
  targets: Targets,
  world: World,
): void {
  for (const resource of world.ofType('AWS::Lambda::EventInvokeConfig')) {
    const properties = world.read(resource, KNOWN_PROPERTIES);
    const reference = properties.requiredText('FunctionName');
    const owner = functions.find(({ name }) => name === functionNameOf(reference));
    if (owner) attach(owner, resource, properties, targets, world);
    else if (isFunctionName(reference, world))
      world.reports.accepted(resource, 'its function is not emulated');
    else if (world.runsElsewhere('function', functionNameOf(reference)))
      attachElsewhere(resource, properties, functionNameOf(reference), targets, world);
    else giveUpForFunction(properties, reference, world);
  }
}

function attach(
  owner: FunctionModel,
  resource: Resource,
  properties: Properties,
  targets: Targets,
  world: World,
): void {
  world.reports.emulated(resource);
  const settings = readSettings(resource, properties, targets, world);
  const qualifier = properties.requiredText('Qualifier');
  const configured = qualifier === LATEST ? owner : owner.qualifiers.find(({ name }) => name === qualifier);
  if (!configured) {
    if (qualifier !== '') complainAboutQualifier(properties, 'Qualifier', qualifier, owner.qualifiers);
    return;
  }
  configured.asyncInvoke = { ...configured.asyncInvoke, ...settings };
}

/** Of a function of another stack nobody knows here which versions and aliases it has. */
function attachElsewhere(
  resource: Resource,
  properties: Properties,
  functionName: string,
  targets: Targets,
  world: World,
): void {
  world.reports.emulated(resource);
  const asyncInvoke = readSettings(resource, properties, targets, world);
  const qualifier = properties.requiredText('Qualifier');
  const { logicalId } = resource;
  const name = world.scope.physicalId(resource);
  world.attachments.push({ kind: 'invokeConfig', logicalId, name, functionName, qualifier, asyncInvoke });
}

function readSettings(
  resource: Resource,
  properties: Properties,
  targets: Targets,
  world: World,
): AsyncInvokeModel {
  const destinations = properties.section('DestinationConfig');
  destinations?.allowOnly(['OnFailure', 'OnSuccess']);
  const destination = (name: 'OnFailure' | 'OnSuccess') =>
    readDestination(name, destinations, resource, targets, world);
  const onFailureArn = destination('OnFailure');
  const onSuccessArn = destination('OnSuccess');
  return {
    isConfigured: true,
    maximumRetryAttempts: properties.integer('MaximumRetryAttempts', 0, 2) ?? 2,
    maximumEventAgeSeconds: properties.integer('MaximumEventAgeInSeconds', 60, 21_600) ?? 21_600,
    ...(onFailureArn !== undefined && { onFailureArn }),
    ...(onSuccessArn !== undefined && { onSuccessArn }),
  };
}

/** A queue or topic that is told of what succeeded or failed; undefined for one that can't be reached, which is told. */
export function readDestination(
  name: 'OnFailure' | 'OnSuccess',
  destinations: Properties | undefined,
  resource: Resource,
  targets: Targets,
  world: World,
): string | undefined {
  const config = destinations?.section(name);
  const arn = config?.requiredText('Destination');
  if (config === undefined || arn === undefined || arn === '') return undefined;
  // A queue must be a standard one (Lambda developer guide, "Adding a destination").
  if (parseArn(arn)?.service === 'sqs' && arn.endsWith('.fifo')) {
    config.complain('Destination', `expected a standard queue, found the FIFO queue ${arn}`);
    return undefined;
  }
  if (parseArn(arn)?.service === 's3') return readBucket(name, config, arn, resource, world);
  const target = targets.find(arn);
  if (target.kind === 'queue' || target.kind === 'topic') return arn;
  if (target.kind === 'nowhere') world.leaveOut(resource, name, config, 'Destination', target.problem);
  else {
    const reason =
      target.kind === 'not emulated'
        ? target.reason
        : `destinations are queues and topics only here (${arn})`;
    world.reports.part(resource, name, config.lineOf('Destination'), 'not emulated', reason);
  }
  return undefined;
}

/** A bucket takes what failed, and nothing else (Lambda guide, "Capturing records of Lambda asynchronous invocations"). */
function readBucket(
  name: 'OnFailure' | 'OnSuccess',
  config: Properties,
  arn: string,
  resource: Resource,
  world: World,
): string | undefined {
  if (name === 'OnSuccess') {
    config.complain('Destination', `expected no bucket, which is told of failures alone, found ${arn}`);
    return undefined;
  }
  const isOwn = world
    .declared('AWS::S3::Bucket')
    .some((bucket) => world.scope.attributeOf(bucket, 'Arn') === arn);
  if (isOwn || world.deployment) return arn;
  const reason = `${arn} is outside this template: what is sent there is dropped`;
  world.reports.part(resource, name, config.lineOf('Destination'), 'not emulated', reason);
  return undefined;
}
