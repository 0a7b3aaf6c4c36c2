import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, withFunction } from './load.ts';

/** The properties stand on line 4. */
const resource = (type: string, properties: string) => `
Resources:
  It:
    Type: ${type}
    Properties: {${properties}}
  Box: {Type: AWS::SQS::Queue}
  Row: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}`;
const key = 'KeySchema: [{AttributeName: id, KeyType: HASH}]';
const attributes = 'AttributeDefinitions: [{AttributeName: id, AttributeType: S}]';
const table = (properties: string) => resource('AWS::DynamoDB::Table', properties);
const queue = (properties: string) => resource('AWS::SQS::Queue', properties);
const rule = (properties: string) => resource('AWS::Events::Rule', properties);
const target = (properties: string) => rule(`EventPattern: {source: [a]}, Targets: [{Id: t, ${properties}}]`);
const toBox = 'Arn: !GetAtt Box.Arn';

describe('a function', () => {
  test('has the defaults of AWS', () => {
    const [packer] = load(withFunction()).functions;
    expect(packer).toMatchObject({
      timeoutMs: 3000,
      memorySizeMB: 128,
      architecture: 'x86_64',
      environment: {},
      tracing: 'PassThrough',
      logging: { format: 'Text', logGroup: `/aws/lambda/${packer?.name}` },
      asyncInvoke: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 },
      resourcePolicy: [],
    });
    expect(packer).not.toHaveProperty('reservedConcurrency');
  });

  test('logs where its LoggingConfig says', () => {
    const logging = 'LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: DEBUG, LogGroup: !Ref Logs}';
    const stack = load(
      withFunction(logging, '  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /packer}}'),
    );
    expect(stack.functions[0]?.logging).toEqual({
      format: 'JSON',
      applicationLogLevel: 'DEBUG',
      systemLogLevel: 'INFO',
      logGroup: '/packer',
    });
    expect(reportOf(stack, 'Logs')?.status).toBe('accepted');
  });

  test('may have no concurrency at all', () => {
    expect(load(withFunction('ReservedConcurrentExecutions: 0')).functions[0]?.reservedConcurrency).toBe(0);
  });

  test('takes numbers as text, as CloudFormation does', () => {
    expect(load(withFunction('Timeout: "20"')).functions[0]?.timeoutMs).toBe(20_000);
  });

  test('names what of it is left out', () => {
    const stack = load(
      withFunction('Layers: [arn:aws:lambda:eu-west-1:1:layer:a:1]\nVpcConfig: {SubnetIds: [a]}'),
    );
    expect(reportOf(stack, 'Packer')?.status).toBe('emulated');
    expect(reportOf(stack, 'Packer.Layers')).toMatchObject({ status: 'not emulated', line: 9 });
    expect(reportOf(stack, 'Packer.VpcConfig')).toMatchObject({ status: 'accepted', line: 10 });
  });

  test('leaves dynamic references as they are, and says so', () => {
    const stack = load(withFunction('Environment: {Variables: {KEY: "{{resolve:ssm:/key}}"}}'));
    expect(stack.functions[0]?.environment).toEqual({ KEY: '{{resolve:ssm:/key}}' });
    expect(reportOf(stack, 'Packer.{{resolve:ssm:/key}}')).toMatchObject({ status: 'not emulated', line: 9 });
  });

  test('in another language is named, and what points at it without effect', () => {
    const events = 'Events: {Sent: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}}';
    const stack = load(withFunction(events).replace('nodejs24.x', 'python3.13'));
    expect(stack.functions).toEqual([]);
    expect(reportOf(stack, 'Packer')?.reason).toBe('the runtime python3.13 is not emulated; only nodejs is');
    expect(stack.rules[0]?.targets).toEqual([]);
    expect(reportOf(stack, 'PackerSentPermission')?.status).toBe('accepted');
    expect(reportOf(stack, 'PackerSent.PackerSentLambdaTarget')).toMatchObject({ status: 'not emulated' });
  });

  test.each([
    ['Timeout: 0', 'Timeout, expected a whole number from 1 to 900, found 0'],
    ['Timeout: 901', 'Timeout, expected a whole number from 1 to 900, found 901'],
    ['Timeout: 1.5', 'Timeout, expected a whole number from 1 to 900, found 1.5'],
    ['Timeout: soon', 'Timeout, expected a whole number from 1 to 900, found "soon"'],
    ['MemorySize: 127', 'MemorySize, expected a whole number from 128 to 10240, found 127'],
    ['MemorySize: 10241', 'MemorySize, expected a whole number from 128 to 10240, found 10241'],
    ['Architectures: [x86]', 'Architectures, expected one of x86_64 and arm64, found x86'],
    ['FunctionName: a b', 'FunctionName, expected a name matching ^[\\w-]{1,64}$, found "a b"'],
    ['Tracing: On', 'TracingConfig.Mode, expected Active or PassThrough, found true'],
    ['Environment: [a]', 'Environment, expected a map, found a list'],
    ['Environment: {Variables: {BOX: [a]}}', 'Environment.Variables.BOX, expected text, found a list'],
    ['Environment: {Variables: {BOX: }}', 'expected a value, found nothing (null)'],
    [
      'Environment: {Variables: {AWS_REGION: a}}',
      'Environment.Variables.AWS_REGION, is reserved: Lambda sets it itself',
    ],
    [
      'Environment: {Variables: {1A: a}}',
      'Environment.Variables.1A, expected a name of at least two letters, digits and underscores that begins with a letter',
    ],
    ['LoggingConfig: {LogFormat: XML}', 'LoggingConfig.LogFormat, expected Text or JSON, found "XML"'],
    [
      'EventInvokeConfig: {MaximumRetryAttempts: 3}',
      'EventInvokeConfig: MaximumRetryAttempts, expected a whole number from 0 to 2, found 3',
    ],
    [
      'EventInvokeConfig: {MaximumEventAgeInSeconds: 59}',
      'EventInvokeConfig: MaximumEventAgeInSeconds, expected a whole number from 60 to 21600, found 59',
    ],
  ])('with %s is refused with its line', (properties, message) => {
    const about = message.startsWith('EventInvokeConfig:') ? 'Packer' : 'Packer: ';
    expect(problemsOf(withFunction(properties))).toEqual([`template.yaml:9: ${about}${message}`]);
  });

  test('needs a name of its own', () => {
    const other =
      '  Other: {Type: AWS::Serverless::Function, Properties: {FunctionName: a, CodeUri: app, Handler: index.h, Runtime: nodejs24.x}}';
    expect(problemsOf(withFunction('FunctionName: a', other))).toEqual([
      'template.yaml:10: Other: FunctionName, the name a is already that of Packer',
    ]);
  });

  test('with too much environment is refused', () => {
    expect(problemsOf(withFunction(`Environment: {Variables: {LONG: ${'x'.repeat(4093)}}}`))).toEqual([
      'template.yaml:9: Packer: Environment.Variables, expected at most 4096 bytes in all, found 4097',
    ]);
  });

  test('of plain CloudFormation runs too', () => {
    const stack = load(`
Resources:
  It:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Code: {ZipFile: "exports.handler = 1"}
      Role: !GetAtt Worker.Arn
  Worker:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}}}`);
    expect(stack.functions[0]).toMatchObject({ runtime: 'nodejs22.x', code: { kind: 'inline' } });
  });
});

describe('a table', () => {
  test('becomes the input of CreateTable', () => {
    const [it] = load(
      table(`TableName: rows, BillingMode: PAY_PER_REQUEST, ${key},
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: at, AttributeType: N}],
      GlobalSecondaryIndexes: [{IndexName: byAt, KeySchema: [{AttributeName: at, KeyType: HASH}], Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [a]}}],
      TimeToLiveSpecification: {AttributeName: ends, Enabled: true}, SSESpecification: {SSEEnabled: true}, Tags: []`),
    ).tables;
    expect(it).toEqual({
      logicalId: 'It',
      name: 'rows',
      arn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/rows',
      line: 2,
      timeToLiveAttribute: 'ends',
      createTable: {
        TableName: 'rows',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'id', AttributeType: 'S' },
          { AttributeName: 'at', AttributeType: 'N' },
        ],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byAt',
            KeySchema: [{ AttributeName: 'at', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
          },
        ],
      },
    });
  });

  test('with throughput has it as numbers', () => {
    const throughput = 'ProvisionedThroughput: {ReadCapacityUnits: "5", WriteCapacityUnits: 6}';
    expect(load(table(`${key}, ${attributes}, ${throughput}`)).tables[0]?.createTable).toMatchObject({
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
    });
  });

  test('with a stream runs without it', () => {
    const stream = 'BillingMode: PAY_PER_REQUEST, StreamSpecification: {StreamViewType: NEW_IMAGE}';
    const stack = load(table(`${key}, ${attributes}, ${stream}`));
    expect(stack.tables[0]?.createTable).not.toHaveProperty('StreamSpecification');
    expect(reportOf(stack, 'It.StreamSpecification')?.status).toBe('not emulated');
  });

  test("whose stream is asked for is refused: nothing here makes the stream's ARN", () => {
    const template = `${table(`${key}, ${attributes}, BillingMode: PAY_PER_REQUEST`)}
Outputs:
  Stream:
    Value: !GetAtt It.StreamArn`;
    expect(problemsOf(template)).toEqual([
      'template.yaml:9: Stream: It.StreamArn: not emulated, or no attribute of AWS::DynamoDB::Table',
    ]);
  });

  test.each([
    [
      `${attributes}, KeySchema: [{AttributeName: other, KeyType: HASH}], BillingMode: PAY_PER_REQUEST`,
      'KeySchema[0].AttributeName, expected one of the AttributeDefinitions (id), found "other"',
    ],
    [
      `${attributes}, ${key}`,
      'ProvisionedThroughput, expected a map, or "BillingMode: PAY_PER_REQUEST", found nothing',
      2,
    ],
    [
      `${key}, AttributeDefinitions: [{AttributeName: id, AttributeType: String}], BillingMode: PAY_PER_REQUEST`,
      'AttributeDefinitions[0].AttributeType, expected S or N or B, found "String"',
    ],
    [
      `${key}, ${attributes}, BillingMode: FREE`,
      'BillingMode, expected PAY_PER_REQUEST or PROVISIONED, found "FREE"',
    ],
    [`${key}, ${attributes}, BillingMode: PAY_PER_REQUEST, Name: a`, 'Name, no such property'],
  ])('with %s is refused with its line', (properties, message, line = 4) => {
    expect(problemsOf(table(properties))).toContain(`template.yaml:${line}: It: ${message}`);
  });
});

describe('a queue', () => {
  test('has the defaults of AWS', () => {
    expect(load(queue('QueueName: it')).queues[0]).toEqual({
      logicalId: 'It',
      name: 'it',
      arn: 'arn:aws:sqs:eu-west-1:123456789012:it',
      url: 'http://127.0.0.1:4580/123456789012/it',
      visibilityTimeoutSeconds: 30,
      messageRetentionSeconds: 345_600,
      delaySeconds: 0,
      receiveWaitSeconds: 0,
      maximumMessageBytes: 1_048_576,
      resourcePolicy: [],
    });
  });

  test('may pass messages on that fail too often', () => {
    const redrive = 'RedrivePolicy: {deadLetterTargetArn: !GetAtt Box.Arn, maxReceiveCount: 3}';
    const [it, box] = load(queue(redrive)).queues;
    expect(it?.redrive).toEqual({ deadLetterArn: box?.arn, maxReceiveCount: 3 });
  });

  test('in strict order is not emulated', () => {
    const stack = load(queue('QueueName: it'));
    expect(reportOf(stack, 'Row')).toMatchObject({
      status: 'not emulated',
      reason: 'FIFO queues are not emulated',
    });
    expect(reportOf(stack, 'Row')?.physicalId).toMatch(/\/depot-Row-\w{12}\.fifo$/);
    expect(stack.queues.map(({ logicalId }) => logicalId)).toEqual(['It', 'Box']);
  });

  test('has the policy that was made last', () => {
    const policy = (sid: string) =>
      `{Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Box], PolicyDocument: {Statement: {Sid: ${sid}, Effect: Allow, Action: "sqs:*", Principal: "*", Resource: "*"}}}}`;
    const stack = load(
      `Resources:\n  Box: {Type: AWS::SQS::Queue}\n  First: ${policy('a')}\n  Second: ${policy('b')}`,
    );
    expect(stack.queues[0]?.resourcePolicy).toEqual([
      { sid: 'b', effect: 'Allow', actions: ['sqs:*'], principals: { AWS: ['*'] }, resources: ['*'] },
    ]);
    expect(reportOf(stack, 'Second.Queues')?.reason).toContain('replaces First as the policy of Box');
  });

  test.each([
    ['VisibilityTimeout: 43201', 'VisibilityTimeout, expected a whole number from 0 to 43200, found 43201'],
    [
      'MessageRetentionPeriod: 59',
      'MessageRetentionPeriod, expected a whole number from 60 to 1209600, found 59',
    ],
    ['QueueName: a.b', 'QueueName, expected a name matching ^[\\w-]{1,80}$, found "a.b"'],
    ['QueueName: a, FifoQueue: true', 'QueueName, expected a name matching ^[\\w-]{1,75}\\.fifo$, found "a"'],
    [
      'RedrivePolicy: {maxReceiveCount: 0}',
      'RedrivePolicy.maxReceiveCount, expected a whole number from 1 to 1000, found 0',
    ],
  ])('with %s is refused with its line', (properties, message) => {
    expect(problemsOf(queue(properties))).toContain(`template.yaml:4: It: ${message}`);
  });

  test('that a policy names wrongly is refused', () => {
    const template = `
Resources:
  Box: {Type: AWS::SQS::Queue, Properties: {QueueName: box}}
  Open:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!GetAtt Box.QueueName]
      PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}`;
    expect(problemsOf(template)).toEqual([
      'template.yaml:6: Open: Queues, expected URLs of queues of this template (use !Ref), found "box"',
      'template.yaml:7: Open: PolicyDocument.Statement[0].Principal, expected Principal or NotPrincipal, found neither',
    ]);
  });
});

describe('a bus', () => {
  test.each([
    ['', 'Name, expected text, found nothing', 2],
    ['Name: default', 'Name, expected another name than default, which every account has'],
    ['Name: a/b', 'Name, expected a name matching ^[\\w.-]{1,256}$, found "a/b"'],
  ])('with "%s" is refused with its line', (properties, message, line = 4) => {
    expect(problemsOf(resource('AWS::Events::EventBus', properties))).toContain(
      `template.yaml:${line}: It: ${message}`,
    );
  });
});

describe('a rule', () => {
  test('may name its bus by ARN', () => {
    const bus = 'arn:aws:events:eu-west-1:123456789012:event-bus/main';
    expect(load(rule(`EventPattern: {source: [a]}, EventBusName: "${bus}"`)).rules[0]).toMatchObject({
      busName: 'main',
      arn: expect.stringMatching(/:rule\/main\/depot-It-\w{12}$/),
    });
  });

  test('on a bus of another stack gets an empty one of that name', () => {
    const stack = load(rule('EventPattern: {source: [a]}, EventBusName: shared'));
    expect(stack.buses).toEqual([
      {
        logicalId: 'It.EventBusName',
        name: 'shared',
        arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/shared',
      },
    ]);
    expect(reportOf(stack, 'It.EventBusName')?.status).toBe('accepted');
  });

  test('keeps the targets that something here takes, and names the others', () => {
    const template = `${rule('EventPattern: {source: [a]}, Targets: [{Id: one, Arn: !GetAtt Box.Arn}, {Id: two, Arn: !Ref News}]')}
  News: {Type: AWS::SNS::Topic}`;
    const stack = load(template);
    expect(stack.rules[0]?.targets.map(({ id }) => id)).toEqual(['one']);
    expect(reportOf(stack, 'It.two')).toMatchObject({
      status: 'not emulated',
      line: 4,
      reason: 'News (AWS::SNS::Topic) is not emulated: what is sent there is dropped',
    });
  });

  test('may dead-letter to a queue', () => {
    const [it] = load(target(`${toBox}, DeadLetterConfig: {Arn: !GetAtt Box.Arn}`)).rules;
    expect(it?.targets[0]?.deadLetterArn).toBe(it?.targets[0]?.arn);
  });

  test.each([
    [rule(''), 'EventPattern, expected EventPattern or ScheduleExpression, found neither', 2],
    [rule('EventPattern: "{}"'), 'EventPattern, expected a map, found "{}"'],
    [
      rule('EventPattern: {}, State: ON'),
      'State, expected ENABLED or DISABLED or ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS, found true',
    ],
    [
      target('Arn: arn:aws:sqs:eu-west-1:123456789012:gone'),
      'Targets[0].Arn, expected the ARN of a queue of this template, found arn:aws:sqs:eu-west-1:123456789012:gone',
    ],
    [
      target('Arn: arn:aws:lambda:eu-west-1:123456789012:function:gone'),
      'Targets[0].Arn, expected the ARN of a function of this template, found arn:aws:lambda:eu-west-1:123456789012:function:gone',
    ],
    [target('Arn: gone'), 'Targets[0].Arn, expected an ARN, found "gone"'],
    [target(`${toBox}, Input: "a"`), 'Targets[0].Input, expected JSON as text, found "a"'],
    [
      target(`${toBox}, Input: "1", InputPath: $`),
      'Targets[0].InputPath, expected one of Input, InputPath, InputTransformer, found Input and InputPath',
    ],
    [
      target(`${toBox}, RetryPolicy: {MaximumRetryAttempts: 186}`),
      'Targets[0].RetryPolicy.MaximumRetryAttempts, expected a whole number from 0 to 185, found 186',
    ],
    [
      target(`${toBox}, RetryPolicy: {MaximumEventAgeInSeconds: 59}`),
      'Targets[0].RetryPolicy.MaximumEventAgeInSeconds, expected a whole number from 60 to 86400, found 59',
    ],
    [
      target(`${toBox}, DeadLetterConfig: {Arn: !Sub "arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:gone"}`),
      'Targets[0].DeadLetterConfig.Arn, expected the ARN of a queue of this template, found arn:aws:sqs:eu-west-1:123456789012:gone',
    ],
    [
      rule(
        `EventPattern: {}, Targets: [${Array.from({ length: 6 }, (_, id) => `{Id: t${id}, ${toBox}}`).join(', ')}]`,
      ),
      'Targets, expected at most 5 targets, found 6',
    ],
    [
      rule(`EventPattern: {}, Targets: [{Id: t, ${toBox}}, {Id: t, ${toBox}}]`),
      'Targets[1].Id, the id t is already that of another target',
    ],
  ])('is refused with its line: %#', (template, message, line = 4) => {
    expect(problemsOf(template)).toEqual([`template.yaml:${line}: It: ${message}`]);
  });

  test('with a FIFO queue for its dead letters is refused', () => {
    expect(problemsOf(target(`${toBox}, DeadLetterConfig: {Arn: !GetAtt Row.Arn}`))[0]).toContain(
      'Targets[0].DeadLetterConfig.Arn, expected a standard queue, found the FIFO queue',
    );
  });
});

describe('a permission', () => {
  test('for a function that is not there is refused', () => {
    const properties = 'FunctionName: gone, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com';
    expect(problemsOf(resource('AWS::Lambda::Permission', properties))).toEqual([
      'template.yaml:4: It: FunctionName, expected a function of this template, found "gone"',
    ]);
  });

  test('names accounts and services as Lambda does', () => {
    const permission = (principal: string) =>
      `{Type: AWS::Lambda::Permission, Properties: {FunctionName: !GetAtt Packer.Arn, Action: "lambda:InvokeFunction", Principal: "${principal}", SourceAccount: "1"}}`;
    const stack = load(
      withFunction('', `  One: ${permission('s3.amazonaws.com')}\n  Two: ${permission('*')}`),
    );
    expect(stack.functions[0]?.resourcePolicy).toMatchObject([
      {
        principals: { Service: ['s3.amazonaws.com'] },
        conditions: { StringEquals: { 'aws:SourceAccount': ['1'] } },
      },
      { principals: { AWS: ['*'] } },
    ]);
  });
});
