import type { MockResponse, RouteModel } from '../../../aws/api-model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { readStatements } from '../../../template/statements.ts';
import { apiOf, newApi, reportRoutes } from './apis.ts';
import { authorizerOf } from './authorizer.ts';
import { readBody } from './body.ts';
import { readGatewayResponse } from './definition.ts';
import { readAuth, throttleOf } from './http-api.ts';
import { integrationOf, mappedHeaders } from './integration.ts';

const apiProperties = [
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

export function readRestApi(resource: Resource, { world, models }: Reading): void {
  const properties = world.read(resource, apiProperties);
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
  const policy = properties.section('Policy');
  // Only its mistakes are told: it refuses no call.
  if (policy) readStatements(policy, 'resource');
  reportRoutes(resource, api, api.routes, world);
  models.apis.push(api);
}

const stageProperties = [
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
  const properties = world.read(resource, stageProperties);
  const api = apiOf(resource, properties, 'RestApiId', reading);
  world.reportLeftOut(resource, properties);
  const ofAll = properties
    .sections('MethodSettings')
    .find((settings) => settings.text('HttpMethod') === '*' && settings.text('ResourcePath') === '/*');
  const throttle = throttleOf(ofAll);
  const variables = properties.section('Variables')?.textMap();
  const deploymentId = properties.text('DeploymentId');
  api?.stages.push({
    name: properties.requiredText('StageName'),
    ...(variables && { variables }),
    ...(throttle && { throttle }),
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

/** The path of every AWS::ApiGateway::Resource by its id, with those of the APIs' roots. */
function pathsOf(reading: Reading): Map<string, string> {
  const { world, models } = reading;
  const resources = new Map<string, { parentId: string; part: string }>();
  for (const resource of world.ofType('AWS::ApiGateway::Resource')) {
    const properties = world.read(resource, ['ParentId', 'PathPart', 'RestApiId']);
    if (!apiOf(resource, properties, 'RestApiId', reading)) continue;
    const parentId = properties.requiredText('ParentId');
    resources.set(world.scope.physicalId(resource), { parentId, part: properties.requiredText('PathPart') });
  }
  const roots = new Set(
    models.apis.flatMap(({ logicalId }) => {
      const owner = world.index.find(logicalId);
      return (owner && world.scope.attributeOf(owner, 'RootResourceId')) ?? [];
    }),
  );
  const paths = new Map([...roots].map((id) => [id, '/']));
  for (const id of resources.keys()) {
    const parts: string[] = [];
    // The template was checked for circles.
    for (let at = resources.get(id); at; at = resources.get(at.parentId)) parts.unshift(at.part);
    paths.set(id, `/${parts.join('/')}`);
  }
  return paths;
}

const methodProperties = [
  'ApiKeyRequired',
  'AuthorizationScopes',
  'AuthorizationType',
  'AuthorizerId',
  'HttpMethod',
  'Integration',
  'MethodResponses',
  'OperationName',
  'RequestModels',
  'RequestParameters',
  'RequestValidatorId',
  'ResourceId',
  'RestApiId',
];

/** AWS::ApiGateway::Resource, Model, RequestValidator and Method. */
export function readMethods(reading: Reading): void {
  const { world } = reading;
  const paths = pathsOf(reading);
  const schemas = schemasOf(reading);
  const validators = validatorsOf(reading);
  for (const resource of world.ofType('AWS::ApiGateway::Method')) {
    const properties = world.read(resource, methodProperties);
    const api = apiOf(resource, properties, 'RestApiId', reading);
    const resourceId = properties.requiredText('ResourceId');
    const path = paths.get(resourceId);
    if (!api || path === undefined) continue;
    const integration = properties.section('Integration');
    const models = properties.section('RequestModels')?.textMap() ?? {};
    const validates = validators.get(properties.text('RequestValidatorId') ?? '');
    const route: RouteModel = {
      method: properties.requiredText('HttpMethod'),
      path,
      resourceId,
      ...(integration && { integration: readIntegration(integration) }),
      auth: readAuth(properties),
      needsApiKey: properties.boolean('ApiKeyRequired') ?? false,
      parameters: Object.fromEntries(
        Object.entries(properties.section('RequestParameters')?.plain() ?? {}).map(([name, isRequired]) => [
          name,
          String(isRequired) === 'true',
        ]),
      ),
      bodies: Object.fromEntries(
        Object.entries(models).map(([type, name]) => [type, schemas.get(`${api.name} ${name}`) ?? {}]),
      ),
      ...(validates && { validates }),
    };
    api.routes.push(route);
    reportRoutes(resource, api, [route], world);
  }
}

/** By the API's id and the model's name. */
function schemasOf(reading: Reading): Map<string, unknown> {
  const { world } = reading;
  const schemas = new Map<string, unknown>();
  for (const resource of world.ofType('AWS::ApiGateway::Model')) {
    const properties = world.read(resource, ['ContentType', 'Description', 'Name', 'RestApiId', 'Schema']);
    const api = apiOf(resource, properties, 'RestApiId', reading);
    const name = properties.text('Name') ?? world.scope.physicalId(resource);
    schemas.set(`${api?.name} ${name}`, properties.section('Schema')?.plain() ?? {});
  }
  return schemas;
}

function validatorsOf(reading: Reading): Map<string, { body: boolean; parameters: boolean }> {
  const { world } = reading;
  const known = ['Name', 'RestApiId', 'ValidateRequestBody', 'ValidateRequestParameters'];
  return new Map(
    world.ofType('AWS::ApiGateway::RequestValidator').map((resource) => {
      const properties = world.read(resource, known);
      apiOf(resource, properties, 'RestApiId', reading);
      return [
        world.scope.physicalId(resource),
        {
          body: properties.boolean('ValidateRequestBody') ?? false,
          parameters: properties.boolean('ValidateRequestParameters') ?? false,
        },
      ];
    }),
  );
}

function readIntegration(given: Properties) {
  return integrationOf(
    {
      type: given.text('Type'),
      uri: given.text('Uri'),
      payload: '1.0',
      timeoutMs: given.integer('TimeoutInMillis', 50, 900_000),
      roleArn: given.text('Credentials'),
      requestTemplates: given.section('RequestTemplates')?.textMap() ?? {},
      responses: given.sections('IntegrationResponses').map(readResponse),
    },
    'REST',
  );
}

function readResponse(given: Properties): MockResponse {
  const pattern = given.text('SelectionPattern');
  return {
    ...(pattern && { pattern }),
    status: given.integer('StatusCode', 100, 599) ?? 200,
    headers: mappedHeaders(given.section('ResponseParameters')?.plain()),
    templates: given.section('ResponseTemplates')?.textMap() ?? {},
  };
}

const authorizerProperties = [
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
  const properties = world.read(resource, authorizerProperties);
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
