import { APIGatewayClient, CreateStageCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, test } from 'vitest';
import { apisUnderTest } from './api-under-test.ts';

const REST_LINE = JSON.stringify({
  id: '$context.requestId',
  ip: '$context.identity.sourceIp',
  did: '$context.httpMethod $context.resourcePath $context.protocol',
  at: '$context.stage $context.path',
  got: '$context.status $context.responseLength',
  why: '$context.error.responseType $context.error.message',
  never: '$context.nothing',
});
const HTTP_LINE = '$context.requestId "$context.routeKey" $context.status $context.integration.status';

const under = apisUnderTest(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      CodeUri: src/
      Events:
        RestAny: {Type: Api, Properties: {Path: '/boxes/{id}', Method: any, RestApiId: !Ref Depot}}
        RestOnce: {Type: Api, Properties: {Path: '/once', Method: get, RestApiId: !Ref Depot}}
        HttpAny: {Type: HttpApi, Properties: {Path: '/boxes/{id}', Method: get, ApiId: !Ref Yard}}
        HttpOnce: {Type: HttpApi, Properties: {Path: '/once', Method: get, ApiId: !Ref Yard}}
        HttpSlow: {Type: HttpApi, Properties: {Path: '/slow', Method: get, ApiId: !Ref Yard, TimeoutInMillis: 50}}
  RestLog: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: rest-log}}
  HttpLog: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: http-log}}
  Depot:
    Type: AWS::Serverless::Api
    Properties:
      Name: depot
      GatewayResponses: {MISSING_AUTHENTICATION_TOKEN: {StatusCode: 404, ResponseTemplates: {application/json: '{"none": "$context.path"}'}}}
      StageName: v1
      AccessLogSetting: {DestinationArn: !GetAtt RestLog.Arn, Format: ${JSON.stringify(REST_LINE)}}
      MethodSettings:
        - {ResourcePath: /~1once, HttpMethod: GET, ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1}
  Yard:
    Type: AWS::Serverless::HttpApi
    Properties:
      AccessLogSettings: {DestinationArn: !GetAtt HttpLog.Arn, Format: ${JSON.stringify(HTTP_LINE)}}
      RouteSettings: {'GET /once': {ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1}}
`);

const here = () => ({
  region: 'eu-west-1',
  endpoint: under.running.loop.endpoint,
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
});

async function linesOf(logGroupName: string): Promise<string[]> {
  const logs = new CloudWatchLogsClient(here());
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  logs.destroy();
  return events.map(({ message = '' }) => message);
}

/* API Gateway guide, "Set up CloudWatch logging for REST APIs", "Customize HTTP API access logs". */
describe('an access log', () => {
  test('of a REST API has a line for each request, those that are refused too', async () => {
    const answer = await fetch(under.url('Depot', '/v1/boxes/7'));
    const { length } = await answer.text();
    const refused = await fetch(under.url('Depot', '/v1/nowhere'));
    const lines = (await linesOf('rest-log')).map((line) => JSON.parse(line));
    expect(lines).toContainEqual({
      id: answer.headers.get('x-amzn-requestid'),
      ip: '127.0.0.1',
      did: 'GET /boxes/{id} HTTP/1.1',
      at: 'v1 /v1/boxes/7',
      got: `200 ${length}`,
      why: '- -',
      never: '-',
    });
    expect(lines).toContainEqual(
      expect.objectContaining({
        id: refused.headers.get('x-amzn-requestid'),
        why: 'MISSING_AUTHENTICATION_TOKEN Missing Authentication Token',
      }),
    );
  });

  test('of an HTTP API names the route, and what the integration answered', async () => {
    const well = await fetch(under.url('Yard', '/boxes/7'), {
      headers: { 'x-answer': JSON.stringify({ statusCode: 201 }) },
    });
    const none = await fetch(under.url('Yard', '/nowhere'));
    const lines = await linesOf('http-log');
    expect(lines).toContain(`${well.headers.get('apigw-requestid')} "GET /boxes/{id}" 201 201`);
    expect(lines).toContain(`${none.headers.get('apigw-requestid')} "-" 404 -`);
  });
});

/* API Gateway guide, "Throttle requests to your REST APIs for better throughput", "Protect your HTTP APIs". */
test.each([
  ['Depot', '/v1/once', '/v1/boxes/1', 'TooManyRequestsException'],
  ['Yard', '/once', '/boxes/1', null],
])('a limit of one route of %s refuses with 429, and holds up no other', async (api, once, other, type) => {
  expect((await fetch(under.url(api, once))).status).toBe(200);
  const second = await fetch(under.url(api, once));
  expect([second.status, await second.json(), second.headers.get('x-amzn-errortype')]).toEqual([
    429,
    { message: 'Too Many Requests' },
    type,
  ]);
  expect((await fetch(under.url(api, other))).status).toBe(200);
});

/* API Gateway guide, "Quotas for configuring and running an HTTP API": 10 MB, and at most 30 s of an integration. */
describe('an HTTP API', () => {
  test('answers 503 when the integration takes too long', async () => {
    const late = await fetch(under.url('Yard', '/slow'), { headers: { 'x-answer': 'wait' } });
    expect([late.status, await late.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });

  test('answers 413 to more than 10 MB', async () => {
    const body = Buffer.alloc(10_485_761, 'x');
    const answer = await fetch(under.url('Yard', '/boxes/1'), { method: 'POST', body });
    expect([answer.status, await answer.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });
});

/* API Gateway guide, "Amazon API Gateway dimensions and metrics", "Monitor CloudWatch metrics for HTTP APIs". */
test.each([
  ['Depot', '/v1', { name: 'ApiName', value: () => 'depot' }, 'v1', ['4XXError', '5XXError']],
  ['Yard', '', { name: 'ApiId', value: () => under.id('Yard') }, '$default', ['4xx', '5xx']],
])('requests of %s are counted, by API and by stage', async (api, base, { name, value }, stage, errors) => {
  const cloudwatch = new CloudWatchClient(here());
  const ofApi = { Name: name, Value: value() };
  const total = async (MetricName: string, Dimensions = [ofApi]) => {
    const { Datapoints = [] } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/ApiGateway',
        MetricName,
        Dimensions,
        StartTime: new Date(Date.now() - 3_600_000),
        EndTime: new Date(Date.now() + 3_600_000),
        Period: 60,
        Statistics: ['Sum', 'SampleCount'],
      }),
    );
    const sum = (member: 'Sum' | 'SampleCount') =>
      Datapoints.reduce((all, point) => all + (point[member] ?? 0), 0);
    return { sum: sum('Sum'), samples: sum('SampleCount') };
  };
  const [callerErrors = '', ownErrors = ''] = errors;
  const counted = async () => ({
    all: await total('Count'),
    ofStage: await total('Count', [ofApi, { Name: 'Stage', Value: stage }]),
    callerErrors: await total(callerErrors),
    ownErrors: await total(ownErrors),
    latency: await total('Latency'),
    integration: await total('IntegrationLatency'),
  });
  const before = await counted();
  await fetch(under.url(api, `${base}/boxes/1`));
  await fetch(under.url(api, `${base}/boxes/1`), { headers: { 'x-answer': 'throw' } });
  await fetch(under.url(api, `${base}/nowhere`));
  const after = await counted();
  expect({
    all: after.all.sum - before.all.sum,
    ofStage: after.ofStage.sum - before.ofStage.sum,
    callerErrors: after.callerErrors.sum - before.callerErrors.sum,
    ownErrors: after.ownErrors.sum - before.ownErrors.sum,
    latencies: after.latency.samples - before.latency.samples,
    integrations: after.integration.samples - before.integration.samples,
  }).toEqual({ all: 3, ofStage: 3, callerErrors: 1, ownErrors: 1, latencies: 3, integrations: 2 });
  cloudwatch.destroy();
});

/* API Gateway guide, "Gateway response types for API Gateway": MISSING_AUTHENTICATION_TOKEN is for "an unsupported API method or resource", too. */
test('a gateway response says what the caller of no route hears', async () => {
  const answer = await fetch(under.url('Depot', '/v1/nowhere'));
  expect([answer.status, await answer.json()]).toEqual([404, { none: '/v1/nowhere' }]);
});

/* API Gateway guide, "Set up an API Gateway canary release deployment". */
test('a canary release is refused by its name', async () => {
  const client = new APIGatewayClient(here());
  const restApiId = under.id('Depot');
  const canarySettings = { percentTraffic: 10, deploymentId: 'd' };
  const stage = new CreateStageCommand({ restApiId, stageName: 'new', deploymentId: 'd', canarySettings });
  await expect(client.send(stage)).rejects.toThrow('Canary releases are not emulated');
  const patchOperations = [{ op: 'replace', path: '/canarySettings/percentTraffic', value: '10' } as const];
  const patch = new UpdateStageCommand({ restApiId, stageName: 'v1', patchOperations });
  await expect(client.send(patch)).rejects.toThrow('Canary releases are not emulated');
  client.destroy();
});
