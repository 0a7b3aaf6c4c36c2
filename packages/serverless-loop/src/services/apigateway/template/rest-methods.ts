import type { MockResponse, RouteModel } from '../../../aws/api-model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { integrationOf, mappedHeaders } from '../definition/integration.ts';
import { apiOf, reportRoutes } from './apis.ts';
import { readAuth } from './route-settings.ts';

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

const METHOD_PROPERTIES = [
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
    const properties = world.read(resource, METHOD_PROPERTIES);
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
      method: given.text('IntegrationHttpMethod'),
      parameters: given.section('RequestParameters')?.textMap() ?? {},
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
