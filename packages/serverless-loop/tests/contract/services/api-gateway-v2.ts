import { type Go, type ServiceContract, textIn } from '../contract.ts';

const Body = JSON.stringify({ openapi: '3.0.1', info: { title: 'contract' }, paths: {} });

export const API_GATEWAY_V2_CONTRACT: ServiceContract = {
  title: 'API Gateway V2',
  service: 'apigatewayv2',
  async good(go) {
    const CorsConfiguration = { AllowOrigins: ['*'] };
    const made = await go('CreateApi', { Name: 'contract', ProtocolType: 'HTTP', CorsConfiguration });
    await go('CreateApi', { Name: 'contract-other', ProtocolType: 'HTTP' });
    const of = { ApiId: textIn(made, 'ApiId') };
    await go('GetApi', of);
    await go('GetApis');
    await go('UpdateApi', { ...of, Description: 'two' });
    await go('DeleteCorsConfiguration', of);
    await callRoutes(go, of);
    await callStages(go, of);
    await callDomains(go, of);
    const { ApiId } = await go('ImportApi', { Body });
    await go('ReimportApi', { ApiId, Body });
    const resource = { ResourceArn: `arn:aws:apigateway:eu-west-1::/apis/${of.ApiId}` };
    await go('TagResource', { ...resource, Tags: { a: 'b' } });
    await go('GetTags', resource);
    await go('UntagResource', { ...resource, TagKeys: ['a'] });
    await go('DeleteApi', of);
  },
  nowhere: {
    ApiId: 'nowhere',
    DomainName: 'nowhere',
    ResourceArn: 'arn:aws:apigateway:eu-west-1::/apis/nowhere',
  },
  missing: 'NotFoundException',
  refused: [
    ['CreateApi', { Name: 'x', ProtocolType: 'FTP' }, 'BadRequestException'],
    ['GetApis', { NextToken: 'foreign' }, 'BadRequestException'],
    ['ImportApi', { Body: ']' }, 'BadRequestException'],
    ['CreateDomainName', { DomainName: 'contract.example.com' }, 'BadRequestException'],
    ['GetDomainNames', { NextToken: 'foreign' }, 'BadRequestException'],
  ],
};

async function callRoutes(go: Go, of: { ApiId: string }): Promise<void> {
  const proxy = {
    ...{ IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', IntegrationUri: 'http://127.0.0.1:1/' },
    PayloadFormatVersion: '1.0',
  };
  const { IntegrationId } = await go('CreateIntegration', { ...of, ...proxy });
  const { IntegrationId: otherId } = await go('CreateIntegration', { ...of, ...proxy });
  const integration = { ...of, IntegrationId };
  await go('GetIntegration', integration);
  await go('GetIntegrations', of);
  await go('UpdateIntegration', { ...integration, TimeoutInMillis: 5000 });
  const Target = `integrations/${IntegrationId}`;
  const route = {
    ...of,
    RouteId: (await go('CreateRoute', { ...of, RouteKey: 'GET /one', Target })).RouteId,
  };
  await go('CreateRoute', { ...of, RouteKey: 'GET /two', Target });
  await go('GetRoute', route);
  await go('GetRoutes', of);
  await go('UpdateRoute', { ...route, OperationName: 'two' });
  await go('DeleteRoute', route);
  await go('DeleteIntegration', { ...of, IntegrationId: otherId });
  const jwt = {
    ...{ AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'] },
    JwtConfiguration: { Audience: ['a'], Issuer: 'https://issuer.example.com' },
  };
  const { AuthorizerId } = await go('CreateAuthorizer', { ...of, Name: 'one', ...jwt });
  await go('CreateAuthorizer', { ...of, Name: 'two', ...jwt });
  const authorizer = { ...of, AuthorizerId };
  await go('GetAuthorizer', authorizer);
  await go('GetAuthorizers', of);
  await go('UpdateAuthorizer', { ...authorizer, Name: 'three' });
  await go('DeleteAuthorizer', authorizer);
}

async function callStages(go: Go, of: { ApiId: string }): Promise<void> {
  const deployment = { ...of, DeploymentId: (await go('CreateDeployment', of)).DeploymentId };
  const { DeploymentId } = await go('CreateDeployment', of);
  await go('GetDeployment', deployment);
  await go('GetDeployments', of);
  await go('UpdateDeployment', { ...deployment, Description: 'two' });
  const stage = { ...of, StageName: 'dev' };
  await go('CreateStage', { ...stage, DeploymentId });
  await go('CreateStage', { ...of, StageName: 'test', DeploymentId });
  await go('GetStage', stage);
  await go('GetStages', of);
  await go('UpdateStage', { ...stage, Description: 'two' });
  await go('DeleteStage', stage);
  await go('DeleteDeployment', deployment);
}

async function callDomains(go: Go, of: { ApiId: string }): Promise<void> {
  const DomainNameConfigurations = [
    { CertificateArn: 'arn:aws:acm:eu-west-1:000000000000:certificate/c', EndpointType: 'REGIONAL' },
  ];
  const domain = { DomainName: 'contract.example.org' };
  await go('CreateDomainName', { ...domain, DomainNameConfigurations });
  await go('CreateDomainName', { DomainName: 'contract-other.example.org', DomainNameConfigurations });
  await go('GetDomainName', domain);
  await go('GetDomainNames');
  await go('UpdateDomainName', { ...domain, DomainNameConfigurations });
  const Stage = 'test';
  const { ApiMappingId } = await go('CreateApiMapping', { ...domain, ...of, Stage, ApiMappingKey: 'v1/a' });
  await go('CreateApiMapping', { ...domain, ...of, Stage });
  const mapping = { ...domain, ApiMappingId };
  await go('GetApiMapping', mapping);
  await go('GetApiMappings', domain);
  await go('UpdateApiMapping', { ...mapping, ...of, ApiMappingKey: 'v2' });
  await go('DeleteApiMapping', mapping);
  await go('DeleteDomainName', domain);
}
