import { AwsError } from '../../../aws/errors.ts';
import type { Properties } from '../../../template/properties.ts';
import { readOwn } from '../../../template/read-own.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import type { World } from '../../../template/world.ts';
import { type ConnectionModel, refuseOther } from '../http/connection.ts';
import { readAuthParameters } from '../http/shapes.ts';

const KNOWN_PROPERTIES = [
  'AuthParameters',
  'AuthorizationType',
  'Description',
  'InvocationConnectivityParameters',
  'KmsKeyIdentifier',
  'Name',
];

/** Reads each AWS::Events::Connection, whose parameters are those of the API. */
export function readConnections(reading: Reading): void {
  readOwn(reading, 'AWS::Events::Connection', readConnection);
}

function readConnection(resource: Resource, world: World): ConnectionModel | undefined {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const type = properties.oneOf('AuthorizationType', ['BASIC', 'OAUTH_CLIENT_CREDENTIALS', 'API_KEY']);
  const parameters = parametersOf(properties, type);
  if (!type || !parameters) {
    if (!properties.has('AuthorizationType'))
      properties.complain('AuthorizationType', 'expected a type, found nothing');
    return undefined;
  }
  const description = properties.text('Description');
  const kmsKeyIdentifier = properties.text('KmsKeyIdentifier');
  return {
    logicalId: resource.logicalId,
    name: world.name(resource, properties, 'Name', /^[\w.-]{1,64}$/),
    arn: world.arn(resource),
    ...(description !== undefined && { description }),
    ...(kmsKeyIdentifier !== undefined && { kmsKeyIdentifier }),
    type,
    parameters,
  };
}

function parametersOf(
  properties: Properties,
  type: ConnectionModel['type'] | undefined,
): ConnectionModel['parameters'] | undefined {
  const given = properties.section('AuthParameters')?.plain();
  if (!given) {
    properties.complain('AuthParameters', 'expected a map, found nothing');
    return undefined;
  }
  try {
    const parameters = readAuthParameters(given);
    if (type) refuseOther(type, parameters);
    return parameters;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    properties.complain('AuthParameters', `expected what AWS takes, which says: ${error.message}`);
    return undefined;
  }
}
