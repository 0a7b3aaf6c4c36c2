import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectFolder, runLoop } from '../../loop-in-process.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Password: { Type: String, NoEcho: true, Default: hush }
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: packer.handler
      CodeUri: code/
      Tracing: Active
      Environment: { Variables: { PASSWORD: !Ref Password } }
      EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Lost.Arn } } }
      Policies:
        - Statement: [{ Effect: Allow, Action: [dynamodb:PutItem, dynamodb:Query], Resource: [!GetAtt Boxes.Arn, !Sub '\${Boxes.Arn}/index/*'] }]
        - Statement: [{ Effect: Allow, Action: s3:GetObject, Resource: !Sub 'arn:aws:s3:::\${Labels}/*' }]
      Events:
        Ordered: { Type: EventBridgeRule, Properties: { EventBusName: !Ref Bus, Pattern: { source: [com.shop] } } }
        Nightly: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day) } }
        Web: { Type: HttpApi, Properties: { Method: GET, Path: '/boxes/{id}' } }
        Work: { Type: SQS, Properties: { Queue: !GetAtt Work.Arn } }
        Lines: { Type: CloudWatchLogs, Properties: { LogGroupName: lines, FilterPattern: ERROR } }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
  Spare: { Type: AWS::SQS::Queue, Properties: { QueueName: spare } }
  Work:
    Type: AWS::SQS::Queue
    Properties: { QueueName: work, RedrivePolicy: { deadLetterTargetArn: !GetAtt Lost.Arn, maxReceiveCount: 3 } }
  Told: { Type: AWS::SNS::Topic, Properties: { TopicName: told, Subscription: [{ Protocol: sqs, Endpoint: !GetAtt Lost.Arn }] } }
  Boxes:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: boxes
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }, { AttributeName: shelf, AttributeType: N }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      GlobalSecondaryIndexes:
        - { IndexName: byShelf, KeySchema: [{ AttributeName: shelf, KeyType: HASH }], Projection: { ProjectionType: ALL } }
  Labels: { Type: AWS::S3::Bucket, Properties: { BucketName: labels } }
  Size: { Type: AWS::SSM::Parameter, Properties: { Name: /box/size, Type: String, Value: '12' } }
  Key: { Type: AWS::SecretsManager::Secret, Properties: { Name: key, SecretString: hidden } }
  Failing:
    Type: AWS::CloudWatch::Alarm
    Properties:
      { AlarmName: failing, Namespace: AWS/Lambda, MetricName: Errors, Statistic: Sum, Period: 60, EvaluationPeriods: 5, DatapointsToAlarm: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Told] }
  Board: { Type: AWS::CloudWatch::Dashboard, Properties: { DashboardName: board, DashboardBody: '{"widgets":[]}' } }
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Pass
        States:
          Never: { Type: Task, Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: !GetAtt Packer.Arn }, End: true }
          Pass: { Type: Pass, Result: { box: 1 }, Next: Has }
          Has: { Type: Choice, Choices: [{ Variable: $.box, NumericEquals: 2, Next: Never }], Default: Fail }
          Fail: { Type: Fail, Error: NoBox, Cause: 'none left' }
  Caller:
    Type: AWS::Serverless::StateMachine
    Properties:
      Policies: [{ LambdaInvokePolicy: { FunctionName: !Ref Packer } }]
      Definition:
        StartAt: Call
        States: { Call: { Type: Task, Resource: !GetAtt Packer.Arn, End: true } }
  Kept: { Type: AWS::Events::Archive, Properties: { SourceArn: !GetAtt Bus.Arn } }
  Login:
    Type: AWS::Events::Connection
    Properties: { AuthorizationType: API_KEY, AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: k, ApiKeyValue: v } } }
  Partner:
    Type: AWS::Events::ApiDestination
    Properties: { ConnectionArn: !GetAtt Login.Arn, HttpMethod: POST, InvocationEndpoint: 'https://partner.example/in' }
  Side: { Type: AWS::Events::EventBus, Properties: { Name: side } }
  ToPartner:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Side
      EventPattern: { source: [com.partner] }
      Targets: [{ Id: partner, Arn: !GetAtt Partner.Arn, RoleArn: !GetAtt PipeRole.Arn }]
  Source: { Type: AWS::SQS::Queue }
  PipeRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: [pipes.amazonaws.com, events.amazonaws.com] }, Action: sts:AssumeRole }] }
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes], Resource: !GetAtt Source.Arn }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Spare.Arn }
              - { Effect: Allow, Action: events:InvokeApiDestination, Resource: !GetAtt Partner.Arn }
  Tube:
    Type: AWS::Pipes::Pipe
    Properties: { RoleArn: !GetAtt PipeRole.Arn, Source: !GetAtt Source.Arn, Target: !GetAtt Spare.Arn, Enrichment: !GetAtt Packer.Arn }
  Odd: { Type: AWS::Cognito::UserPool }
`;
const CODE = `exports.handler = async (event) => {
  console.log(JSON.stringify({ level: 'warn', message: 'packing', box: event.box, timestamp: 'now' }));
  console.error('plain words');
  if (event.fails) throw new TypeError('no such box');
  return { statusCode: 200, body: 'box ' + (event.pathParameters?.id ?? event.box) };
};`;

let running: Awaited<ReturnType<typeof runLoop>>;
let remove = () => {};
beforeAll(async () => {
  const files = {
    'template.yaml': TEMPLATE,
    'code/packer.js': CODE,
    'events/box.json': '{"box":1}',
    'events/readme.md': '',
    'secret.json': '{}',
  };
  const folder = projectFolder(files, (undo) => {
    remove = undo;
  });
  running = await runLoop(`${folder}/template.yaml`);
});
afterAll(async () => {
  await running?.stop();
  remove();
});

async function ask(path: string, init: RequestInit = {}) {
  const response = await fetch(`${running.loop.endpoint}${path}`, init);
  return { status: response.status, body: Object(await response.json()) };
}
const get = async (path: string) => (await ask(path)).body;
const post = (path: string, body: unknown) =>
  ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Loop-Token': running.loop.token },
    body: JSON.stringify(body),
  });
const invoke = async (event: object) => (await post('/_loop/invoke', { name: 'Packer', event })).body;

describe('the system', () => {
  test('has each resource, and what is not emulated with its reason', async () => {
    const { stackName, resources } = await get('/_loop/system');
    expect(stackName).toBe('test');
    const byId = new Map(resources.map((resource: { logicalId: string }) => [resource.logicalId, resource]));
    expect(byId.get('Work')).toMatchObject({ type: 'AWS::SQS::Queue', status: 'emulated', name: 'work' });
    expect(byId.get('Odd')).toMatchObject({
      status: 'not emulated',
      reason: expect.stringContaining('Cognito'),
    });
  });

  test.each([
    ['Bus', 'PackerOrdered', 'matches', undefined],
    ['PackerOrdered', 'Packer', 'delivers', undefined],
    ['PackerNightly', 'Packer', 'delivers', 'rate(1 day)'],
    ['ServerlessHttpApi', 'Packer', 'integrates', 'GET /boxes/{id}'],
    ['Work', 'Packer', 'triggers', undefined],
    ['lines', 'PackerLines', 'matches', undefined],
    ['PackerLines', 'Packer', 'delivers', 'ERROR'],
    ['Work', 'Lost', 'fails to', undefined],
    ['Packer', 'Lost', 'fails to', undefined],
    ['Told', 'Lost', 'delivers', undefined],
    ['Failing', 'Told', 'notifies', undefined],
    ['Flow', 'Packer', 'calls', undefined],
    ['Packer', 'Boxes', 'permits', 'dynamodb:PutItem, dynamodb:Query'],
    ['Packer', 'Labels', 'permits', 's3:GetObject'],
    ['Bus', 'Kept', 'keeps', undefined],
    ['ToPartner', 'Partner', 'delivers', undefined],
    ['Partner', 'Login', 'calls', 'POST https://partner.example/in'],
    ['Source', 'Tube', 'triggers', undefined],
    ['Tube', 'Packer', 'calls', undefined],
    ['Tube', 'Spare', 'delivers', undefined],
    ['Tube', 'Spare', 'permits', 'sqs:SendMessage'],
    ['Caller', 'Packer', 'permits', 'lambda:InvokeFunction'],
  ])('has the edge from %s to %s: %s %s', async (from, to, kind, label) => {
    const { edges } = await get('/_loop/system');
    expect(edges).toContainEqual({ from, to, kind, ...(label !== undefined && { label }) });
  });

  test('shows a resource by its lines of the template and its properties, no secret among them', async () => {
    const { resource, declaration, properties, edges } = await get('/_loop/resource?id=Packer');
    expect(resource).toMatchObject({ logicalId: 'Packer', status: 'emulated' });
    expect(declaration).toMatch(
      /^Packer:\n {2}Type: AWS::Serverless::Function\n[\s\S]*Queue: !GetAtt Work\.Arn/,
    );
    expect(declaration).not.toContain('Bus: { Type');
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Environment: { Variables: { PASSWORD: '****' } },
    });
    expect(edges).toContainEqual(expect.objectContaining({ from: 'Work', to: 'Packer' }));
    expect((await ask('/_loop/resource?id=Nothing')).status).toBe(404);
  });

  test('has the functions, and the files of events that they are invoked with, and no other file', async () => {
    expect(await get('/_loop/functions')).toMatchObject({
      functions: [
        { logicalId: 'Packer', timeoutMs: 3_000, environmentNames: expect.arrayContaining(['PASSWORD']) },
      ],
    });
    expect(await get('/_loop/event-files')).toEqual({ files: [{ name: 'box.json', sizeBytes: 9 }] });
    expect(await get('/_loop/event-file?name=box.json')).toEqual({ name: 'box.json', text: '{"box":1}' });
    expect((await ask('/_loop/event-file?name=../secret.json')).status).toBe(404);
  });
});

test('an invocation has its attempt, its log and its trace, and the trace has the log', async () => {
  await invoke({ box: 7, fails: true });
  const { invocations } = await get('/_loop/invocations?function=Packer&state=failed&limit=1');
  const [{ requestId }] = invocations;
  expect(invocations).toMatchObject([
    { attempts: [{ outcome: 'error', error: 'TypeError: no such box' }], state: 'failed' },
  ]);
  const { logs, traceId, segments } = await get(`/_loop/invocation?requestId=${requestId}`);
  expect(logs).toContainEqual(
    expect.objectContaining({ level: 'WARN', message: 'packing', fields: { box: 7 }, requestId, traceId }),
  );
  expect(logs).toContainEqual(expect.objectContaining({ level: 'ERROR', message: 'plain words' }));
  expect(segments.length).toBeGreaterThan(0);
  const trace = await get(`/_loop/trace?id=${traceId}`);
  expect(trace).toMatchObject({ traceId, segments });
  expect(trace.logs).toEqual(logs);
  expect((await ask('/_loop/invocation?requestId=nothing')).status).toBe(404);
});

describe('logs', () => {
  const words = (logs: { lines: { message: string }[] }) => logs.lines.map(({ message }) => message);

  test('are filtered by function, level, source and text, and followed from where the last answer ended', async () => {
    await invoke({ box: 1 });
    expect(words(await get('/_loop/logs?functions=Packer&levels=WARN&sources=function&limit=1'))).toEqual([
      'packing',
    ]);
    expect(words(await get('/_loop/logs?text=PLAIN&limit=1'))).toEqual(['plain words']);
    const { next } = await get('/_loop/logs');
    expect(words(await get(`/_loop/logs?after=${next}`))).toEqual([]);
    await invoke({ box: 2 });
    const after = await get(`/_loop/logs?after=${next}&levels=WARN`);
    expect(after.lines).toMatchObject([{ fields: { box: 2 } }]);
    expect((await ask('/_loop/logs?after=x')).status).toBe(400);
  });
});

describe('tables', () => {
  test('tell their keys and indexes; items come by their last write, or by a partition of an index', async () => {
    for (const id of ['a', 'b', 'c'])
      await post('/_loop/item/put', {
        table: 'boxes',
        item: { id: { S: id }, shelf: { N: id === 'b' ? '2' : '1' } },
      });
    await post('/_loop/item/put', { table: 'boxes', item: { id: { S: 'a' }, shelf: { N: '1' } } });
    expect(await get('/_loop/tables')).toMatchObject({
      tables: [
        {
          logicalId: 'Boxes',
          name: 'boxes',
          keys: ['id'],
          itemCount: 3,
          indexes: [{ name: 'byShelf', keys: ['shelf'] }],
        },
      ],
    });
    const { items: rows, count } = await get('/_loop/items?table=boxes');
    expect(count).toBe(3);
    expect(rows.map(({ key }: { key: string }) => key)).toEqual(['id=a', 'id=c', 'id=b']);
    expect(rows[0]).toMatchObject({ operation: 'PutItem', writtenAt: expect.stringMatching(/Z$/) });
    expect((await get('/_loop/items?table=boxes&index=byShelf&partition=2')).items).toMatchObject([
      { item: { id: { S: 'b' } } },
    ]);
    expect((await get('/_loop/items?table=boxes&partition=c')).items).toMatchObject([
      { item: { id: { S: 'c' } } },
    ]);
    expect(await get('/_loop/item?table=boxes&key=id=a')).toMatchObject({
      item: { id: { S: 'a' } },
      writes: [{ operation: 'PutItem' }, { operation: 'PutItem' }],
    });
    expect((await ask('/_loop/items?table=nothing')).status).toBe(400);
  });
});

test('queues tell where their dead letters go, and messages why they are there', async () => {
  const { queues } = await get('/_loop/queues');
  expect(queues).toContainEqual(
    expect.objectContaining({ queueName: 'work', logicalId: 'Work', maxReceiveCount: 3, deadLettersOf: [] }),
  );
  expect(queues).toContainEqual(expect.objectContaining({ queueName: 'lost', deadLettersOf: ['work'] }));
  await post('/_loop/queue/purge', { name: 'lost' });
  await post('/_loop/invoke', { name: 'Packer', event: { fails: true }, type: 'Event' });
  await running.loop.idle();
  const { messages } = await get('/_loop/queue?name=lost');
  expect(messages).toMatchObject([
    {
      why: 'RetriesExhausted after 3 attempts: TypeError: no such box',
      again: { do: 'invoke', event: { fails: true } },
    },
  ]);
});

test('topics, parameters, secrets and buckets are listed, and no secret is told', async () => {
  expect(await get('/_loop/topics')).toMatchObject({
    topics: [{ logicalId: 'Told', name: 'told', subscriptions: [{ protocol: 'sqs' }] }],
  });
  await post('/_loop/call', {
    service: 'ssm',
    operation: 'PutParameter',
    input: { Name: '/box/secret', Type: 'SecureString', Value: 'hush-hush' },
  });
  const parameters = await get('/_loop/parameters');
  expect(parameters.parameters).toContainEqual(
    expect.objectContaining({
      name: '/box/size',
      type: 'String',
      value: '12',
      changedAt: expect.stringMatching(/Z$/),
    }),
  );
  expect(JSON.stringify(parameters)).not.toContain('hush-hush');
  const secrets = await get('/_loop/secrets');
  expect(secrets).toMatchObject({
    secrets: expect.arrayContaining([expect.objectContaining({ name: 'key' })]),
  });
  expect(JSON.stringify(secrets)).not.toContain('hidden');
  expect(await get('/_loop/buckets')).toMatchObject({ buckets: [{ logicalId: 'Labels', name: 'labels' }] });
});

const signed =
  'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0';

test('an object has its type, metadata and tags, and its text as far as 64 KB; all of it is a file to be saved', async () => {
  const key = 'notes/<b>ö & "1".html';
  const content = `<script>${'é'.repeat(40_000)}`;
  const put = async (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    (
      await fetch(`${running.loop.endpoint}/labels/${path}`, {
        method: 'PUT',
        headers: { Authorization: signed, ...headers },
        body,
      })
    ).status;
  const path = key.split('/').map(encodeURIComponent).join('/');
  const headers = { 'Content-Type': 'text/html', 'x-amz-meta-shelf': 'top', 'x-amz-tagging': 'kind=note' };
  expect(await put(path, content, headers)).toBe(200);
  expect(await put('binary', Buffer.from([0xff, 0xfe, 0x00]))).toBe(200);
  expect(await put('empty', '')).toBe(200);
  const asked = new URLSearchParams({ bucket: 'labels', key });
  const { text, ...object } = await get(`/_loop/object?${asked}`);
  expect(object).toMatchObject({
    key,
    sizeBytes: 80_008,
    contentType: 'text/html',
    metadata: { shelf: 'top' },
    tags: { kind: 'note' },
    changedAt: expect.stringMatching(/Z$/),
  });
  expect(content.startsWith(text)).toBe(true);
  expect(Buffer.byteLength(text)).toBe(65_536);
  expect(await get('/_loop/object?bucket=labels&key=binary')).not.toHaveProperty('text');
  expect(await get('/_loop/object?bucket=labels&key=empty')).toMatchObject({ text: '', tags: {} });
  expect((await ask('/_loop/object?bucket=labels&key=none')).status).toBe(404);

  // A browser never takes it for a document of the console's origin.
  const file = await fetch(`${running.loop.endpoint}/_loop/object/content?${asked}`);
  expect(file.headers.get('content-type')).toBe('application/octet-stream');
  expect(file.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''%3Cb%3E%C3%B6%20%26%20%221%22.html",
  );
  expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await file.text()).toBe(content);
  for (const gone of [path, 'binary', 'empty'])
    await fetch(`${running.loop.endpoint}/labels/${gone}`, {
      method: 'DELETE',
      headers: { Authorization: signed },
    });
});

test('one message of a queue is deleted, the others stay', async () => {
  const sent = [];
  for (const body of ['one', 'two'])
    sent.push((await post('/_loop/queue/send', { name: 'spare', body })).body.messageId);
  expect((await post('/_loop/queue/delete', { name: 'spare', messageId: sent[0] })).status).toBe(200);
  expect((await get('/_loop/queue?name=spare')).messages).toMatchObject([{ messageId: sent[1] }]);
  expect((await post('/_loop/queue/delete', { name: 'spare', messageId: sent[0] })).status).toBe(404);
});

test('objects of a bucket are listed by their keys', async () => {
  for (const key of ['in/<b>%26', 'out/2'])
    await fetch(`${running.loop.endpoint}/labels/${key}`, {
      method: 'PUT',
      headers: { Authorization: signed },
      body: 'four',
    });
  const { objects } = await get('/_loop/objects?bucket=labels');
  expect(objects).toMatchObject([{ key: 'in/<b>&', sizeBytes: 4 }, { key: 'out/2' }]);
  expect(await get('/_loop/objects?bucket=labels&prefix=out/')).toMatchObject({
    objects: [{ key: 'out/2' }],
  });
  expect((await ask('/_loop/objects?bucket=nothing')).status).toBe(404);
});

test('metrics are listed and drawn as series; alarms and dashboards are shown with their states and bodies', async () => {
  await invoke({ box: 1 });
  const { metrics } = await get('/_loop/metrics?namespace=AWS/Lambda');
  const metric = metrics.find(
    ({ name, dimensions }: { name: string; dimensions: object }) =>
      name === 'Invocations' && Object.keys(dimensions).join() === 'FunctionName',
  );
  expect(metric).toBeDefined();
  const { body } = await ask('/_loop/metrics/query', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      to: new Date(Date.now() + 60_000).toISOString(),
      queries: [
        {
          Id: 'calls',
          MetricStat: {
            Metric: {
              Namespace: metric.namespace,
              MetricName: metric.name,
              Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
            },
            Period: 60,
            Stat: 'Sum',
          },
        },
      ],
    }),
  });
  expect(body.series).toMatchObject([{ id: 'calls' }]);
  // A minute may have ended since the first of them.
  expect(body.series[0].points.length).toBeGreaterThan(0);
  for (const point of body.series[0].points)
    expect(point).toEqual({ time: expect.stringMatching(/:00\.000Z$/), value: expect.any(Number) });
  expect(await get('/_loop/alarms')).toMatchObject({
    alarms: [
      { name: 'failing', logicalId: 'Failing', condition: 'Sum of Errors >= 1 for 1 of 5 periods of 60 s' },
    ],
  });
  expect(await get('/_loop/dashboards')).toEqual({
    dashboards: [{ name: 'board', logicalId: 'Board', body: { widgets: [] } }],
  });
});

test('an API has its addresses and routes, and is sent a request', async () => {
  const { apis } = await get('/_loop/apis');
  expect(apis).toMatchObject([
    {
      logicalId: 'ServerlessHttpApi',
      protocol: 'HTTP',
      routes: [{ method: 'GET', path: '/boxes/{id}', function: 'Packer' }],
    },
  ]);
  const { body } = await post('/_loop/request', { api: 'ServerlessHttpApi', path: '/boxes/9' });
  expect(body).toMatchObject({ status: 200, body: 'box 9', isBase64: false });
  expect((await post('/_loop/request', { api: 'Nothing' })).status).toBe(404);
});

test('a schedule is listed and met before its time', async () => {
  expect(await get('/_loop/schedules')).toMatchObject({
    schedules: [{ logicalId: 'PackerNightly', expression: 'rate(1 day)', eventName: 'Nightly' }],
  });
  expect((await post('/_loop/schedule/fire', { name: 'Nightly' })).body).toMatchObject({
    logicalId: 'PackerNightly',
  });
  await running.loop.idle();
  expect((await get('/_loop/facts?newest=50&groups=events')).facts).toContainEqual(
    expect.objectContaining({ kind: 'schedule.invoked' }),
  );
  expect((await post('/_loop/schedule/fire', { name: 'Never' })).status).toBe(404);
});

test('an event has its deliveries with their attempts beside what the rules made of it', async () => {
  const { body } = await post('/_loop/events', {
    bus: 'shop',
    source: 'com.shop',
    detailType: 'Ordered',
    detail: {},
  });
  await running.loop.idle();
  expect(await get(`/_loop/event?bus=shop&id=${body.id}`)).toMatchObject({
    rules: [{ matches: true }],
    delivery: { state: 'delivered', rules: [{ targets: [{ attempts: [{}], state: 'delivered' }] }] },
  });
});

test('an execution of a state machine is started and shown with its history', async () => {
  const { machines } = await get('/_loop/state-machines');
  const flow = machines.find(({ logicalId }: { logicalId: string }) => logicalId === 'Flow');
  expect(flow).toMatchObject({ type: 'STANDARD', definition: { StartAt: 'Pass' } });
  const { body } = await post('/_loop/execution/start', { machine: flow.arn, input: { n: 1 } });
  await running.loop.idle();
  expect(await get('/_loop/executions')).toMatchObject({
    executions: [{ arn: body.arn, status: 'FAILED', startedAt: expect.stringMatching(/Z$/) }],
  });
  const { history, ...execution } = await get(`/_loop/execution?arn=${body.arn}`);
  expect(execution).toMatchObject({ input: { n: 1 }, error: 'NoBox', cause: 'none left', status: 'FAILED' });
  expect(history.map(({ type }: { type: string }) => type)).toEqual([
    'ExecutionStarted',
    'PassStateEntered',
    'PassStateExited',
    'ChoiceStateEntered',
    'ChoiceStateExited',
    'FailStateEntered',
    'ExecutionFailed',
  ]);
});

test('a request says what invoked the function: a rule, an API, a queue, a schedule, an execution; a developer is none', async () => {
  const { machines } = await get('/_loop/state-machines');
  const caller = machines.find(({ logicalId }: { logicalId: string }) => logicalId === 'Caller');
  await post('/_loop/events', { bus: 'shop', source: 'com.shop', detailType: 'Ordered', detail: {} });
  await post('/_loop/request', { api: 'ServerlessHttpApi', path: '/boxes/9' });
  await post('/_loop/queue/send', { name: 'work', body: '{}' });
  await post('/_loop/schedule/fire', { name: 'Nightly' });
  const { body } = await post('/_loop/execution/start', { machine: caller.arn });
  await invoke({});
  await running.loop.idle();
  const { invocations } = await get('/_loop/invocations?function=Packer');
  const sources = invocations.map(({ sourceArn }: { sourceArn?: string }) => sourceArn ?? 'a developer');
  for (const source of [
    /^a developer$/,
    /^arn:aws:events:[^:]*:[^:]*:rule\/shop\//,
    /^arn:aws:execute-api:.*\/GET\/boxes\/\{id\}$/,
    /^arn:aws:scheduler:/,
    /^arn:aws:sqs:.*:work$/,
  ])
    expect(sources).toContainEqual(expect.stringMatching(source));
  expect(sources).toContain(body.arn);
});
