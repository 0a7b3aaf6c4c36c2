import { readOwn } from '../../../template/read-own.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import type { World } from '../../../template/world.ts';
import { type ApiDestinationModel, DEFAULT_RATE } from '../http/api-destinations.ts';

const KNOWN_PROPERTIES = [
  'ConnectionArn',
  'Description',
  'HttpMethod',
  'InvocationEndpoint',
  'InvocationRateLimitPerSecond',
  'Name',
];
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const;

const MAX_PER_SECOND = 2_147_483_647;

/** Reads each AWS::Events::ApiDestination. */
export function readApiDestinations(reading: Reading): void {
  readOwn(reading, 'AWS::Events::ApiDestination', readApiDestination);
}

function readApiDestination(resource: Resource, world: World): ApiDestinationModel {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  world.reports.emulated(resource);
  const connectionArn = properties.requiredText('ConnectionArn');
  if (
    connectionArn !== '' &&
    !/^arn:[\w-]+:events:[\w-]*:\d{12}:connection\/[^/]+\/[^/]+$/.test(connectionArn)
  )
    properties.complain('ConnectionArn', `expected the ARN of a connection, found ${connectionArn}`);
  const endpoint = properties.requiredText('InvocationEndpoint');
  if (endpoint !== '' && !/^https?:\/\/[^/]/.test(endpoint))
    properties.complain('InvocationEndpoint', `expected an HTTP URL, found ${endpoint}`);
  const description = properties.text('Description');
  const method = properties.oneOf('HttpMethod', METHODS);
  if (!properties.has('HttpMethod')) properties.complain('HttpMethod', 'expected a method, found nothing');
  return {
    logicalId: resource.logicalId,
    name: world.name(resource, properties, 'Name', /^[\w.-]{1,64}$/),
    arn: world.arn(resource),
    ...(description !== undefined && { description }),
    connectionArn,
    endpoint,
    method: method ?? 'POST',
    ratePerSecond: properties.integer('InvocationRateLimitPerSecond', 1, MAX_PER_SECOND) ?? DEFAULT_RATE,
  };
}
