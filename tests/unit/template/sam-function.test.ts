import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, withFunction } from './load.ts';

const rule = (properties: string) => `
Events:
  Sent:
    Type: EventBridgeRule
    Properties: {Pattern: {source: [depot]}, ${properties}}`;
const madeOf = (template: string) =>
  load(template).resources.map(({ logicalId, type }) => [logicalId, type.replace('AWS::', '')]);

describe("SAM's expansion of a function", () => {
  test('a function alone gets a role', () => {
    expect(madeOf(withFunction())).toEqual([
      ['Packer', 'Lambda::Function'],
      ['PackerRole', 'IAM::Role'],
    ]);
  });

  test('what is made names what it is made from, and its line', () => {
    const stack = load(withFunction(rule('')));
    expect(reportOf(stack, 'Packer')).toMatchObject({ line: 3 });
    expect(reportOf(stack, 'Packer')).not.toHaveProperty('madeFrom');
    expect(reportOf(stack, 'PackerRole')).toMatchObject({ line: 3, madeFrom: 'Packer', status: 'emulated' });
    expect(reportOf(stack, 'PackerSent')).toMatchObject({ line: 10, madeFrom: 'Packer', status: 'emulated' });
  });

  test.each(['EventBridgeRule', 'CloudWatchEvent'])(
    '%s becomes a rule, and a permission for that rule',
    (type) => {
      const stack = load(withFunction(rule('').replace('EventBridgeRule', type)));
      const [packer] = stack.functions;
      const [sent] = stack.rules;
      expect(sent).toMatchObject({
        logicalId: 'PackerSent',
        busName: 'default',
        enabled: true,
        pattern: { source: ['depot'] },
        targets: [
          {
            id: 'PackerSentLambdaTarget',
            arn: packer?.arn,
            retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 },
          },
        ],
      });
      expect(packer?.resourcePolicy).toEqual([
        {
          sid: reportOf(stack, 'PackerSentPermission')?.physicalId,
          effect: 'Allow',
          actions: ['lambda:InvokeFunction'],
          principals: { Service: ['events.amazonaws.com'] },
          resources: [packer?.arn],
          conditions: { ArnLike: { 'aws:SourceArn': [sent?.arn] } },
        },
      ]);
    },
  );

  test('a rule has the bus, name, state, target and input that its event says', () => {
    const bus = '  Bus: {Type: AWS::Events::EventBus, Properties: {Name: main}}';
    const properties =
      'EventBusName: !Ref Bus, RuleName: sent, State: DISABLED, Target: {Id: it}, InputPath: $.detail, RetryPolicy: {MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 120}';
    const stack = load(withFunction(rule(properties), bus));
    expect(stack.rules[0]).toMatchObject({
      name: 'sent',
      busName: 'main',
      arn: 'arn:aws:events:eu-west-1:123456789012:rule/main/sent',
      enabled: false,
      targets: [
        {
          id: 'it',
          inputPath: '$.detail',
          retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeSeconds: 120 },
        },
      ],
    });
    expect(reportOf(stack, 'PackerSent')?.physicalId).toBe('main|sent');
  });

  test('an input transformer is passed on', () => {
    const properties = 'InputTransformer: {InputPathsMap: {box: $.detail.box}, InputTemplate: "<box>"}';
    expect(load(withFunction(rule(properties))).rules[0]?.targets[0]?.inputTransformer).toEqual({
      inputPathsMap: { box: '$.detail.box' },
      inputTemplate: '<box>',
    });
  });

  test('a rule with "DeadLetterConfig: Type: SQS" gets a queue that lets it send', () => {
    const stack = load(withFunction(rule('DeadLetterConfig: {Type: SQS}')));
    const [queue] = stack.queues;
    expect(queue?.logicalId).toBe('PackerSentQueue');
    expect(stack.rules[0]?.targets[0]?.deadLetterArn).toBe(queue?.arn);
    expect(queue?.resourcePolicy).toEqual([
      {
        effect: 'Allow',
        actions: ['sqs:SendMessage'],
        principals: { Service: ['events.amazonaws.com'] },
        resources: [queue?.arn],
        conditions: { ArnEquals: { 'aws:SourceArn': [stack.rules[0]?.arn] } },
      },
    ]);
    expect(reportOf(stack, 'PackerSentQueuePolicy')?.status).toBe('emulated');
  });

  test("a rule's own dead-letter queue gets no policy from SAM", () => {
    const queue = '  Lost: {Type: AWS::SQS::Queue}';
    const stack = load(withFunction(rule('DeadLetterConfig: {Arn: !GetAtt Lost.Arn}'), queue));
    expect(stack.rules[0]?.targets[0]?.deadLetterArn).toBe(stack.queues[0]?.arn);
    expect(stack.queues[0]?.resourcePolicy).toEqual([]);
  });

  test('a queue may be given the logical id that the event names', () => {
    const stack = load(withFunction(rule('DeadLetterConfig: {Type: SQS, QueueLogicalId: Lost}')));
    expect(stack.queues.map(({ logicalId }) => logicalId)).toEqual(['Lost']);
  });

  test('destinations without ARN get a queue, and the role may send to it', () => {
    const stack = load(
      withFunction(
        'EventInvokeConfig: {MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60, DestinationConfig: {OnFailure: {Type: SQS}, OnSuccess: {Type: SQS}}}',
      ),
    );
    const [onSuccess, onFailure] = stack.queues;
    expect(onFailure?.logicalId).toBe('PackerEventInvokeConfigOnFailureQueue');
    expect(onSuccess?.logicalId).toBe('PackerEventInvokeConfigOnSuccessQueue');
    expect(stack.functions[0]?.asyncInvoke).toEqual({
      maximumRetryAttempts: 1,
      maximumEventAgeSeconds: 60,
      onFailureArn: onFailure?.arn,
      onSuccessArn: onSuccess?.arn,
    });
    expect(stack.functions[0]?.role.statements).toContainEqual({
      effect: 'Allow',
      actions: ['sqs:SendMessage'],
      resources: [onFailure?.arn],
    });
  });

  test('a dead-letter queue of the function may be sent to', () => {
    const stack = load(
      withFunction(
        'DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Lost.Arn}',
        '  Lost: {Type: AWS::SQS::Queue}',
      ),
    );
    const arn = stack.queues[0]?.arn;
    expect(stack.functions[0]?.asyncInvoke.deadLetterArn).toBe(arn);
    expect(stack.functions[0]?.role.statements).toContainEqual({
      effect: 'Allow',
      actions: ['sqs:SendMessage'],
      resources: [arn],
    });
  });

  test('a topic as destination is named as missing, and nothing is sent there', () => {
    const stack = load(withFunction('EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: SNS}}}'));
    expect(stack.functions[0]?.asyncInvoke).not.toHaveProperty('onSuccessArn');
    expect(reportOf(stack, 'PackerEventInvokeConfig.OnSuccess')).toMatchObject({
      status: 'not emulated',
      reason: expect.stringContaining(
        'PackerEventInvokeConfigOnSuccessTopic (AWS::SNS::Topic) is not emulated',
      ),
    });
  });

  test('an alias is made, and what invokes the function through it reaches the function', () => {
    const stack = load(
      withFunction(`AutoPublishAlias: live-1\n${rule('')}`, 'Outputs: {Alias: {Value: !Ref Packer.Alias}}'),
    );
    expect(stack.resources.map(({ logicalId }) => logicalId)).toContain('PackerAliasliveD1');
    expect(stack.resources.some(({ logicalId }) => /^PackerVersion[0-9a-f]{10}$/.test(logicalId))).toBe(true);
    const arn = stack.functions[0]?.arn;
    expect(stack.outputs[0]?.value).toBe(`${arn}:live-1`);
    expect(stack.rules[0]?.targets[0]?.arn).toBe(arn);
    expect(stack.functions[0]?.resourcePolicy).toHaveLength(1);
  });

  test('a rate is a rule that never fires here', () => {
    const stack = load(
      withFunction('Events: {Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}}'),
    );
    expect(reportOf(stack, 'PackerTick')).toMatchObject({
      type: 'AWS::Events::Rule',
      status: 'not emulated',
      reason: "schedules don't fire here (rate(1 minute))",
    });
    expect(stack.rules[0]?.scheduleExpression).toBe('rate(1 minute)');
  });

  test.each([
    [
      'Api',
      'Path: /, Method: get',
      ['ServerlessRestApi', 'ServerlessRestApiProdStage', 'PackerInPermissionProd'],
    ],
    ['HttpApi', '', ['ServerlessHttpApi', 'ServerlessHttpApiApiGatewayDefaultStage', 'PackerInPermission']],
    ['SQS', 'Queue: !GetAtt Box.Arn', ['PackerIn']],
    ['DynamoDB', '', ['PackerIn']],
    ['SNS', 'Topic: x', ['PackerIn']],
    ['S3', '', ['PackerInPermission']],
    ['ScheduleV2', '', ['PackerIn']],
  ])('%s events are named as missing, and the rest runs', (type, properties, ids) => {
    const events = `Events:\n  In: {Type: ${type}, Properties: {${properties}}}`;
    const stack = load(withFunction(events, '  Box: {Type: AWS::SQS::Queue}'));
    const missing = stack.resources.filter(({ status }) => status === 'not emulated');
    expect(missing.map(({ logicalId }) => logicalId)).toEqual(ids);
    expect(missing[0]).toMatchObject({
      line: 10,
      madeFrom: 'Packer',
      reason: `${type} events are not emulated: this source never invokes Packer`,
    });
    expect(stack.functions).toHaveLength(1);
  });

  test('an output may hold the URL of an API that SAM makes', () => {
    const events = 'Events: {In: {Type: Api, Properties: {Path: /, Method: get}}}';
    const stack = load(withFunction(events, 'Outputs: {Url: {Value: !Ref ServerlessRestApi}}'));
    expect(stack.outputs[0]?.value).toMatch(/^depot-ServerlessRestApi-\w{12}$/);
  });

  test.each([
    ['Timout: 3', 'template.yaml:9: Packer: Timout, no such property (did you mean Timeout?)'],
    [rule('EventPattern: {}').trim(), 'template.yaml:12: Packer: Events.Sent.EventPattern, no such property'],
    [
      'Events: {Sent: {Type: EventBrigdeRule}}',
      'template.yaml:9: Packer: Events.Sent.Type, expected an event type of SAM, found "EventBrigdeRule" (did you mean EventBridgeRule?)',
    ],
    [
      rule('State: ENABLED, Enabled: true').trim(),
      'template.yaml:10: Packer: Events.Sent, expected State or Enabled, found both',
    ],
    [
      rule('DeadLetterConfig: {Type: SNS}').trim(),
      'template.yaml:12: Packer: Events.Sent.DeadLetterConfig, expected either Arn or "Type: SQS", found "SNS"',
    ],
    [
      'EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: Queue}}}',
      'template.yaml:9: Packer: EventInvokeConfig.DestinationConfig.OnFailure.Type, expected SQS, SNS, EventBridge, Lambda, S3Bucket, found "Queue"',
    ],
    [
      'EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: Lambda}}}',
      'template.yaml:9: Packer: EventInvokeConfig.DestinationConfig.OnFailure.Destination, expected an ARN, found nothing (SAM makes only SQS and SNS itself)',
    ],
    ['AutoPublishAlias: "7"', 'template.yaml:9: Packer: AutoPublishAlias, expected a name, found "7"'],
  ])('%s is refused with its line', (properties, message) => {
    expect(problemsOf(withFunction(properties))).toContain(message);
  });

  test('a resource with the logical id of one that SAM makes is refused', () => {
    expect(problemsOf(withFunction('', '  PackerRole: {Type: AWS::SQS::Queue}'))).toContain(
      'template.yaml:10: PackerRole: has the logical id of what SAM makes from Packer',
    );
  });
});

describe("SAM's simple table", () => {
  test('has a text key named id unless told otherwise', () => {
    const stack = load(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Rows: {Type: AWS::Serverless::SimpleTable}
  Sums: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: sums, PrimaryKey: {Name: year, Type: Number}}}
`);
    expect(stack.tables[0]?.createTable).toMatchObject({
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    expect(stack.tables[1]?.createTable).toMatchObject({
      TableName: 'sums',
      AttributeDefinitions: [{ AttributeName: 'year', AttributeType: 'N' }],
    });
  });

  test('refuses another type of key', () => {
    const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Rows: {Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: a, Type: Text}}}`;
    expect(problemsOf(template)).toEqual([
      'template.yaml:3: Rows: PrimaryKey.Type, expected String, Number or Binary, found "Text"',
    ]);
  });
});
