import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { integrationOf } from '../definition/integration.ts';
import { routeOf } from '../definition/route-key.ts';
import { apiOf, reportRoutes } from './apis.ts';
import { readAuth } from './route-settings.ts';

const INTEGRATION_PROPERTIES = [
  'ApiId',
  'ConnectionId',
  'ConnectionType',
  'ContentHandlingStrategy',
  'CredentialsArn',
  'Description',
  'IntegrationMethod',
  'IntegrationSubtype',
  'IntegrationType',
  'IntegrationUri',
  'PassthroughBehavior',
  'PayloadFormatVersion',
  'RequestParameters',
  'RequestTemplates',
  'ResponseParameters',
  'TemplateSelectionExpression',
  'TimeoutInMillis',
  'TlsConfig',
];

const ROUTE_PROPERTIES = [
  'ApiId',
  'ApiKeyRequired',
  'AuthorizationScopes',
  'AuthorizationType',
  'AuthorizerId',
  'ModelSelectionExpression',
  'OperationName',
  'RequestModels',
  'RequestParameters',
  'RouteKey',
  'RouteResponseSelectionExpression',
  'Target',
];

/** AWS::ApiGatewayV2::Integration, told by its id, for the routes that lead to it. */
function readIntegration(resource: Resource, reading: Reading) {
  const properties = reading.world.read(resource, INTEGRATION_PROPERTIES);
  if (!apiOf(resource, properties, 'ApiId', reading)) return undefined;
  reading.world.reportLeftOut(resource, properties);
  const name = 'RequestParameters';
  const isHttp = properties.text('IntegrationType') === 'HTTP_PROXY';
  if (properties.has(name) && !isHttp) {
    const reason = 'parameters are mapped for HTTP backends alone';
    reading.world.reports.part(resource, name, properties.lineOf(name), 'not emulated', reason);
  }
  return integrationOf(
    {
      type: properties.text('IntegrationType'),
      uri: properties.text('IntegrationUri'),
      payload: properties.text('PayloadFormatVersion'),
      timeoutMs: properties.integer('TimeoutInMillis', 50, 30_000),
      roleArn: properties.text('CredentialsArn'),
      method: properties.text('IntegrationMethod'),
      parameters: properties.section('RequestParameters')?.textMap() ?? {},
      requestTemplates: {},
      responses: [],
      subtype: properties.text('IntegrationSubtype'),
    },
    'HTTP',
  );
}

/** AWS::ApiGatewayV2::Integration and Route. */
export function readHttpRoutes(reading: Reading): void {
  const { world } = reading;
  const integrations = new Map(
    world
      .ofType('AWS::ApiGatewayV2::Integration')
      .map((resource) => [world.scope.physicalId(resource), readIntegration(resource, reading)]),
  );
  for (const resource of world.ofType('AWS::ApiGatewayV2::Route')) {
    const properties = world.read(resource, ROUTE_PROPERTIES);
    const api = apiOf(resource, properties, 'ApiId', reading);
    const integration = integrations.get(properties.text('Target')?.replace(/^integrations\//, '') ?? '');
    if (!api) continue;
    const route = {
      ...routeOf(properties.requiredText('RouteKey')),
      ...(integration && { integration }),
      auth: readAuth(properties),
    };
    api.routes.push(route);
    reportRoutes(resource, api, [route], world);
  }
}
