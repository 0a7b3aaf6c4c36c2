import { textIn } from '../contract.ts';
import { arn, type TerraformResource } from './resource.ts';

const FUNCTION = arn('lambda', 'function:tf-api');
const URI = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`;

const CERTIFICATE = arn('acm', 'certificate/tf');

export const APIS: readonly TerraformResource[] = [
  {
    kind: 'aws_apigatewayv2_api, with its integration, route, authorizer, deployment and stage',
    async create(call) {
      const { ApiId } = await call('apigatewayv2', 'CreateApi', {
        ...{ Name: 'tf-http', ProtocolType: 'HTTP', Tags: { team: 'one' } },
        CorsConfiguration: { AllowOrigins: ['https://a.example'], AllowMethods: ['GET'] },
      });
      const of = { ApiId };
      const { IntegrationId } = await call('apigatewayv2', 'CreateIntegration', {
        ...{ ...of, IntegrationType: 'AWS_PROXY', IntegrationUri: FUNCTION, IntegrationMethod: 'POST' },
        PayloadFormatVersion: '2.0',
      });
      const { AuthorizerId } = await call('apigatewayv2', 'CreateAuthorizer', {
        ...{ ...of, Name: 'jwt', AuthorizerType: 'JWT' },
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Audience: ['a'], Issuer: 'https://issuer.example.com' },
      });
      const { RouteId } = await call('apigatewayv2', 'CreateRoute', {
        ...{ ...of, RouteKey: 'GET /one', Target: `integrations/${IntegrationId}` },
        ...{ AuthorizationType: 'JWT', AuthorizerId },
      });
      await call('apigatewayv2', 'CreateStage', {
        ...{ ...of, StageName: '$default', AutoDeploy: true },
        DefaultRouteSettings: { ThrottlingBurstLimit: 5, ThrottlingRateLimit: 10 },
      });
      return { ...of, IntegrationId, RouteId, AuthorizerId };
    },
    async read(call, { ApiId, IntegrationId, RouteId, AuthorizerId }) {
      await call('apigatewayv2', 'GetApi', { ApiId });
      await call('apigatewayv2', 'GetIntegration', { ApiId, IntegrationId });
      await call('apigatewayv2', 'GetAuthorizer', { ApiId, AuthorizerId });
      await call('apigatewayv2', 'GetRoute', { ApiId, RouteId });
      await call('apigatewayv2', 'GetStage', { ApiId, StageName: '$default' });
    },
    async update(call, { ApiId, RouteId }) {
      await call('apigatewayv2', 'UpdateRoute', { ApiId, RouteId, RouteKey: 'GET /two' });
      await call('apigatewayv2', 'UpdateApi', { ApiId, Description: 'two' });
    },
    async remove(call, { ApiId, IntegrationId, RouteId, AuthorizerId }) {
      await call('apigatewayv2', 'DeleteStage', { ApiId, StageName: '$default' });
      await call('apigatewayv2', 'DeleteRoute', { ApiId, RouteId });
      await call('apigatewayv2', 'DeleteAuthorizer', { ApiId, AuthorizerId });
      await call('apigatewayv2', 'DeleteIntegration', { ApiId, IntegrationId });
      await call('apigatewayv2', 'DeleteApi', { ApiId });
    },
    gone: ({ ApiId }) => ['apigatewayv2', 'GetApi', { ApiId }, 'NotFoundException'],
  },
  {
    kind: 'aws_api_gateway_rest_api, with its resource, method, integration, deployment, stage and settings',
    async create(call) {
      const made = await call('apigateway', 'CreateRestApi', { name: 'tf-rest', tags: { team: 'one' } });
      const of = { restApiId: textIn(made, 'id') };
      const { items } = await call('apigateway', 'GetResources', { ...of, limit: 500 });
      const { id } = await call('apigateway', 'CreateResource', {
        ...{ ...of, parentId: textIn(items, 0, 'id'), pathPart: 'one' },
      });
      const method = { ...of, resourceId: id, httpMethod: 'GET' };
      await call('apigateway', 'PutMethod', { ...method, authorizationType: 'NONE', apiKeyRequired: false });
      await call('apigateway', 'PutIntegration', {
        ...{ ...method, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: URI },
        timeoutInMillis: 29_000,
      });
      await call('apigateway', 'PutMethodResponse', { ...method, statusCode: '200' });
      await call('apigateway', 'PutIntegrationResponse', { ...method, statusCode: '200' });
      const { id: deploymentId } = await call('apigateway', 'CreateDeployment', of);
      await call('apigateway', 'CreateStage', { ...of, stageName: 'dev', deploymentId });
      await call('apigateway', 'UpdateStage', {
        ...{ ...of, stageName: 'dev' },
        patchOperations: [{ op: 'replace', path: '/*/*/throttling/rateLimit', value: '10' }],
      });
      return { ...method, deploymentId };
    },
    async read(call, { restApiId, resourceId, httpMethod, deploymentId }) {
      await call('apigateway', 'GetRestApi', { restApiId });
      await call('apigateway', 'GetResources', { restApiId, limit: 500 });
      await call('apigateway', 'GetResource', { restApiId, resourceId });
      const method = { restApiId, resourceId, httpMethod };
      await call('apigateway', 'GetMethod', method);
      await call('apigateway', 'GetIntegration', method);
      await call('apigateway', 'GetMethodResponse', { ...method, statusCode: '200' });
      await call('apigateway', 'GetIntegrationResponse', { ...method, statusCode: '200' });
      await call('apigateway', 'GetDeployment', { restApiId, deploymentId });
      await call('apigateway', 'GetStage', { restApiId, stageName: 'dev' });
    },
    async update(call, { restApiId, resourceId, httpMethod }) {
      await call('apigateway', 'UpdateMethod', {
        ...{ restApiId, resourceId, httpMethod },
        patchOperations: [{ op: 'replace', path: '/apiKeyRequired', value: 'true' }],
      });
      const { id: deploymentId } = await call('apigateway', 'CreateDeployment', { restApiId });
      await call('apigateway', 'UpdateStage', {
        ...{ restApiId, stageName: 'dev' },
        patchOperations: [{ op: 'replace', path: '/deploymentId', value: deploymentId }],
      });
    },
    async remove(call, { restApiId, resourceId, httpMethod, deploymentId }) {
      await call('apigateway', 'DeleteStage', { restApiId, stageName: 'dev' });
      await call('apigateway', 'DeleteDeployment', { restApiId, deploymentId });
      const method = { restApiId, resourceId, httpMethod };
      await call('apigateway', 'DeleteIntegrationResponse', { ...method, statusCode: '200' });
      await call('apigateway', 'DeleteMethodResponse', { ...method, statusCode: '200' });
      await call('apigateway', 'DeleteIntegration', method);
      await call('apigateway', 'DeleteMethod', method);
      await call('apigateway', 'DeleteResource', { restApiId, resourceId });
      await call('apigateway', 'DeleteRestApi', { restApiId });
    },
    gone: ({ restApiId }) => ['apigateway', 'GetRestApi', { restApiId }, 'NotFoundException'],
  },
  {
    kind: 'aws_apigatewayv2_domain_name and aws_apigatewayv2_api_mapping',
    async create(call) {
      const { ApiId } = await call('apigatewayv2', 'CreateApi', { Name: 'tf-domain', ProtocolType: 'HTTP' });
      const stage = { ApiId, StageName: '$default', AutoDeploy: true };
      await call('apigatewayv2', 'CreateStage', stage);
      const of = { DomainName: 'tf-http.example.com' };
      await call('apigatewayv2', 'CreateDomainName', {
        ...{ ...of, Tags: { team: 'one' } },
        DomainNameConfigurations: [
          { CertificateArn: CERTIFICATE, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
        ],
      });
      const mapping = { ...of, ApiId, Stage: '$default', ApiMappingKey: 'v1/boxes' };
      const { ApiMappingId } = await call('apigatewayv2', 'CreateApiMapping', mapping);
      return { ApiId, ApiMappingId };
    },
    async read(call, { ApiMappingId }) {
      const of = { DomainName: 'tf-http.example.com' };
      await call('apigatewayv2', 'GetDomainName', of);
      await call('apigatewayv2', 'GetApiMapping', { ...of, ApiMappingId });
    },
    async update(call, { ApiId, ApiMappingId }) {
      const mapping = { DomainName: 'tf-http.example.com', ApiMappingId, ApiId };
      await call('apigatewayv2', 'UpdateApiMapping', { ...mapping, ApiMappingKey: 'v2' });
    },
    async remove(call, { ApiId, ApiMappingId }) {
      const of = { DomainName: 'tf-http.example.com' };
      await call('apigatewayv2', 'DeleteApiMapping', { ...of, ApiMappingId });
      await call('apigatewayv2', 'DeleteDomainName', of);
      await call('apigatewayv2', 'DeleteApi', { ApiId });
    },
    gone: () => ['apigatewayv2', 'GetDomainName', { DomainName: 'tf-http.example.com' }, 'NotFoundException'],
  },
  {
    kind: 'aws_api_gateway_domain_name and aws_api_gateway_base_path_mapping',
    async create(call) {
      const { id } = await call('apigateway', 'CreateRestApi', { name: 'tf-domain' });
      const of = { domainName: 'tf-rest.example.com' };
      await call('apigateway', 'CreateDomainName', {
        ...{ ...of, regionalCertificateArn: CERTIFICATE, tags: { team: 'one' } },
        endpointConfiguration: { types: ['REGIONAL'] },
      });
      await call('apigateway', 'CreateBasePathMapping', { ...of, restApiId: id, basePath: '' });
      return { id };
    },
    async read(call) {
      const of = { domainName: 'tf-rest.example.com' };
      await call('apigateway', 'GetDomainName', of);
      await call('apigateway', 'GetBasePathMapping', { ...of, basePath: '(none)' });
    },
    async update(call) {
      const mapping = { domainName: 'tf-rest.example.com', basePath: '(none)' };
      const patchOperations = [{ op: 'replace', path: '/basePath', value: 'v1' }];
      await call('apigateway', 'UpdateBasePathMapping', { ...mapping, patchOperations });
      const back = [{ op: 'replace', path: '/basePath', value: '' }];
      await call('apigateway', 'UpdateBasePathMapping', {
        ...mapping,
        basePath: 'v1',
        patchOperations: back,
      });
    },
    async remove(call, { id }) {
      const of = { domainName: 'tf-rest.example.com' };
      await call('apigateway', 'DeleteBasePathMapping', { ...of, basePath: '(none)' });
      await call('apigateway', 'DeleteDomainName', of);
      await call('apigateway', 'DeleteRestApi', { restApiId: id });
    },
    gone: () => ['apigateway', 'GetDomainName', { domainName: 'tf-rest.example.com' }, 'NotFoundException'],
  },
];
