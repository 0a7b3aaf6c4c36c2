import { formatArn } from '../../../aws/arn.ts';
import type { Statement } from '../../../aws/statement.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { readStatements } from '../../../template/statements.ts';
import type { World } from '../../../template/world.ts';
import { authorizerOf } from '../definition/authorizer.ts';
import { readGatewayResponse } from '../definition/definition.ts';
import { methodLimits } from '../definition/stage-settings.ts';
import { apiOf, newApi, reportRoutes } from './apis.ts';
import { readBody } from './body.ts';
import { readAccessLog } from './route-settings.ts';

const API_PROPERTIES = [
  'ApiKeySourceType',
  'BinaryMediaTypes',
  'Body',
  'BodyS3Location',
  'CloneFrom',
  'Description',
  'DisableExecuteApiEndpoint',
  'EndpointAccessMode',
  'EndpointConfiguration',
  'FailOnWarnings',
  'MinimumCompressionSize',
  'Mode',
  'Name',
  'Parameters',
  'Policy',
  'SecurityPolicy',
  'Tags',
];

/** API Gateway guide, "x-amazon-apigateway-policy". */
const POLICY_EXTENSION = 'x-amazon-apigateway-policy';

/** The statements, with the API's own ARN in resources that are written without (API Gateway guide, "Access policy language overview"). */
function readResourcePolicy(policy: Properties, apiId: string, { scope }: World): Statement[] {
  const whole = (resource: string) =>
    resource.replace(/^execute-api:\/+/, formatArn(scope.place, 'execute-api', `${apiId}/`));
  return readStatements(policy, 'resource').map(({ resources, ...statement }) => ({
    ...statement,
    ...(resources && { resources: resources.map(whole) }),
  }));
}

export function readRestApi(resource: Resource, { world, models }: Reading): void {
  const properties = world.read(resource, API_PROPERTIES);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const api = newApi(
    resource,
    world,
    'REST',
    properties.text('Name'),
    readBody(resource, properties, 'REST', world),
  );
  api.binaryMediaTypes.push(...properties.texts('BinaryMediaTypes'));
  const policy = properties.section('Policy') ?? properties.section('Body')?.section(POLICY_EXTENSION);
  if (policy) api.resourcePolicy = readResourcePolicy(policy, api.name, world);
  reportRoutes(resource, api, api.routes, world);
  models.apis.push(api);
}

const STAGE_PROPERTIES = [
  'AccessLogSetting',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'CanarySetting',
  'ClientCertificateId',
  'DeploymentId',
  'Description',
  'DocumentationVersion',
  'MethodSettings',
  'RestApiId',
  'StageName',
  'Tags',
  'TracingEnabled',
  'Variables',
];

export function readRestStage(resource: Resource, reading: Reading): void {
  const { world } = reading;
  const properties = world.read(resource, STAGE_PROPERTIES);
  const api = apiOf(resource, properties, 'RestApiId', reading);
  world.reportLeftOut(resource, properties);
  const limits = methodLimits(
    properties.sections('MethodSettings').map((settings) => ({
      path: settings.text('ResourcePath') ?? '',
      method: settings.text('HttpMethod') ?? '',
      rate: settings.number('ThrottlingRateLimit'),
      burst: settings.number('ThrottlingBurstLimit'),
    })),
  );
  const accessLog = readAccessLog(resource, properties, 'AccessLogSetting', world);
  const variables = properties.section('Variables')?.textMap();
  const deploymentId = properties.text('DeploymentId');
  api?.stages.push({
    name: properties.requiredText('StageName'),
    ...(variables && { variables }),
    ...limits,
    ...accessLog,
    ...(deploymentId !== undefined && { deploymentId }),
  });
}

/** A deployment makes the stage that it names; what SAM makes names one that nobody calls (aws-sam-translator, `_construct_deployment`). */
export function readDeployment(resource: Resource, reading: Reading): void {
  const { world } = reading;
  const known = ['DeploymentCanarySettings', 'Description', 'RestApiId', 'StageDescription', 'StageName'];
  const properties = world.read(resource, known);
  const api = apiOf(resource, properties, 'RestApiId', reading);
  const name = properties.text('StageName');
  if (!api || name === undefined) return;
  const variables = properties.section('StageDescription')?.section('Variables')?.textMap();
  const deploymentId = world.scope.physicalId(resource);
  api.stages.push({ name, deploymentId, ...(variables && { variables }) });
}

const AUTHORIZER_PROPERTIES = [
  'AuthType',
  'AuthorizerCredentials',
  'AuthorizerResultTtlInSeconds',
  'AuthorizerUri',
  'IdentitySource',
  'IdentityValidationExpression',
  'Name',
  'ProviderARNs',
  'RestApiId',
  'Type',
];

export function readRestAuthorizer(resource: Resource, reading: Reading): void {
  const { world } = reading;
  const properties = world.read(resource, AUTHORIZER_PROPERTIES);
  const api = apiOf(resource, properties, 'RestApiId', reading);
  const sources = properties.text('IdentitySource');
  if (!api) return;
  api.authorizers[world.scope.physicalId(resource)] = authorizerOf({
    type: properties.text('Type'),
    uri: properties.text('AuthorizerUri'),
    identitySources: sources === undefined ? [] : sources.split(',').map((source) => source.trim()),
    header: 'Authorization',
    issuer: undefined,
    audience: [],
    payload: '1.0',
    isSimple: false,
    tokenPattern: properties.text('IdentityValidationExpression'),
    cacheSeconds: properties.integer('AuthorizerResultTtlInSeconds', 0, 3600),
    roleArn: properties.text('AuthorizerCredentials'),
    protocol: 'REST',
  });
}

export function attachGatewayResponse(resource: Resource, reading: Reading): void {
  const known = ['ResponseParameters', 'ResponseTemplates', 'ResponseType', 'RestApiId', 'StatusCode'];
  const properties = reading.world.read(resource, known);
  const api = apiOf(resource, properties, 'RestApiId', reading);
  if (!api) return;
  api.gatewayResponses[properties.requiredText('ResponseType')] = readGatewayResponse({
    statusCode: properties.text('StatusCode'),
    responseParameters: properties.section('ResponseParameters')?.plain(),
    responseTemplates: properties.section('ResponseTemplates')?.plain(),
  });
}
