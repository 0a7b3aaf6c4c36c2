import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteAuthorizerCommand,
  DeleteDeploymentCommand,
  DeleteGatewayResponseCommand,
  DeleteIntegrationCommand,
  DeleteIntegrationResponseCommand,
  DeleteMethodCommand,
  DeleteMethodResponseCommand,
  DeleteModelCommand,
  DeleteRequestValidatorCommand,
  DeleteResourceCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  DeleteUsagePlanCommand,
  DeleteUsagePlanKeyCommand,
  GetAccountCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetAuthorizerCommand,
  GetAuthorizersCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetGatewayResponseCommand,
  GetGatewayResponsesCommand,
  GetIntegrationCommand,
  GetIntegrationResponseCommand,
  GetMethodCommand,
  GetMethodResponseCommand,
  GetModelCommand,
  GetModelsCommand,
  GetRequestValidatorCommand,
  GetRequestValidatorsCommand,
  GetResourceCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  GetTagsCommand,
  GetUsagePlanCommand,
  GetUsagePlanKeyCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  ImportRestApiCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  PutRestApiCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAccountCommand,
  UpdateApiKeyCommand,
  UpdateAuthorizerCommand,
  UpdateDeploymentCommand,
  UpdateGatewayResponseCommand,
  UpdateIntegrationCommand,
  UpdateIntegrationResponseCommand,
  UpdateMethodCommand,
  UpdateMethodResponseCommand,
  UpdateModelCommand,
  UpdateRequestValidatorCommand,
  UpdateResourceCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { answering, emptyLoop } from '../lambda-api/made-functions.ts';

let made: Awaited<ReturnType<typeof emptyLoop>>;
let v1: APIGatewayClient;
let uri: string;

beforeAll(async () => {
  made = await emptyLoop();
  v1 = new APIGatewayClient(clientOptions(made.loop));
  const code = answering(
    '({ statusCode: 200, body: JSON.stringify({ path: event.path, stage: event.requestContext.stage }) })',
  );
  const { FunctionArn } = await made.make('answers', { Code: { ZipFile: code } });
  await made.lambda.send(
    new AddPermissionCommand({
      FunctionName: 'answers',
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  );
  uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${FunctionArn}/invocations`;
});
afterAll(() => made.stop());

async function newApi(name: string) {
  const { id: restApiId = '', rootResourceId = '' } = await v1.send(new CreateRestApiCommand({ name }));
  return { restApiId, rootResourceId };
}

/** With `ANY` on the root leading to the function, deployed to a stage. */
async function answeringApi(name: string, stageName = 'dev') {
  const api = await newApi(name);
  const any = { restApiId: api.restApiId, resourceId: api.rootResourceId, httpMethod: 'ANY' };
  await v1.send(new PutMethodCommand({ ...any, authorizationType: 'NONE' }));
  await v1.send(new PutIntegrationCommand({ ...any, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }));
  const { id: deploymentId = '' } = await v1.send(
    new CreateDeploymentCommand({ restApiId: api.restApiId, stageName }),
  );
  return { ...api, any, deploymentId, url: urlOf(api.restApiId, stageName) };
}

const urlOf = (id: string, stage: string, path = '/') =>
  `${made.loop.endpoint}/_aws/execute-api/${id}/${stage}${path}`;

const ask = async (url: string, init?: RequestInit) => {
  const answer = await fetch(url, init);
  return { status: answer.status, body: await answer.json().catch(() => undefined) };
};

// API Gateway API reference, "CreateRestApi", "CreateResource", "PutMethod", "PutIntegration", "CreateDeployment".
test('an API that calls make answers as soon as it is deployed to a stage', async () => {
  const { restApiId, rootResourceId } = await newApi('orders');
  const { id: parentId } = await v1.send(
    new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: 'orders' }),
  );
  const item = await v1.send(new CreateResourceCommand({ restApiId, parentId, pathPart: '{id}' }));
  expect(item).toMatchObject({ path: '/orders/{id}', parentId });
  const get = { restApiId, resourceId: item.id, httpMethod: 'GET' };
  const method = await v1.send(new PutMethodCommand({ ...get, authorizationType: 'NONE' }));
  expect(method).toMatchObject({ httpMethod: 'GET', apiKeyRequired: false });
  await expect(v1.send(new CreateDeploymentCommand({ restApiId }))).rejects.toThrow(
    'No integration defined for method',
  );
  const integration = await v1.send(
    new PutIntegrationCommand({ ...get, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }),
  );
  expect(integration).toMatchObject({ httpMethod: 'POST', timeoutInMillis: 29_000, cacheNamespace: item.id });
  const { id: deploymentId } = await v1.send(
    new CreateDeploymentCommand({ restApiId, description: 'first' }),
  );
  await v1.send(new CreateStageCommand({ restApiId, stageName: 'dev', deploymentId }));
  expect(await ask(urlOf(restApiId, 'dev', '/orders/7'))).toEqual({
    status: 200,
    body: { path: '/orders/7', stage: 'dev' },
  });

  await v1.send(
    new UpdateResourceCommand({
      restApiId,
      resourceId: parentId,
      patchOperations: [{ op: 'replace', path: '/pathPart', value: 'items' }],
    }),
  );
  expect((await ask(urlOf(restApiId, 'dev', '/orders/7'))).status).toBe(403);
  expect((await ask(urlOf(restApiId, 'dev', '/items/7'))).status).toBe(200);
  const { items = [] } = await v1.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }));
  expect(items.map(({ path }) => path)).toEqual(['/', '/items', '/items/{id}']);
  expect(items[2]?.resourceMethods?.GET).toMatchObject({ methodIntegration: { type: 'AWS_PROXY' } });
  const read = await v1.send(new GetResourceCommand({ restApiId, resourceId: item.id }));
  expect(read.resourceMethods).toEqual({ GET: {} });

  await v1.send(new DeleteResourceCommand({ restApiId, resourceId: parentId }));
  expect((await ask(urlOf(restApiId, 'dev', '/items/7'))).status).toBe(403);
  await v1.send(new DeleteRestApiCommand({ restApiId }));
  await expect(v1.send(new GetRestApiCommand({ restApiId }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: `Invalid API identifier specified 000000000000:${restApiId}`,
  });
});

// https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
test('methods, integrations and their answers are changed by patches', async () => {
  const { restApiId, any } = await answeringApi('patched');
  await v1.send(
    new UpdateMethodCommand({
      ...any,
      patchOperations: [
        { op: 'add', path: '/requestParameters/method.request.querystring.page', value: 'true' },
        { op: 'replace', path: '/operationName', value: 'everything' },
      ],
    }),
  );
  expect(await v1.send(new GetMethodCommand(any))).toMatchObject({
    operationName: 'everything',
    requestParameters: { 'method.request.querystring.page': true },
  });
  await v1.send(
    new UpdateIntegrationCommand({
      ...any,
      patchOperations: [
        { op: 'replace', path: '/timeoutInMillis', value: '1000' },
        { op: 'add', path: '/requestTemplates/application~1json', value: '{}' },
      ],
    }),
  );
  expect(await v1.send(new GetIntegrationCommand(any))).toMatchObject({
    timeoutInMillis: 1000,
    requestTemplates: { 'application/json': '{}' },
  });
  await expect(
    v1.send(
      new UpdateMethodCommand({ ...any, patchOperations: [{ op: 'replace', path: '/none', value: '' }] }),
    ),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
  await v1.send(new DeleteIntegrationCommand(any));
  await expect(v1.send(new GetIntegrationCommand(any))).rejects.toThrow(
    'Invalid Integration identifier specified',
  );
  await v1.send(new DeleteMethodCommand(any));
  await expect(v1.send(new GetMethodCommand(any))).rejects.toThrow('Invalid Method identifier specified');
  await v1.send(new DeleteRestApiCommand({ restApiId }));
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
test('a mock answers by its responses', async () => {
  const { restApiId, rootResourceId: resourceId } = await newApi('mocking');
  const options = { restApiId, resourceId, httpMethod: 'OPTIONS' };
  const ok = { ...options, statusCode: '200' };
  const header = 'method.response.header.Access-Control-Allow-Origin';
  await v1.send(new PutMethodCommand({ ...options, authorizationType: 'NONE' }));
  await v1.send(new PutMethodResponseCommand({ ...ok, responseParameters: { [header]: true } }));
  await v1.send(
    new PutIntegrationCommand({
      ...options,
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
    }),
  );
  await v1.send(new PutIntegrationResponseCommand({ ...ok, responseParameters: { [header]: "'*'" } }));
  await v1.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  const answer = await fetch(urlOf(restApiId, 'dev'), { method: 'OPTIONS' });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  await v1.send(
    new UpdateIntegrationResponseCommand({
      ...ok,
      patchOperations: [
        { op: 'replace', path: `/responseParameters/${header}`, value: "'https://a.example'" },
      ],
    }),
  );
  const changed = await fetch(urlOf(restApiId, 'dev'), { method: 'OPTIONS' });
  expect(changed.headers.get('access-control-allow-origin')).toBe('https://a.example');
  expect(await v1.send(new GetIntegrationResponseCommand(ok))).toMatchObject({ statusCode: '200' });
  await v1.send(
    new UpdateMethodResponseCommand({
      ...ok,
      patchOperations: [{ op: 'add', path: '/responseModels/application~1json', value: 'Empty' }],
    }),
  );
  expect(await v1.send(new GetMethodResponseCommand(ok))).toMatchObject({
    responseModels: { 'application/json': 'Empty' },
    responseParameters: { [header]: true },
  });
  await v1.send(new DeleteIntegrationResponseCommand(ok));
  await v1.send(new DeleteMethodResponseCommand(ok));
  await expect(v1.send(new GetMethodResponseCommand(ok))).rejects.toMatchObject({
    name: 'NotFoundException',
  });
});

test('stages have variables and limits, which patches change', async () => {
  const { restApiId, deploymentId, url } = await answeringApi('staged');
  const dev = { restApiId, stageName: 'dev' };
  expect((await ask(url)).status).toBe(200);
  await v1.send(
    new UpdateStageCommand({
      ...dev,
      patchOperations: [
        { op: 'replace', path: '/*/*/throttling/rateLimit', value: '0' },
        { op: 'replace', path: '/*/*/throttling/burstLimit', value: '0' },
        { op: 'replace', path: '/*/*/metrics/enabled', value: 'true' },
        { op: 'replace', path: '/variables/table', value: 'one' },
        { op: 'replace', path: '/tracingEnabled', value: 'true' },
      ],
    }),
  );
  // API Gateway guide, "Throttle requests to your REST APIs": 429 above the limit.
  expect(await ask(url)).toMatchObject({ status: 429 });
  expect(await v1.send(new GetStageCommand(dev))).toMatchObject({
    deploymentId,
    variables: { table: 'one' },
    tracingEnabled: true,
    methodSettings: { '*/*': { throttlingRateLimit: 0, throttlingBurstLimit: 0, metricsEnabled: true } },
  });
  await v1.send(new UpdateStageCommand({ ...dev, patchOperations: [{ op: 'remove', path: '/*/*' }] }));
  expect((await ask(url)).status).toBe(200);
  expect((await v1.send(new GetStagesCommand({ restApiId }))).item).toHaveLength(1);
  await v1.send(
    new UpdateDeploymentCommand({
      restApiId,
      deploymentId,
      patchOperations: [{ op: 'replace', path: '/description', value: 'changed' }],
    }),
  );
  expect(await v1.send(new GetDeploymentCommand({ restApiId, deploymentId }))).toMatchObject({
    description: 'changed',
  });
  expect((await v1.send(new GetDeploymentsCommand({ restApiId }))).items).toHaveLength(1);
  await expect(v1.send(new DeleteDeploymentCommand({ restApiId, deploymentId }))).rejects.toThrow(
    'Active stages pointing to this deployment must be moved or deleted',
  );
  await expect(v1.send(new CreateStageCommand({ ...dev, deploymentId }))).rejects.toMatchObject({
    name: 'ConflictException',
  });
  await v1.send(new DeleteStageCommand(dev));
  await v1.send(new DeleteDeploymentCommand({ restApiId, deploymentId }));
  expect((await ask(url)).status).toBe(403);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
test('a model and a validator refuse bodies', async () => {
  const { restApiId, rootResourceId: resourceId, url, any } = await answeringApi('validated');
  const schema = JSON.stringify({ type: 'object', required: ['item'] });
  await v1.send(
    new CreateModelCommand({ restApiId, name: 'Order', contentType: 'application/json', schema }),
  );
  const { id: requestValidatorId = '' } = await v1.send(
    new CreateRequestValidatorCommand({ restApiId, name: 'bodies', validateRequestBody: true }),
  );
  const post = { restApiId, resourceId, httpMethod: 'POST' };
  await v1.send(
    new PutMethodCommand({
      ...post,
      authorizationType: 'NONE',
      requestModels: { 'application/json': 'Order' },
      requestValidatorId,
    }),
  );
  await v1.send(
    new PutIntegrationCommand({ ...post, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }),
  );
  const send = (body: string) =>
    ask(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  expect(await send('{}')).toMatchObject({ status: 400, body: { message: 'Invalid request body' } });
  expect((await send('{"item":1}')).status).toBe(200);
  await v1.send(
    new UpdateModelCommand({
      restApiId,
      modelName: 'Order',
      patchOperations: [{ op: 'replace', path: '/schema', value: '{}' }],
    }),
  );
  expect((await send('{}')).status).toBe(200);
  expect(await v1.send(new GetModelCommand({ restApiId, modelName: 'Order' }))).toMatchObject({
    schema: '{}',
  });
  expect((await v1.send(new GetModelsCommand({ restApiId }))).items).toHaveLength(1);
  await v1.send(
    new UpdateRequestValidatorCommand({
      restApiId,
      requestValidatorId,
      patchOperations: [{ op: 'replace', path: '/validateRequestParameters', value: 'true' }],
    }),
  );
  expect(await v1.send(new GetRequestValidatorCommand({ restApiId, requestValidatorId }))).toMatchObject({
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  expect((await v1.send(new GetRequestValidatorsCommand({ restApiId }))).items).toHaveLength(1);
  await expect(v1.send(new DeleteModelCommand({ restApiId, modelName: 'Order' }))).rejects.toMatchObject({
    name: 'ConflictException',
  });
  await v1.send(new DeleteMethodCommand(post));
  await v1.send(new DeleteModelCommand({ restApiId, modelName: 'Order' }));
  await v1.send(new DeleteRequestValidatorCommand({ restApiId, requestValidatorId }));
  expect((await v1.send(new GetMethodCommand(any))).httpMethod).toBe('ANY');
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
test('an authorizer refuses callers in the words of a gateway response', async () => {
  const { restApiId, any, url } = await answeringApi('guarded');
  const { id: authorizerId = '' } = await v1.send(
    new CreateAuthorizerCommand({ restApiId, name: 'asking', type: 'TOKEN', authorizerUri: uri }),
  );
  await v1.send(
    new UpdateMethodCommand({
      ...any,
      patchOperations: [
        { op: 'replace', path: '/authorizationType', value: 'CUSTOM' },
        { op: 'replace', path: '/authorizerId', value: authorizerId },
      ],
    }),
  );
  expect(await ask(url)).toEqual({ status: 401, body: { message: 'Unauthorized' } });
  const unauthorized = { restApiId, responseType: 'UNAUTHORIZED' } as const;
  await v1.send(
    new PutGatewayResponseCommand({
      ...unauthorized,
      statusCode: '418',
      responseTemplates: { 'application/json': '{"said":"no"}' },
    }),
  );
  expect(await ask(url)).toEqual({ status: 418, body: { said: 'no' } });
  await v1.send(
    new UpdateGatewayResponseCommand({
      ...unauthorized,
      patchOperations: [{ op: 'replace', path: '/statusCode', value: '401' }],
    }),
  );
  expect((await ask(url)).status).toBe(401);
  expect(await v1.send(new GetGatewayResponseCommand(unauthorized))).toMatchObject({
    statusCode: '401',
    defaultResponse: false,
  });
  expect((await v1.send(new GetGatewayResponsesCommand({ restApiId }))).items).toHaveLength(1);
  await v1.send(new DeleteGatewayResponseCommand(unauthorized));
  const changed = await v1.send(
    new UpdateAuthorizerCommand({
      restApiId,
      authorizerId,
      patchOperations: [{ op: 'replace', path: '/authorizerResultTtlInSeconds', value: '0' }],
    }),
  );
  expect(changed.authorizerResultTtlInSeconds).toBe(0);
  expect(await v1.send(new GetAuthorizerCommand({ restApiId, authorizerId }))).toMatchObject({
    type: 'TOKEN',
  });
  expect((await v1.send(new GetAuthorizersCommand({ restApiId }))).items).toHaveLength(1);
  await expect(v1.send(new DeleteAuthorizerCommand({ restApiId, authorizerId }))).rejects.toMatchObject({
    name: 'ConflictException',
  });
});

test('a key opens what its usage plan says', async () => {
  // API Gateway guide, "Usage plans and API keys".
  const { restApiId, any, url } = await answeringApi('keyed');
  await v1.send(
    new UpdateMethodCommand({
      ...any,
      patchOperations: [{ op: 'replace', path: '/apiKeyRequired', value: 'true' }],
    }),
  );
  const key = await v1.send(new CreateApiKeyCommand({ name: 'mine', enabled: true }));
  const open = () => ask(url, { headers: { 'x-api-key': key.value ?? '' } });
  expect((await open()).status).toBe(403);
  const plan = await v1.send(new CreateUsagePlanCommand({ name: 'basic' }));
  const ofPlan = { usagePlanId: plan.id };
  const stage = { op: 'add', path: '/apiStages', value: `${restApiId}:dev` } as const;
  await v1.send(new UpdateUsagePlanCommand({ ...ofPlan, patchOperations: [stage] }));
  await v1.send(new CreateUsagePlanKeyCommand({ ...ofPlan, keyId: key.id, keyType: 'API_KEY' }));
  expect((await open()).status).toBe(200);
  await v1.send(
    new UpdateUsagePlanCommand({
      ...ofPlan,
      patchOperations: [
        { op: 'replace', path: '/quota/limit', value: '1' },
        { op: 'replace', path: '/quota/period', value: 'DAY' },
      ],
    }),
  );
  expect(await v1.send(new GetUsagePlanCommand(ofPlan))).toMatchObject({
    apiStages: [{ apiId: restApiId, stage: 'dev' }],
    quota: { limit: 1, period: 'DAY' },
  });
  expect((await v1.send(new GetUsagePlansCommand({ keyId: key.id }))).items).toHaveLength(1);
  expect(await v1.send(new GetUsagePlanKeyCommand({ ...ofPlan, keyId: key.id }))).toMatchObject({
    name: 'mine',
  });
  expect((await v1.send(new GetUsagePlanKeysCommand(ofPlan))).items).toHaveLength(1);
  await v1.send(
    new UpdateApiKeyCommand({
      apiKey: key.id,
      patchOperations: [{ op: 'replace', path: '/enabled', value: 'false' }],
    }),
  );
  expect((await open()).status).toBe(403);
  expect((await v1.send(new GetApiKeyCommand({ apiKey: key.id }))).value).toBeUndefined();
  const whole = await v1.send(new GetApiKeysCommand({ includeValues: true, nameQuery: 'mi' }));
  expect(whole.items).toMatchObject([{ value: key.value, enabled: false }]);
  await v1.send(new DeleteUsagePlanKeyCommand({ ...ofPlan, keyId: key.id }));
  await v1.send(new DeleteApiKeyCommand({ apiKey: key.id }));
  await expect(v1.send(new DeleteUsagePlanCommand(ofPlan))).rejects.toMatchObject({
    name: 'BadRequestException',
  });
  await v1.send(new UpdateUsagePlanCommand({ ...ofPlan, patchOperations: [{ ...stage, op: 'remove' }] }));
  await v1.send(new DeleteUsagePlanCommand(ofPlan));
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/import-edge-optimized-api.html, and https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html, mode
test('an API is imported, merged with another definition and overwritten', async () => {
  const definition = (path: string) =>
    Buffer.from(`
openapi: 3.0.1
info: { title: imported, version: '1' }
paths:
  ${path}:
    get:
      x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: '${uri}' }
`);
  const { id: restApiId = '' } = await v1.send(new ImportRestApiCommand({ body: definition('/one') }));
  await v1.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  const statusOf = async (path: string) => (await ask(urlOf(restApiId, 'dev', path))).status;
  expect(await statusOf('/one')).toBe(200);
  await v1.send(new PutRestApiCommand({ restApiId, mode: 'merge', body: definition('/two') }));
  expect([await statusOf('/one'), await statusOf('/two')]).toEqual([200, 200]);
  await v1.send(new PutRestApiCommand({ restApiId, mode: 'overwrite', body: definition('/three') }));
  expect([await statusOf('/one'), await statusOf('/three')]).toEqual([403, 200]);
  await expect(v1.send(new ImportRestApiCommand({ body: Buffer.from(']') }))).rejects.toMatchObject({
    name: 'BadRequestException',
  });
});

test('an API has a policy, tags and media types, and the account a role', async () => {
  const { restApiId } = await newApi('settled');
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  await v1.send(
    new UpdateRestApiCommand({
      restApiId,
      patchOperations: [
        { op: 'replace', path: '/policy', value: policy },
        { op: 'add', path: '/binaryMediaTypes/image~1png' },
        { op: 'replace', path: '/endpointConfiguration/types/EDGE', value: 'REGIONAL' },
        { op: 'replace', path: '/name', value: 'renamed' },
      ],
    }),
  );
  const read = await v1.send(new GetRestApiCommand({ restApiId }));
  expect(read).toMatchObject({
    name: 'renamed',
    binaryMediaTypes: ['image/png'],
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  // Its quotes are escaped, which Terraform takes for granted (LocalStack's record, test_apigateway_import.snapshot.json).
  expect(JSON.parse(`"${read.policy}"`)).toBe(policy);
  const resourceArn = `arn:aws:apigateway:eu-west-1::/restapis/${restApiId}`;
  await v1.send(new TagResourceCommand({ resourceArn, tags: { team: 'one', stage: 'dev' } }));
  await v1.send(new UntagResourceCommand({ resourceArn, tagKeys: ['stage'] }));
  expect((await v1.send(new GetTagsCommand({ resourceArn }))).tags).toEqual({ team: 'one' });
  const { items = [] } = await v1.send(new GetRestApisCommand({ limit: 500 }));
  expect(items.map(({ id }) => id)).toContain(restApiId);
  const role = 'arn:aws:iam::000000000000:role/logs';
  await v1.send(
    new UpdateAccountCommand({
      patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: role }],
    }),
  );
  expect(await v1.send(new GetAccountCommand({}))).toMatchObject({ cloudwatchRoleArn: role });
});

test('what API Gateway refuses is refused by its code', async () => {
  const { restApiId, rootResourceId, any } = await answeringApi('refused');
  const get = { ...any, httpMethod: 'GET' };
  const refusals: [call: () => Promise<unknown>, name: string, message: string][] = [
    [
      () => v1.send(new PutMethodCommand({ ...any, authorizationType: 'NONE' })),
      'ConflictException',
      'Method already exists for this resource',
    ],
    [
      () => v1.send(new PutMethodCommand({ ...get, authorizationType: 'CUSTOM' })),
      'BadRequestException',
      'Invalid authorizer ID specified.',
    ],
    [
      () => v1.send(new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: 'a b' })),
      'BadRequestException',
      "Resource's path part only allow a-zA-Z0-9._-:",
    ],
    [
      () => v1.send(new CreateResourceCommand({ restApiId, parentId: 'none', pathPart: 'a' })),
      'NotFoundException',
      'Invalid Resource identifier specified',
    ],
    [
      () => v1.send(new CreateStageCommand({ restApiId, stageName: 'new', deploymentId: 'none' })),
      'NotFoundException',
      'Deployment id does not exist',
    ],
    [
      () =>
        v1.send(
          new PutIntegrationCommand({ ...any, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: 'x' }),
        ),
      'BadRequestException',
      'Invalid ARN specified in the request',
    ],
  ];
  for (const [refused, name, message] of refusals)
    await expect(refused()).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
});

// LocalStack's record, test_apigateway_api.snapshot.json, test_put_method_model; of authorizers: hashicorp/terraform, issue 25980.
test('what a method uses is not deleted, and the refusal names the method', async () => {
  const { restApiId, rootResourceId } = await answeringApi('used');
  const parts = { restApiId, name: 'used' };
  await v1.send(new CreateModelCommand({ ...parts, contentType: 'application/json', schema: '{}' }));
  const { id: authorizerId } = await v1.send(
    new CreateAuthorizerCommand({
      ...parts,
      type: 'TOKEN',
      identitySource: 'method.request.header.Authorization',
      authorizerUri: uri,
    }),
  );
  const { id: resourceId } = await v1.send(
    new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: 'test' }),
  );
  await v1.send(
    new PutMethodCommand({
      restApiId,
      resourceId,
      httpMethod: 'GET',
      authorizationType: 'CUSTOM',
      authorizerId,
      requestModels: { 'application/json': 'used' },
    }),
  );
  await expect(v1.send(new DeleteModelCommand({ restApiId, modelName: 'used' }))).rejects.toMatchObject({
    name: 'ConflictException',
    message: "Cannot delete model 'used', is referenced in method request: /test/GET",
  });
  await expect(v1.send(new DeleteAuthorizerCommand({ restApiId, authorizerId }))).rejects.toMatchObject({
    name: 'ConflictException',
    message: "Cannot delete authorizer 'used', is referenced in method: GET//test",
  });
});
