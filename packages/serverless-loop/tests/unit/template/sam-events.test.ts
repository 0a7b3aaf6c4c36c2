import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, withFunction } from './load.ts';

const rule = (properties: string) => `
Events:
  Sent:
    Type: EventBridgeRule
    Properties: {Pattern: {source: [depot]}, ${properties}}`;

describe('events of a function', () => {
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

  test('a schedule becomes a rule', () => {
    const stack = load(
      withFunction('Events: {Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}}'),
    );
    expect(reportOf(stack, 'PackerTick')).toMatchObject({ type: 'AWS::Events::Rule', status: 'emulated' });
    expect(stack.rules[0]?.scheduleExpression).toBe('rate(1 minute)');
  });

  /* SAM developer guide, "ScheduleV2"; the names of its translator, aws/serverless-application-model, eventsources/scheduler.py. */
  test('a ScheduleV2 event becomes a schedule with a role, which may also send to the dead-letter queue', () => {
    const stack = load(
      withFunction(
        'Events: {Tick: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 minute), DeadLetterConfig: {Type: SQS}}}}',
      ),
    );
    expect(stack.others).toMatchObject([
      {
        type: 'AWS::Scheduler::Schedule',
        model: {
          logicalId: 'PackerTick',
          name: 'PackerTick',
          target: { arn: stack.functions[0]?.arn, deadLetterArn: stack.queues[0]?.arn },
        },
      },
    ]);
    const role = stack.roles.find(({ name }) => name === reportOf(stack, 'PackerTickRole')?.physicalId);
    expect(role?.declared?.trust).toMatchObject([{ principals: { Service: ['scheduler.amazonaws.com'] } }]);
    expect(role?.declared?.inline).toMatchObject([
      { name: 'PackerTickLambdaPolicy', statements: [{ actions: ['lambda:InvokeFunction'] }] },
      { name: 'PackerTickSQSPolicy', statements: [{ resources: [stack.queues[0]?.arn] }] },
    ]);
    expect(stack.queues.map(({ logicalId }) => logicalId)).toEqual(['PackerTickQueue']);
    expect(stack.queues[0]?.resourcePolicy).toEqual([]);
  });

  test('a ScheduleV2 event with a role of its own gets none', () => {
    const properties =
      'ScheduleExpression: rate(1 minute), RoleArn: "arn:aws:iam::000000000000:role/own", Name: nightly';
    const stack = load(withFunction(`Events: {Tick: {Type: ScheduleV2, Properties: {${properties}}}}`));
    expect(stack.others).toMatchObject([{ model: { name: 'nightly' } }]);
    expect(reportOf(stack, 'PackerTickRole')).toBeUndefined();
    expect(reportOf(stack, 'PackerTick.RoleArn')?.reason).toContain('it grants nothing');
  });

  // aws-sam-translator, `CloudWatchLogs`; SAM developer guide, "CloudWatchLogs"
  test('a CloudWatchLogs event becomes a subscription filter to the alias, and a permission for the group', () => {
    const event =
      'Events: {In: {Type: CloudWatchLogs, Properties: {LogGroupName: lines, FilterPattern: ERROR}}}';
    const stack = load(withFunction(`AutoPublishAlias: live\n${event}`));
    const [packer] = stack.functions;
    expect(stack.others).toMatchObject([
      {
        type: 'AWS::Logs::SubscriptionFilter',
        model: {
          logicalId: 'PackerIn',
          logGroupName: 'lines',
          pattern: 'ERROR',
          destinationArn: `${packer?.arn}:live`,
        },
      },
    ]);
    expect(packer?.resourcePolicy).toMatchObject([
      {
        principals: { Service: ['logs.amazonaws.com'] },
        resources: [`${packer?.arn}:live`],
        conditions: {
          ArnLike: { 'aws:SourceArn': ['arn:aws:logs:eu-west-1:123456789012:log-group:lines:*'] },
        },
      },
    ]);
    const problems = problemsOf(withFunction(event.replace('FilterPattern', 'Pattern'))).join('\n');
    expect(problems).toMatch(/Events.In.Pattern, no such property/);
    expect(problems).toMatch(/Events.In.FilterPattern, expected a text, found nothing/);
  });

  test.each([['MSK', '', ['PackerIn']]])(
    '%s events are named as missing, and the rest runs',
    (type, properties, ids) => {
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
    },
  );
});

describe('SQS events', () => {
  const queue = '  Box: {Type: AWS::SQS::Queue}';
  const events = (more: string) => `
AutoPublishAlias: live
Events:
  In:
    Type: SQS
    Properties: {Queue: !GetAtt Box.Arn${more}}`;

  test('become a mapping of the alias, and the role may read the queue', () => {
    const more =
      ', BatchSize: 3, Enabled: false, MaximumBatchingWindowInSeconds: 5, FunctionResponseTypes: [ReportBatchItemFailures], ScalingConfig: {MaximumConcurrency: 4}, FilterCriteria: {Filters: [{Pattern: "{}"}]}';
    const stack = load(withFunction(events(more), queue));
    expect(stack.eventSources).toMatchObject([
      {
        logicalId: 'PackerIn',
        name: reportOf(stack, 'PackerIn')?.physicalId,
        sourceArn: stack.queues[0]?.arn,
        functionArn: `${stack.functions[0]?.arn}:live`,
        enabled: false,
        batchSize: 3,
        windowSeconds: 5,
        filters: ['{}'],
        reportsItemFailures: true,
        maximumConcurrency: 4,
      },
    ]);
    expect(reportOf(stack, 'PackerIn')?.status).toBe('emulated');
    const actions = stack.functions[0]?.role.statements.flatMap((statement) => statement.actions ?? []);
    expect(actions).toContain('sqs:ReceiveMessage');
  });

  test('from a FIFO queue are read, and have no window', () => {
    const fifo = '  Box: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}';
    expect(load(withFunction(events(''), fifo)).eventSources).toMatchObject([
      { sourceArn: expect.stringMatching(/\.fifo$/), batchSize: 10, windowSeconds: 0 },
    ]);
    expect(
      problemsOf(withFunction(events(', MaximumBatchingWindowInSeconds: 5'), fifo)).join('\n'),
    ).toContain('Batching window is not supported for FIFO queues');
  });
});

describe('DynamoDB events', () => {
  const table = `
  Lost: {Type: AWS::SQS::Queue}
  Box:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      StreamSpecification: {StreamViewType: KEYS_ONLY}`;
  const events = (more: string) => `
Events:
  In:
    Type: DynamoDB
    Properties: {Stream: !GetAtt Box.StreamArn${more}}`;

  test('become a mapping, and the role may read the stream and tell the destination', () => {
    const more =
      ', StartingPosition: LATEST, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 2, MaximumRecordAgeInSeconds: 60, ParallelizationFactor: 3, TumblingWindowInSeconds: 30, DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Lost.Arn}}';
    const stack = load(withFunction(events(more), table));
    const lost = stack.queues[0]?.arn;
    expect(stack.eventSources).toMatchObject([
      {
        logicalId: 'PackerIn',
        sourceArn: expect.stringContaining(':table/'),
        batchSize: 100,
        stream: {
          startingPosition: 'LATEST',
          bisects: true,
          maximumRetryAttempts: 2,
          maximumRecordAgeSeconds: 60,
          parallelizationFactor: 3,
          tumblingWindowSeconds: 30,
          onFailureArn: lost,
        },
      },
    ]);
    const { statements = [] } = stack.functions[0]?.role ?? {};
    expect(statements.flatMap(({ actions = [] }) => actions)).toContain('dynamodb:GetRecords');
    expect(statements).toContainEqual({
      effect: 'Allow',
      actions: ['sqs:SendMessage'],
      resources: [lost],
    });
  });

  test('without a place to start from are a mistake', () => {
    expect(() => load(withFunction(events(''), table))).toThrow(
      'StartingPosition, expected TRIM_HORIZON, LATEST or AT_TIMESTAMP, found nothing',
    );
  });
});

describe('SNS events with a queue in between', () => {
  const events = (queue: string) => `
Events:
  In:
    Type: SNS
    Properties: {Topic: !Ref News, SqsSubscription: ${queue}}`;
  const topic = '  News: {Type: AWS::SNS::Topic}';

  // SAM developer guide, "SNS", SqsSubscription.
  test('make the queue, let the topic send to it, and read it for the function', () => {
    const stack = load(withFunction(events('true'), topic));
    const [queue] = stack.queues;
    expect(queue?.logicalId).toBe('PackerInQueue');
    expect(queue?.resourcePolicy).toMatchObject([
      {
        actions: ['sqs:SendMessage'],
        conditions: { ArnEquals: { 'aws:SourceArn': [stack.topics[0]?.arn] } },
      },
    ]);
    expect(stack.topics[0]?.subscriptions).toMatchObject([{ protocol: 'sqs', endpoint: queue?.arn }]);
    expect(stack.eventSources).toMatchObject([
      { logicalId: 'PackerInEventSourceMapping', sourceArn: queue?.arn, batchSize: 10, enabled: true },
    ]);
    const actions = stack.functions[0]?.role.statements.flatMap((statement) => statement.actions ?? []);
    expect(actions).toContain('sqs:ReceiveMessage');
  });

  test('take a queue of the template by its ARN and URL', () => {
    const queue =
      '{QueueArn: !GetAtt Box.Arn, QueueUrl: !Ref Box, BatchSize: 5, QueuePolicyLogicalId: MaySend}';
    const stack = load(withFunction(events(queue), `${topic}\n  Box: {Type: AWS::SQS::Queue}`));
    expect(stack.queues.map(({ logicalId }) => logicalId)).toEqual(['Box']);
    expect(stack.eventSources).toMatchObject([{ sourceArn: stack.queues[0]?.arn, batchSize: 5 }]);
    expect(reportOf(stack, 'MaySend')?.status).toBe('emulated');
  });
});
