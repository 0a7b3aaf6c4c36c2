import { describe, expect, test } from 'vitest';
import { MAX_CALL_MS } from '../../../src/platform/aws-clients.ts';
import { creatorConfig, processorConfig } from '../../../src/platform/config.ts';
import { deployedStack } from './stack.ts';
import { at, entriesAt, ORDER_FUNCTIONS, ORDER_QUEUES, resourcesOf, treeAt } from './template.ts';

const RULE = 'Resources.OrderProcessorFunction.Properties.Events.OrderCreated.Properties';

test('only the bus has a name of its own choosing, and that is a parameter', () => {
  const named = entriesAt('Resources').flatMap(([logicalId, { Properties }]) =>
    Object.keys(Object(Properties))
      .filter((key) => /^(Name|\w+Name)$/.test(key) && !['EventBusName', 'MetricName'].includes(key))
      .map((key) => `${logicalId}.${key}`),
  );
  expect(named).toEqual(['OrderBus.Name']);
  expect(at('Resources.OrderBus.Properties.Name')).toBe('OrderBusName');
  expect(at('Parameters.OrderBusName.Default')).toBe('serverless-snacks-orders');
});

test('the queues of failures are there, and every queue keeps a message for 14 days and encrypts it', () => {
  const queues = resourcesOf('AWS::SQS::Queue');
  expect(queues.map(([logicalId]) => logicalId)).toEqual(expect.arrayContaining([...ORDER_QUEUES]));
  for (const [logicalId, { Properties }] of queues) {
    expect(Properties, logicalId).toEqual({
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      SqsManagedSseEnabled: true,
    });
  }
});

test('each failure domain has a queue of its own', () => {
  const onFailure = 'EventInvokeConfig.DestinationConfig.OnFailure.Destination';
  expect(at(`Resources.OrderCreatorFunction.Properties.${onFailure}`)).toBe('OrderCreatorFailureQueue.Arn');
  expect(at(`Resources.OrderProcessorFunction.Properties.${onFailure}`)).toBe(
    'OrderProcessorFailureQueue.Arn',
  );
  expect(at(`${RULE}.DeadLetterConfig.Arn`)).toBe('OrderCreatedDeadLetterQueue.Arn');
});

test("only the rule may send to the rule's queue", () => {
  expect(at('Resources.OrderCreatedDeadLetterQueuePolicy.Properties.PolicyDocument.Statement')).toMatchObject(
    [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: 'OrderCreatedDeadLetterQueue.Arn',
        Condition: { ArnEquals: { 'aws:SourceArn': 'OrderProcessorFunctionOrderCreated.Arn' } },
      },
      { Sid: 'TlsOnly', Effect: 'Deny' },
    ],
  );
});

test('the rule takes Order Created of this source from the order bus', () => {
  expect(at(`${RULE}.Pattern`)).toEqual({
    source: ['serverless-snacks.orders'],
    'detail-type': ['Order Created'],
  });
  expect(at(`${RULE}.EventBusName`)).toBe('OrderBus');
});

test('each function has a role of its own, for what it does and no more', () => {
  const roleOf = (name: string) =>
    deployedStack('prod').functions.find(({ logicalId }) => logicalId === name)?.role;
  const actions = (name: string) => roleOf(name)?.statements.flatMap((statement) => statement.actions);
  const OF_BOTH = [
    'sqs:SendMessage',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
  ];
  expect(actions('OrderCreatorFunction')).toEqual(['dynamodb:PutItem', 'events:PutEvents', ...OF_BOTH]);
  expect(actions('OrderProcessorFunction')).toEqual(['dynamodb:UpdateItem', ...OF_BOTH]);
  const onAnything = deployedStack('prod').functions.flatMap(({ role }) =>
    role.statements.filter(({ resources }) => resources?.some((resource) => resource === '*')),
  );
  expect(new Set(onAnything.map(({ sid }) => sid))).toEqual(new Set(['SendTraces']));
});

test('the table is keyed by orderId and paid by request', () => {
  expect(at('Resources.OrdersTable.Properties')).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
    SSESpecification: { SSEEnabled: true },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    DeletionProtectionEnabled: ['IsProd', true, false],
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: ['IsProd', true, false] },
  });
});

test('both functions run on Node 24, traced, with JSON logs in a group that forgets', () => {
  expect(at('Globals.Function')).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['Architecture'],
    Tracing: 'Active',
    LoggingConfig: { LogFormat: 'JSON' },
  });
  expect(at('Parameters.Architecture.Default')).toBe('arm64');
  for (const [logicalId, { Properties }] of resourcesOf('AWS::Logs::LogGroup'))
    expect(Properties, logicalId).toHaveProperty('RetentionInDays');
  for (const logicalId of ['OrderCreatorLogGroup', 'OrderProcessorLogGroup'])
    expect(at(`Resources.${logicalId}.Properties`)).toEqual({ RetentionInDays: ['IsProd', 90, 7] });
  expect(at('Resources.OrderCreatorFunction.Properties.LoggingConfig.LogGroup')).toBe('OrderCreatorLogGroup');
  expect(at('Resources.OrderProcessorFunction.Properties.LoggingConfig.LogGroup')).toBe(
    'OrderProcessorLogGroup',
  );
});

test('both functions are built alike', () => {
  const { EntryPoints: creator, ...creatorBuild } = treeAt(
    'Resources.OrderCreatorFunction.Metadata.BuildProperties',
  );
  const { EntryPoints: processor, ...processorBuild } = treeAt(
    'Resources.OrderProcessorFunction.Metadata.BuildProperties',
  );
  expect(creatorBuild).toEqual(processorBuild);
  expect([creator, processor]).toEqual([['order-creator/handler.ts'], ['order-processor/handler.ts']]);
});

test('a function has time for every AWS call it makes to take as long as it may', () => {
  const timeoutMs = (name: string) => Number(at(`Resources.${name}.Properties.Timeout`)) * 1000;
  const longestFulfilmentMs = Number(at('Parameters.FulfilmentMs.MaxValue'));
  expect(timeoutMs('OrderCreatorFunction')).toBeGreaterThan(2 * MAX_CALL_MS);
  expect(timeoutMs('OrderProcessorFunction')).toBeGreaterThan(longestFulfilmentMs + MAX_CALL_MS);
});

describe('every variable that a function reads is declared', () => {
  test.each([
    ['OrderCreatorFunction', creatorConfig],
    ['OrderProcessorFunction', processorConfig],
  ])('%s', (name, readConfig) => {
    const read = new Set<string>();
    const noteKey = (_: object, key: string | symbol) => {
      read.add(String(key));
      return '1';
    };
    readConfig(new Proxy({}, { get: noteKey }));
    const declared = Object.keys({
      ...treeAt('Globals.Function.Environment.Variables'),
      ...treeAt(`Resources.${name}.Properties.Environment.Variables`),
    });
    const own = declared.filter((key) => !/^(NODE_OPTIONS|POWERTOOLS_.*|AWS_ENDPOINT_URL.*)$/.test(key));
    expect([...read].sort()).toEqual(own.sort());
  });
});

test("the SDK's endpoint variables can be set by sam local, and are absent on AWS", () => {
  const variables = treeAt('Globals.Function.Environment.Variables');
  const endpoints = Object.keys(variables).filter((key) => key.startsWith('AWS_ENDPOINT_URL'));
  expect(endpoints).toEqual([
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_DYNAMODB',
    'AWS_ENDPOINT_URL_EVENTBRIDGE',
  ]);
  for (const key of endpoints) expect(variables[key]).toEqual(['HasLocalEndpoint', '', 'AWS::NoValue']);
  expect(at('Conditions.HasLocalEndpoint')).toEqual(['AWS::StackName', 'local']);
});

test('what is invoked from outside is the alias', () => {
  const { functions, outputs } = deployedStack('prod');
  const ofOrders = functions.filter(({ logicalId }) => ORDER_FUNCTIONS.some((each) => each === logicalId));
  expect(ofOrders).toHaveLength(ORDER_FUNCTIONS.length);
  for (const { logicalId, arn, name, asyncInvoke, qualifiers } of ofOrders) {
    const outputOf = (suffix: string) =>
      outputs.find((output) => output.name === `${logicalId}${suffix}`)?.value;
    expect(outputOf('Name')).toBe(`${name}:live`);
    expect(outputOf('Arn')).toBe(`${arn}:live`);
    const alias = qualifiers.find((qualifier) => qualifier.name === 'live');
    expect(alias?.asyncInvoke.onFailureArn).toMatch(/FailureQueue/);
    expect(asyncInvoke.onFailureArn).toBe(undefined);
  }
});

test('no queue takes a request without TLS', () => {
  const { queues } = deployedStack('prod');
  for (const { resourcePolicy } of queues) {
    expect(resourcePolicy).toContainEqual(
      expect.objectContaining({
        effect: 'Deny',
        actions: ['sqs:*'],
        conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
      }),
    );
  }
});

test('a resource that a script needs has an output', () => {
  const outputs = Object.keys(treeAt('Outputs'));
  for (const logicalId of [...ORDER_QUEUES, 'OrdersTable', 'OrderBus', ...ORDER_FUNCTIONS]) {
    expect(outputs.filter((name) => name.startsWith(logicalId)).length, logicalId).toBeGreaterThanOrEqual(2);
  }
  expect(outputs).toContain('OrderCreatedRuleArn');
});
