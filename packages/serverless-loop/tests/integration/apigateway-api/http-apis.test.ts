import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
  DeleteAuthorizerCommand,
  DeleteCorsConfigurationCommand,
  DeleteDeploymentCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  DeleteStageCommand,
  GetApiCommand,
  GetApisCommand,
  GetAuthorizerCommand,
  GetAuthorizersCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetIntegrationCommand,
  GetIntegrationsCommand,
  GetRouteCommand,
  GetRoutesCommand,
  GetStageCommand,
  GetStagesCommand,
  GetTagsCommand,
  ImportApiCommand,
  ReimportApiCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateApiCommand,
  UpdateAuthorizerCommand,
  UpdateDeploymentCommand,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { answering, emptyLoop } from '../lambda-api/made-functions.ts';

let made: Awaited<ReturnType<typeof emptyLoop>>;
let v2: ApiGatewayV2Client;
let uri: string;
let refusing: string;

beforeAll(async () => {
  made = await emptyLoop();
  v2 = new ApiGatewayV2Client(clientOptions(made.loop));
  const code = answering(
    '({ path: event.rawPath, stage: event.requestContext.stage, id: event.pathParameters?.id })',
  );
  uri = (await made.make('answers', { Code: { ZipFile: code } })).FunctionArn ?? '';
  refusing =
    (await made.make('refuses', { Code: { ZipFile: answering('({ isAuthorized: false })') } })).FunctionArn ??
    '';
  for (const FunctionName of ['answers', 'refuses'])
    await made.lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: 'api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      }),
    );
});
afterAll(() => made.stop());

async function newApi(Name: string) {
  const { ApiId = '', ApiEndpoint = '' } = await v2.send(
    new CreateApiCommand({ Name, ProtocolType: 'HTTP' }),
  );
  const { IntegrationId = '' } = await v2.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: uri,
      PayloadFormatVersion: '2.0',
    }),
  );
  await v2.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }));
  return { ApiId, ApiEndpoint, IntegrationId, Target: `integrations/${IntegrationId}` };
}

const ask = async (url: string, init?: RequestInit) => {
  const answer = await fetch(url, init);
  return { status: answer.status, body: await answer.json().catch(() => undefined) };
};

test('an API that calls make answers as soon as it has a route and a stage', async () => {
  // API Gateway V2 API reference, "CreateApi", "CreateRoute", "CreateStage".
  const { ApiId, ApiEndpoint, IntegrationId, Target } = await newApi('orders');
  const route = await v2.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /orders/{id}', Target }));
  expect(route).toMatchObject({
    RouteKey: 'GET /orders/{id}',
    AuthorizationType: 'NONE',
    ApiKeyRequired: false,
  });
  const RouteId = route.RouteId ?? '';
  expect(await ask(`${ApiEndpoint}/orders/7`)).toEqual({
    status: 200,
    body: { path: '/orders/7', stage: '$default', id: '7' },
  });
  expect((await ask(`${ApiEndpoint}/none`)).status).toBe(404);

  await v2.send(new UpdateRouteCommand({ ApiId, RouteId, RouteKey: 'GET /items/{id}' }));
  expect((await ask(`${ApiEndpoint}/orders/7`)).status).toBe(404);
  expect((await ask(`${ApiEndpoint}/items/7`)).status).toBe(200);
  expect(await v2.send(new GetRouteCommand({ ApiId, RouteId }))).toMatchObject({ Target });
  expect((await v2.send(new GetRoutesCommand({ ApiId }))).Items).toHaveLength(1);
  expect(await v2.send(new GetIntegrationCommand({ ApiId, IntegrationId }))).toMatchObject({
    IntegrationType: 'AWS_PROXY',
    IntegrationMethod: 'POST',
    ConnectionType: 'INTERNET',
    TimeoutInMillis: 30_000,
  });
  await v2.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, TimeoutInMillis: 5_000 }));
  const { Items: integrations } = await v2.send(new GetIntegrationsCommand({ ApiId }));
  expect(integrations).toMatchObject([
    { IntegrationId, TimeoutInMillis: 5_000, PayloadFormatVersion: '2.0' },
  ]);

  await expect(v2.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }))).rejects.toMatchObject({
    name: 'ConflictException',
  });
  await v2.send(new DeleteRouteCommand({ ApiId, RouteId }));
  expect((await ask(`${ApiEndpoint}/items/7`)).status).toBe(404);
  await v2.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }));
  await v2.send(new DeleteApiCommand({ ApiId }));
  await expect(v2.send(new GetApiCommand({ ApiId }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: `Invalid API identifier specified 000000000000:${ApiId}`,
  });
});

test('an API of one call leads to its function', async () => {
  // API reference, "CreateApi", target.
  const { ApiId, ApiEndpoint = '' } = await v2.send(
    new CreateApiCommand({ Name: 'quick', ProtocolType: 'HTTP', Target: uri }),
  );
  expect((await ask(`${ApiEndpoint}/anything`)).status).toBe(200);
  const { Items: stages } = await v2.send(new GetStagesCommand({ ApiId }));
  expect(stages).toMatchObject([{ StageName: '$default', AutoDeploy: true, ApiGatewayManaged: true }]);
});

test('stages have variables, limits and deployments', async () => {
  const { ApiId, ApiEndpoint, Target } = await newApi('staged');
  await v2.send(new CreateRouteCommand({ ApiId, RouteKey: 'ANY /{proxy+}', Target }));
  const { DeploymentId = '' } = await v2.send(new CreateDeploymentCommand({ ApiId, Description: 'first' }));
  const dev = { ApiId, StageName: 'dev' };
  await v2.send(
    new CreateStageCommand({
      ...dev,
      DeploymentId,
      StageVariables: { table: 'one' },
      DefaultRouteSettings: { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 },
      Tags: { team: 'one' },
    }),
  );
  // API Gateway guide, "Throttle requests to your HTTP APIs": 429 above the limit.
  expect(await ask(`${ApiEndpoint}/dev/x`)).toEqual({ status: 429, body: { message: 'Too Many Requests' } });
  await v2.send(new UpdateStageCommand({ ...dev, DefaultRouteSettings: { DetailedMetricsEnabled: true } }));
  expect(await ask(`${ApiEndpoint}/dev/x`)).toMatchObject({ status: 200, body: { stage: 'dev' } });
  expect(await v2.send(new GetStageCommand(dev))).toMatchObject({
    DeploymentId,
    StageVariables: { table: 'one' },
    Tags: { team: 'one' },
  });
  await v2.send(new UpdateDeploymentCommand({ ApiId, DeploymentId, Description: 'second' }));
  expect(await v2.send(new GetDeploymentCommand({ ApiId, DeploymentId }))).toMatchObject({
    DeploymentStatus: 'DEPLOYED',
    Description: 'second',
  });
  const { Items: deployments = [] } = await v2.send(new GetDeploymentsCommand({ ApiId }));
  expect(deployments.map(({ DeploymentId: id }) => id)).toContain(DeploymentId);
  await expect(v2.send(new DeleteDeploymentCommand({ ApiId, DeploymentId }))).rejects.toMatchObject({
    name: 'BadRequestException',
  });
  await expect(v2.send(new CreateStageCommand(dev))).rejects.toMatchObject({ name: 'ConflictException' });
  await v2.send(new DeleteStageCommand(dev));
  await v2.send(new DeleteDeploymentCommand({ ApiId, DeploymentId }));
  // The default stage answers for all that no other one does.
  expect(await ask(`${ApiEndpoint}/dev/x`)).toMatchObject({ status: 200, body: { stage: '$default' } });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
test('authorizers refuse callers, until the route no longer asks them', async () => {
  const { ApiId, ApiEndpoint, Target } = await newApi('guarded');
  const { AuthorizerId = '' } = await v2.send(
    new CreateAuthorizerCommand({
      ApiId,
      Name: 'asking',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${refusing}/invocations`,
      IdentitySource: ['$request.header.Authorization'],
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
    }),
  );
  const { RouteId } = await v2.send(
    new CreateRouteCommand({
      ApiId,
      RouteKey: 'GET /secret',
      Target,
      AuthorizationType: 'CUSTOM',
      AuthorizerId,
    }),
  );
  const url = `${ApiEndpoint}/secret`;
  expect((await ask(url)).status).toBe(401);
  expect((await ask(url, { headers: { Authorization: 'any' } })).status).toBe(403);
  await v2.send(new UpdateAuthorizerCommand({ ApiId, AuthorizerId, Name: 'renamed' }));
  expect(await v2.send(new GetAuthorizerCommand({ ApiId, AuthorizerId }))).toMatchObject({
    Name: 'renamed',
    AuthorizerResultTtlInSeconds: 300,
  });
  expect((await v2.send(new GetAuthorizersCommand({ ApiId }))).Items).toHaveLength(1);
  await expect(v2.send(new DeleteAuthorizerCommand({ ApiId, AuthorizerId }))).rejects.toMatchObject({
    name: 'ConflictException',
  });
  await v2.send(new UpdateRouteCommand({ ApiId, RouteId, AuthorizationType: 'AWS_IAM' }));
  expect((await ask(url)).status).toBe(403);
  await v2.send(new UpdateRouteCommand({ ApiId, RouteId, AuthorizationType: 'NONE' }));
  expect((await ask(url)).status).toBe(200);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
test('an API has CORS, tags and a description, which are changed', async () => {
  const { ApiId, ApiEndpoint, Target } = await newApi('described');
  await v2.send(new CreateRouteCommand({ ApiId, RouteKey: '$default', Target }));
  await v2.send(
    new UpdateApiCommand({
      ApiId,
      Description: 'of tests',
      CorsConfiguration: { AllowOrigins: ['https://shop.example'], AllowMethods: ['GET'] },
    }),
  );
  const Origin = 'https://shop.example';
  const allowed = async () =>
    (await fetch(ApiEndpoint, { headers: { Origin } })).headers.get('access-control-allow-origin');
  expect(await allowed()).toBe(Origin);
  await v2.send(new DeleteCorsConfigurationCommand({ ApiId }));
  expect(await allowed()).toBeNull();
  const ResourceArn = `arn:aws:apigateway:eu-west-1::/apis/${ApiId}`;
  await v2.send(new TagResourceCommand({ ResourceArn, Tags: { team: 'one', stage: 'dev' } }));
  await v2.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['stage'] }));
  expect((await v2.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ team: 'one' });
  const { Items = [] } = await v2.send(new GetApisCommand({}));
  expect(Items.find((api) => api.ApiId === ApiId)).toMatchObject({
    Description: 'of tests',
    Tags: { team: 'one' },
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
test('an API is imported, and imported again in place of what it was', async () => {
  const definition = (path: string) =>
    JSON.stringify({
      openapi: '3.0.1',
      info: { title: 'imported', version: '1' },
      paths: {
        [path]: {
          get: {
            'x-amazon-apigateway-integration': { type: 'AWS_PROXY', uri, payloadFormatVersion: '2.0' },
          },
        },
      },
    });
  const { ApiId, ApiEndpoint = '' } = await v2.send(new ImportApiCommand({ Body: definition('/one') }));
  await v2.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }));
  expect((await ask(`${ApiEndpoint}/one`)).status).toBe(200);
  await v2.send(new ReimportApiCommand({ ApiId, Body: definition('/two') }));
  expect((await ask(`${ApiEndpoint}/one`)).status).toBe(404);
  expect((await ask(`${ApiEndpoint}/two`)).status).toBe(200);
  expect((await v2.send(new GetRoutesCommand({ ApiId }))).Items).toMatchObject([{ RouteKey: 'GET /two' }]);
});

test('what API Gateway refuses is refused by its code', async () => {
  const { ApiId, Target } = await newApi('refused');
  await v2.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /', Target }));
  const refusals: [call: () => Promise<unknown>, name: string, message: string][] = [
    // WebSocket APIs are none of what the loop emulates.
    [
      () => v2.send(new CreateApiCommand({ Name: 'sockets', ProtocolType: 'WEBSOCKET' })),
      'BadRequestException',
      'WEBSOCKET APIs are not emulated here; HTTP APIs are.',
    ],
    [
      () => v2.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /' })),
      'ConflictException',
      'Route with key GET / already exists for this API',
    ],
    [
      () => v2.send(new CreateRouteCommand({ ApiId, RouteKey: 'FETCH /' })),
      'BadRequestException',
      'The provided route key is not formatted properly',
    ],
    [
      () => v2.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /x', Target: 'integrations/none' })),
      'BadRequestException',
      'Invalid Integration identifier specified',
    ],
    [
      () =>
        v2.send(new CreateIntegrationCommand({ ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: uri })),
      'BadRequestException',
      'PayloadFormatVersion is a required parameter',
    ],
    [
      () => v2.send(new GetRouteCommand({ ApiId, RouteId: 'none' })),
      'NotFoundException',
      'Invalid Route identifier specified',
    ],
  ];
  for (const [refused, name, message] of refusals)
    await expect(refused()).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
});

/* The words: milliHQ/terraform-aws-next-js, issue 247, and anomalyco/sst, issue 5586. */
// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html: DELETE answers 409 ConflictException
test('what a route uses is not deleted, and the refusal names the route', async () => {
  const { ApiId, Target } = await newApi('used');
  const { AuthorizerId } = await v2.send(
    new CreateAuthorizerCommand({
      ApiId,
      Name: 'tokens',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: ['all'], Issuer: 'https://issuer.example' },
    }),
  );
  const { RouteId } = await v2.send(
    new CreateRouteCommand({ ApiId, RouteKey: 'GET /used', Target, AuthorizationType: 'JWT', AuthorizerId }),
  );
  const IntegrationId = Target.replace('integrations/', '');
  await expect(v2.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }))).rejects.toMatchObject({
    name: 'ConflictException',
    message: `Cannot delete Integration because it is referenced by the following Routes with Ids: [${RouteId}]`,
  });
  await expect(v2.send(new DeleteAuthorizerCommand({ ApiId, AuthorizerId }))).rejects.toMatchObject({
    name: 'ConflictException',
    message: "Cannot delete authorizer 'tokens', is referenced in route: GET /used",
  });
});
