import { describe, expect, test } from 'vitest';
import { MANAGED_POLICIES } from '../../../src/services/iam/template/managed-policies.ts';
import { POLICY_TEMPLATES } from '../../../src/template/sam/policy-templates.ts';
import { load, problemsOf, withFunction } from './load.ts';

const statementsOf = (policies: string, more = '') =>
  load(withFunction(`Policies: ${policies}`, more)).functions[0]?.role.statements.slice(1);
const inPlace = (service: string, resource: string) =>
  `arn:aws:${service}:eu-west-1:123456789012:${resource}`;

describe("a function's policies", () => {
  test('every function may write logs', () => {
    expect(load(withFunction()).functions[0]?.role.statements).toEqual([
      {
        effect: 'Allow',
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: ['*'],
      },
    ]);
  });

  test('a traced function may write traces, one with "Tracing: Disabled" not', () => {
    const actions = (tracing: string) =>
      load(withFunction(tracing)).functions[0]?.role.statements.flatMap(
        (statement) => statement.actions ?? [],
      );
    expect(actions('Tracing: Active')).toContain('xray:PutTraceSegments');
    expect(actions('Tracing: Disabled')).not.toContain('xray:PutTraceSegments');
  });

  test('an inline statement is normalised to lists', () => {
    const policy =
      '{Statement: {Sid: A, Effect: Deny, Action: "sqs:*", NotResource: "*", Condition: {Bool: {"aws:SecureTransport": false}}}}';
    expect(statementsOf(policy)).toEqual([
      {
        sid: 'A',
        effect: 'Deny',
        actions: ['sqs:*'],
        notResources: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
      },
    ]);
  });

  test.each([
    [
      'DynamoDBReadPolicy',
      'TableName: t',
      ['GetItem', 'Scan', 'Query', 'BatchGetItem', 'DescribeTable'].map((name) => `dynamodb:${name}`),
      [inPlace('dynamodb', 'table/t'), inPlace('dynamodb', 'table/t/index/*')],
    ],
    [
      'DynamoDBWritePolicy',
      'TableName: t',
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem'],
      [inPlace('dynamodb', 'table/t'), inPlace('dynamodb', 'table/t/index/*')],
    ],
    [
      'EventBridgePutEventsPolicy',
      'EventBusName: b',
      ['events:PutEvents'],
      [inPlace('events', 'event-bus/b')],
    ],
    ['SQSSendMessagePolicy', 'QueueName: q', ['sqs:SendMessage*'], [inPlace('sqs', 'q')]],
    ['SNSPublishMessagePolicy', 'TopicName: t', ['sns:Publish'], [inPlace('sns', 't')]],
    ['LambdaInvokePolicy', 'FunctionName: f', ['lambda:InvokeFunction'], [inPlace('lambda', 'function:f*')]],
    ['CloudWatchPutMetricPolicy', '', ['cloudwatch:PutMetricData'], ['*']],
    [
      'StepFunctionsExecutionPolicy',
      'StateMachineName: s',
      ['states:StartExecution'],
      [inPlace('states', 'stateMachine:s')],
    ],
  ])('%s gives what SAM documents', (name, parameters, actions, resources) => {
    expect(statementsOf(`[{${name}: {${parameters}}}]`)).toEqual([{ effect: 'Allow', actions, resources }]);
  });

  test('a template takes references', () => {
    const bus = '  Bus: {Type: AWS::Events::EventBus, Properties: {Name: main}}';
    expect(statementsOf('[EventBridgePutEventsPolicy: {EventBusName: !Ref Bus}]', bus)).toMatchObject([
      { resources: [inPlace('events', 'event-bus/main')] },
    ]);
  });

  test('every template can be used with its parameters', () => {
    const policies = Object.entries(POLICY_TEMPLATES).map(
      ([name, { parameters }]) =>
        `{${name}: {${parameters.map((parameter) => `${parameter}: x`).join(', ')}}}`,
    );
    const statements = statementsOf(`[${policies.join(', ')}]`) ?? [];
    const expected = Object.values(POLICY_TEMPLATES).flatMap((template) => template.statements);
    expect(statements).toHaveLength(expected.length);
    for (const { resources } of statements) expect(resources?.join()).not.toMatch(/[<>$]/);
  });

  test('a managed policy is known by its name and its ARN', () => {
    expect(statementsOf('AmazonSQSFullAccess')).toEqual(MANAGED_POLICIES.AmazonSQSFullAccess);
    expect(statementsOf('["arn:aws:iam::aws:policy/AmazonSQSFullAccess"]')).toEqual(
      MANAGED_POLICIES.AmazonSQSFullAccess,
    );
  });

  test.each(['AmazonBedrockFullAccess', '{EKSDescribePolicy: {}}'])(
    '%s, unknown here, grants nothing and is told',
    (policy) => {
      const stack = load(withFunction(`Policies:\n  - ${policy}`));
      expect(stack.functions[0]?.role.statements).toHaveLength(1);
      const [told] = stack.resources.filter(({ logicalId }) => logicalId.startsWith('PackerRole.'));
      expect(told).toMatchObject({
        status: 'accepted',
        line: 10,
        reason: expect.stringContaining('grants nothing'),
      });
    },
  );

  test('a managed policy of the template is attached by reference', () => {
    const policy =
      '  Sending: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: {Effect: Allow, Action: "sqs:*", Resource: "*"}}}}';
    expect(statementsOf('[!Ref Sending]', policy)).toEqual([
      { effect: 'Allow', actions: ['sqs:*'], resources: ['*'] },
    ]);
  });

  test.each([
    [
      'Policies: [DynamoDBCrudPolicy: {}]',
      'template.yaml:9: Packer: Policies, DynamoDBCrudPolicy needs TableName',
    ],
    [
      'Policies: [DynamoDBCrudPolicy: {TableName: a, Table: b}]',
      'template.yaml:9: Packer: Policies, DynamoDBCrudPolicy has no Table',
    ],
    [
      'Policies: [DynamoDBCrud: {TableName: a}]',
      'template.yaml:9: Packer: Policies, DynamoDBCrud is no policy template of SAM',
    ],
    [
      'Policies: [{Effect: Allow, Action: "*"}]',
      "template.yaml:9: Packer: Policies, expected a managed policy's name, a policy template or a map with Statement, found a map",
    ],
    [
      'Policies: [Statement: [{Effect: allow, Action: "*", Resource: "*"}]]',
      'template.yaml:9: PackerRole: Policies[0].PolicyDocument.Statement[0].Effect, expected Allow or Deny, found "allow"',
    ],
    [
      'Policies: [Statement: [{Effect: Allow, Action: PutItem, Resource: "*"}]]',
      'template.yaml:9: PackerRole: Policies[0].PolicyDocument.Statement[0].Action, expected actions such as service:Action, found "PutItem"',
    ],
    [
      'Policies: [Statement: [{Effect: Allow, Action: "a:b"}]]',
      'template.yaml:9: PackerRole: Policies[0].PolicyDocument.Statement[0].Resource, expected Resource or NotResource, found neither',
    ],
  ])('%s is refused with its line', (policies, message) => {
    expect(problemsOf(withFunction(policies))).toEqual([message]);
  });
});
