import { type Go, type ServiceContract, TextBytes, textIn } from '../contract.ts';

const URI = 'http://127.0.0.1:1/';
const FUNCTION =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:x/invocations';
const body = new TextBytes(JSON.stringify({ openapi: '3.0.1', info: { title: 'contract' }, paths: {} }));
const replace = (path: string, value: string) => ({ patchOperations: [{ op: 'replace', path, value }] });

export const API_GATEWAY_CONTRACT: ServiceContract = {
  title: 'API Gateway',
  service: 'apigateway',
  async good(go) {
    const { id, rootResourceId } = await go('CreateRestApi', { name: 'contract' });
    await go('CreateRestApi', { name: 'contract-other' });
    const of = { restApiId: String(id) };
    await go('GetRestApi', of);
    await go('GetRestApis');
    await go('UpdateRestApi', { ...of, ...replace('/description', 'two') });
    await callParts(go, of);
    await callMethods(go, of, String(rootResourceId));
    await callStages(go, of);
    await callKeys(go);
    await callDomains(go, of);
    await go('GetAccount');
    await go('UpdateAccount', { patchOperations: [] });
    await go('ImportRestApi', { body });
    await go('PutRestApi', { ...of, body, mode: 'merge' });
    const resource = { resourceArn: `arn:aws:apigateway:eu-west-1::/restapis/${id}` };
    await go('TagResource', { ...resource, tags: { a: 'b' } });
    await go('GetTags', resource);
    await go('UntagResource', { ...resource, tagKeys: ['a'] });
    await go('DeleteRestApi', of);
  },
  nowhere: {
    restApiId: 'nowhere',
    apiKey: 'nowhere',
    usagePlanId: 'nowhere',
    domainName: 'nowhere',
    basePath: 'nowhere',
    resourceArn: 'arn:aws:apigateway:eu-west-1::/restapis/nowhere',
  },
  missing: 'NotFoundException',
  neverRefused: ['GetAccount'],
  refused: [
    ['CreateRestApi', { name: 'x', minimumCompressionSize: 10_485_761 }, 'BadRequestException'],
    ['GetRestApis', { position: 'foreign' }, 'BadRequestException'],
    ['ImportRestApi', { body: new TextBytes(']') }, 'BadRequestException'],
    ['CreateApiKey', { name: 'x', value: 'short' }, 'BadRequestException'],
    ['GetApiKeys', { position: 'foreign' }, 'BadRequestException'],
    ['CreateUsagePlan', { name: 'x', apiStages: [{ apiId: 'nowhere', stage: 'x' }] }, 'NotFoundException'],
    ['GetUsagePlans', { position: 'foreign' }, 'BadRequestException'],
    ['CreateDomainName', { domainName: 'localhost' }, 'BadRequestException'],
    ['GetDomainNames', { position: 'foreign' }, 'BadRequestException'],
    ['UpdateAccount', replace('/nowhere', 'x'), 'BadRequestException'],
  ],
};

async function callParts(go: Go, of: { restApiId: string }): Promise<void> {
  const model = { ...of, modelName: 'Order' };
  const schema = '{"type":"object"}';
  await go('CreateModel', { ...of, name: 'Order', contentType: 'application/json', schema });
  await go('CreateModel', { ...of, name: 'Other', contentType: 'application/json', schema });
  await go('GetModel', model);
  await go('GetModels', of);
  await go('UpdateModel', { ...model, ...replace('/description', 'two') });
  await go('DeleteModel', model);
  const made = await go('CreateRequestValidator', { ...of, name: 'one' });
  await go('CreateRequestValidator', { ...of, name: 'two' });
  const validator = { ...of, requestValidatorId: made.id };
  await go('GetRequestValidator', validator);
  await go('GetRequestValidators', of);
  await go('UpdateRequestValidator', { ...validator, ...replace('/validateRequestBody', 'true') });
  await go('DeleteRequestValidator', validator);
  const token = { type: 'TOKEN', authorizerUri: FUNCTION, identitySource: 'method.request.header.Auth' };
  const authorizer = {
    ...of,
    authorizerId: (await go('CreateAuthorizer', { ...of, name: 'one', ...token })).id,
  };
  await go('CreateAuthorizer', { ...of, name: 'two', ...token });
  await go('GetAuthorizer', authorizer);
  await go('GetAuthorizers', of);
  await go('UpdateAuthorizer', { ...authorizer, ...replace('/name', 'three') });
  await go('DeleteAuthorizer', authorizer);
  const answer = { ...of, responseType: 'UNAUTHORIZED' };
  await go('PutGatewayResponse', { ...answer, statusCode: '401' });
  await go('GetGatewayResponse', answer);
  await go('GetGatewayResponses', of);
  await go('UpdateGatewayResponse', { ...answer, ...replace('/statusCode', '403') });
  await go('DeleteGatewayResponse', answer);
}

async function callMethods(go: Go, of: { restApiId: string }, parentId: string): Promise<void> {
  const resource = { ...of, resourceId: (await go('CreateResource', { ...of, parentId, pathPart: 'a' })).id };
  await go('GetResource', resource);
  await go('GetResources', of);
  await go('UpdateResource', { ...resource, ...replace('/pathPart', 'b') });
  const get = { ...resource, httpMethod: 'GET' };
  await go('PutMethod', { ...get, authorizationType: 'NONE' });
  await go('GetMethod', get);
  await go('UpdateMethod', { ...get, ...replace('/operationName', 'two') });
  await go('PutIntegration', { ...get, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: URI });
  await go('GetIntegration', get);
  await go('UpdateIntegration', { ...get, ...replace('/timeoutInMillis', '5000') });
  const ok = { ...get, statusCode: '200' };
  await go('PutMethodResponse', ok);
  await go('GetMethodResponse', ok);
  await go('UpdateMethodResponse', {
    ...ok,
    patchOperations: [{ op: 'add', path: '/responseParameters/method.response.header.a', value: 'true' }],
  });
  await go('PutIntegrationResponse', ok);
  await go('GetIntegrationResponse', ok);
  await go('UpdateIntegrationResponse', { ...ok, ...replace('/selectionPattern', 'x') });
  await go('DeleteIntegrationResponse', ok);
  await go('DeleteMethodResponse', ok);
  const gone = { ...of, resourceId: (await go('CreateResource', { ...of, parentId, pathPart: 'c' })).id };
  await go('PutMethod', { ...gone, httpMethod: 'GET', authorizationType: 'NONE' });
  await go('PutIntegration', { ...gone, httpMethod: 'GET', type: 'MOCK' });
  await go('DeleteIntegration', { ...gone, httpMethod: 'GET' });
  await go('DeleteMethod', { ...gone, httpMethod: 'GET' });
  await go('DeleteResource', gone);
}

async function callStages(go: Go, of: { restApiId: string }): Promise<void> {
  const deployment = { ...of, deploymentId: textIn(await go('CreateDeployment', of), 'id') };
  const { id: deploymentId } = await go('CreateDeployment', of);
  await go('GetDeployment', deployment);
  await go('GetDeployments', of);
  await go('UpdateDeployment', { ...deployment, ...replace('/description', 'two') });
  const stage = { ...of, stageName: 'dev' };
  await go('CreateStage', { ...stage, deploymentId });
  await go('GetStage', stage);
  await go('GetStages', of);
  await go('UpdateStage', { ...stage, ...replace('/description', 'two') });
  await go('DeleteStage', stage);
  await go('DeleteDeployment', deployment);
}

async function callDomains(go: Go, of: { restApiId: string }): Promise<void> {
  const domain = { domainName: 'contract.example.com' };
  await go('CreateDomainName', {
    ...domain,
    regionalCertificateArn: 'arn:aws:acm:eu-west-1:000000000000:certificate/c',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  await go('CreateDomainName', { domainName: 'contract-other.example.com' });
  await go('GetDomainName', domain);
  await go('GetDomainNames');
  await go('UpdateDomainName', { ...domain, ...replace('/securityPolicy', 'TLS_1_2') });
  const mapping = { ...domain, basePath: 'v1' };
  await go('CreateBasePathMapping', { ...mapping, ...of });
  await go('CreateBasePathMapping', { ...domain, ...of });
  await go('GetBasePathMapping', mapping);
  await go('GetBasePathMappings', domain);
  await go('UpdateBasePathMapping', { ...mapping, ...replace('/restapiId', of.restApiId) });
  await go('DeleteBasePathMapping', mapping);
  await go('DeleteDomainName', domain);
}

async function callKeys(go: Go): Promise<void> {
  const key = { apiKey: textIn(await go('CreateApiKey', { name: 'contract', enabled: true }), 'id') };
  const { id: otherId } = await go('CreateApiKey', { name: 'contract-other', enabled: true });
  await go('GetApiKey', key);
  await go('GetApiKeys');
  await go('UpdateApiKey', { ...key, ...replace('/description', 'two') });
  const plan = { usagePlanId: textIn(await go('CreateUsagePlan', { name: 'contract' }), 'id') };
  await go('CreateUsagePlan', { name: 'contract-other' });
  await go('GetUsagePlan', plan);
  await go('GetUsagePlans');
  await go('UpdateUsagePlan', { ...plan, ...replace('/description', 'two') });
  await go('CreateUsagePlanKey', { ...plan, keyId: key.apiKey, keyType: 'API_KEY' });
  await go('CreateUsagePlanKey', { ...plan, keyId: otherId, keyType: 'API_KEY' });
  await go('GetUsagePlanKey', { ...plan, keyId: key.apiKey });
  await go('GetUsagePlanKeys', plan);
  await go('DeleteUsagePlanKey', { ...plan, keyId: key.apiKey });
  await go('DeleteApiKey', key);
  await go('DeleteUsagePlan', plan);
}
