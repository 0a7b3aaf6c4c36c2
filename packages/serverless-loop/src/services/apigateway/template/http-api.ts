import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { authorizerOf } from '../definition/authorizer.ts';
import { readCors } from '../definition/definition.ts';
import { integrationOf } from '../definition/integration.ts';
import { inSmallLetters } from '../definition/plain.ts';
import { routeOf } from '../definition/route-key.ts';
import { routeLimits } from '../definition/stage-settings.ts';
import { apiOf, newApi, reportRoutes } from './apis.ts';
import { readBody } from './body.ts';
import { readAccessLog, throttleOf } from './route-settings.ts';

const API_PROPERTIES = [
  'ApiKeySelectionExpression',
  'BasePath',
  'Body',
  'BodyS3Location',
  'CorsConfiguration',
  'CredentialsArn',
  'Description',
  'DisableExecuteApiEndpoint',
  'DisableSchemaValidation',
  'FailOnWarnings',
  'IpAddressType',
  'Name',
  'ProtocolType',
  'RouteKey',
  'RouteSelectionExpression',
  'Tags',
  'Target',
  'Version',
];

/** AWS::ApiGatewayV2::Api; one of WebSockets is not emulated. */
export function readHttpApi(resource: Resource, { world, models }: Reading): void {
  const properties = world.read(resource, API_PROPERTIES);
  if (properties.text('ProtocolType') === 'WEBSOCKET') {
    world.reports.notEmulated(
      resource,
      'WebSocket APIs are not emulated: nobody can connect, and none of its routes calls a function',
    );
    return;
  }
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const api = newApi(
    resource,
    world,
    'HTTP',
    properties.text('Name'),
    readBody(resource, properties, 'HTTP', world),
  );
  if (properties.boolean('DisableExecuteApiEndpoint')) api.isDefaultEndpointOff = true;
  const cors = properties.section('CorsConfiguration');
  if (cors) api.cors = readCors(inSmallLetters(cors.plain()));
  const target = properties.text('Target');
  if (target !== undefined) {
    const integration = integrationOf(
      { ...nothingSaid(target), roleArn: properties.text('CredentialsArn') },
      'HTTP',
    );
    api.routes.push({ ...routeOf(properties.text('RouteKey') ?? '$default'), integration });
    api.stages.push({ name: '$default' });
  }
  reportRoutes(resource, api, api.routes, world);
  models.apis.push(api);
}

/** A quick create has payloads of format 2.0 (API reference, "CreateApi", target). */
function nothingSaid(uri: string) {
  return {
    // "For HTTP integrations, specify a fully qualified URL" (API reference, "CreateApi", target).
    type: /^https?:/.test(uri) ? 'HTTP_PROXY' : 'AWS_PROXY',
    uri,
    method: 'ANY',
    parameters: {},
    payload: '2.0',
    timeoutMs: undefined,
    requestTemplates: {},
    responses: [],
  };
}

const STAGE_PROPERTIES = [
  'AccessLogSettings',
  'AccessPolicyId',
  'ApiId',
  'AutoDeploy',
  'ClientCertificateId',
  'DefaultRouteSettings',
  'DeploymentId',
  'Description',
  'RouteSettings',
  'StageName',
  'StageVariables',
  'Tags',
];

export function readHttpStage(resource: Resource, reading: Reading): void {
  const { world } = reading;
  const properties = world.read(resource, STAGE_PROPERTIES);
  const api = apiOf(resource, properties, 'ApiId', reading);
  world.reportLeftOut(resource, properties);
  const variables = properties.section('StageVariables')?.textMap();
  const throttle = throttleOf(properties.section('DefaultRouteSettings'));
  const accessLog = readAccessLog(resource, properties, 'AccessLogSettings', world);
  api?.stages.push({
    name: properties.requiredText('StageName'),
    ...(variables && { variables }),
    ...(throttle && { throttle }),
    ...routeLimits(properties.section('RouteSettings')?.plain()),
    ...accessLog,
  });
}

const AUTHORIZER_PROPERTIES = [
  'ApiId',
  'AuthorizerCredentialsArn',
  'AuthorizerPayloadFormatVersion',
  'AuthorizerResultTtlInSeconds',
  'AuthorizerType',
  'AuthorizerUri',
  'EnableSimpleResponses',
  'IdentitySource',
  'IdentityValidationExpression',
  'JwtConfiguration',
  'Name',
];

export function readHttpAuthorizer(resource: Resource, reading: Reading): void {
  const { world } = reading;
  const properties = world.read(resource, AUTHORIZER_PROPERTIES);
  const api = apiOf(resource, properties, 'ApiId', reading);
  const jwt = properties.section('JwtConfiguration');
  if (!api) return;
  api.authorizers[world.scope.physicalId(resource)] = authorizerOf({
    type: properties.text('AuthorizerType'),
    uri: properties.text('AuthorizerUri'),
    identitySources: properties.texts('IdentitySource'),
    header: 'Authorization',
    issuer: jwt?.text('Issuer'),
    audience: jwt?.texts('Audience') ?? [],
    payload: properties.text('AuthorizerPayloadFormatVersion'),
    isSimple: properties.boolean('EnableSimpleResponses') ?? false,
    tokenPattern: undefined,
    cacheSeconds: properties.integer('AuthorizerResultTtlInSeconds', 0, 3600),
    roleArn: properties.text('AuthorizerCredentialsArn'),
    protocol: 'HTTP',
  });
}
