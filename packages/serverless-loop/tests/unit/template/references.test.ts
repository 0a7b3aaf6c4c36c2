import { expect, test } from 'vitest';
import { load, problemsOf } from './load.ts';

/**
 * The values of `Ref` and `Fn::GetAtt`, for each kind of resource: the primary identifier and the read-only properties of the
 * CloudFormation registry's resource schemas (as cfn-lint 1.58.0 carries them), and "Return values" of each type in the
 * template reference. `Ref` of a type with two identifiers joins them by `|`; that of a permission and of a policy is a
 * generated name (LocalStack, tests/aws/services/cloudformation/resources/test_sam.snapshot.json).
 */
type Expected = string | RegExp;
type Row = [type: string, properties: string, ref: Expected, attributes: Record<string, Expected>];

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}`;
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const generated = /^depot-It-[A-Za-z0-9]{12}$/;

const FUNCTION =
  'Handler: index.handler, Runtime: nodejs24.x, Role: !GetAtt Role.Arn, Code: {ZipFile: exports.handler = 1}';
const DOCUMENT = 'PolicyDocument: {Statement: {Effect: Allow, Principal: "*", Action: "*", Resource: "*"}}';
const OWN_DOCUMENT = 'PolicyDocument: {Statement: {Effect: Allow, Action: "*", Resource: "*"}}';
const TABLE =
  'BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [{AttributeName: id, AttributeType: S}], KeySchema: [{AttributeName: id, KeyType: HASH}]';
const ALARM =
  'MetricName: Errors, Namespace: Depot, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanThreshold';
const version = arn('lambda', 'function:packer:1');

const rows: Row[] = [
  [
    'AWS::Lambda::Function',
    `FunctionName: it, ${FUNCTION}`,
    'it',
    {
      Arn: arn('lambda', 'function:it'),
      'SnapStartResponse.ApplyOn': 'None',
      'SnapStartResponse.OptimizationStatus': 'Off',
    },
  ],
  ['AWS::Lambda::Version', 'FunctionName: !Ref Packer', version, { Version: '1', FunctionArn: version }],
  [
    'AWS::Lambda::Alias',
    'FunctionName: !Ref Packer, FunctionVersion: $LATEST, Name: live',
    arn('lambda', 'function:packer:live'),
    {
      AliasArn: arn('lambda', 'function:packer:live'),
    },
  ],
  [
    'AWS::Lambda::Permission',
    'FunctionName: !GetAtt Packer.Arn, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com',
    generated,
    {
      Id: generated,
    },
  ],
  [
    'AWS::Lambda::EventInvokeConfig',
    'FunctionName: !GetAtt Packer.Arn, Qualifier: $LATEST',
    'packer|$LATEST',
    {},
  ],
  [
    'AWS::Lambda::Url',
    'TargetFunctionArn: !GetAtt Packer.Arn, AuthType: NONE',
    arn('lambda', 'function:packer'),
    {
      FunctionArn: arn('lambda', 'function:packer'),
      // At AWS https://<id>.lambda-url.eu-west-1.on.aws/: a person is to reach the loop.
      FunctionUrl: /^http:\/\/127\.0\.0\.1:4580\/_aws\/lambda-url\/[a-z0-9]{10}\/$/,
    },
  ],
  ['AWS::DynamoDB::Table', `TableName: its, ${TABLE}`, 'its', { Arn: arn('dynamodb', 'table/its') }],
  [
    'AWS::SQS::Queue',
    'QueueName: it, VisibilityTimeout: 7',
    'http://127.0.0.1:4580/123456789012/it',
    {
      Arn: arn('sqs', 'it'),
      QueueName: 'it',
      QueueUrl: 'http://127.0.0.1:4580/123456789012/it',
      VisibilityTimeout: '7',
    },
  ],
  ['AWS::SQS::QueuePolicy', `Queues: [!Ref Box], ${DOCUMENT}`, generated, { Id: generated }],
  [
    'AWS::SNS::Topic',
    'TopicName: it, DisplayName: It',
    arn('sns', 'it'),
    {
      TopicArn: arn('sns', 'it'),
      TopicName: 'it',
      DisplayName: 'It',
    },
  ],
  [
    'AWS::SNS::Subscription',
    'TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Box.Arn',
    new RegExp(`^${arn('sns', 'news')}:${UUID}$`),
    {
      Arn: new RegExp(`^${arn('sns', 'news')}:${UUID}$`),
    },
  ],
  ['AWS::SNS::TopicPolicy', `Topics: [!Ref News], ${DOCUMENT}`, generated, { Id: generated }],
  [
    'AWS::Events::EventBus',
    'Name: it, Description: Its',
    'it',
    { Arn: arn('events', 'event-bus/it'), Name: 'it', Description: 'Its' },
  ],
  [
    'AWS::Events::Rule',
    'Name: it, EventPattern: {source: [depot]}',
    'it',
    { Arn: arn('events', 'rule/it'), RuleName: 'it' },
  ],
  [
    'AWS::Events::Rule',
    'Name: it, EventBusName: bus, EventPattern: {source: [depot]}',
    'bus|it',
    {
      Arn: arn('events', 'rule/bus/it'),
      RuleName: 'it',
    },
  ],
  [
    'AWS::Events::Archive',
    'ArchiveName: it, SourceArn: "arn:aws:events:eu-west-1:123456789012:event-bus/default"',
    'it',
    {
      Arn: arn('events', 'archive/it'),
      ArchiveName: 'it',
    },
  ],
  [
    'AWS::IAM::Role',
    'RoleName: it, Path: /depot/, AssumeRolePolicyDocument: {Statement: []}',
    'it',
    {
      Arn: 'arn:aws:iam::123456789012:role/depot/it',
      RoleId: /^AROA[A-Z0-9]{17}$/,
    },
  ],
  ['AWS::IAM::Policy', `PolicyName: it, Roles: [!Ref Role], ${OWN_DOCUMENT}`, generated, { Id: generated }],
  ['AWS::IAM::RolePolicy', `PolicyName: it, RoleName: !Ref Role, ${OWN_DOCUMENT}`, 'it|packing', {}],
  [
    'AWS::IAM::ManagedPolicy',
    `ManagedPolicyName: it, Path: /depot/, ${OWN_DOCUMENT}`,
    'arn:aws:iam::123456789012:policy/depot/it',
    {
      PolicyArn: 'arn:aws:iam::123456789012:policy/depot/it',
      PolicyId: /^ANPA[A-Z0-9]{17}$/,
      DefaultVersionId: 'v1',
      IsAttachable: 'true',
      PermissionsBoundaryUsageCount: '0',
    },
  ],
  ['AWS::Logs::LogGroup', 'LogGroupName: it', 'it', { Arn: arn('logs', 'log-group:it:*') }],
  [
    'AWS::Logs::QueryDefinition',
    'Name: it, QueryString: fields',
    new RegExp(`^${UUID}$`),
    { QueryDefinitionId: new RegExp(`^${UUID}$`) },
  ],
  [
    'AWS::Logs::MetricFilter',
    'LogGroupName: logs, FilterPattern: "", MetricTransformations: [{MetricNamespace: a, MetricName: b, MetricValue: "1"}]',
    generated,
    {},
  ],
  ['AWS::CloudWatch::Alarm', `AlarmName: it, ${ALARM}`, 'it', { Arn: arn('cloudwatch', 'alarm:it') }],
  [
    'AWS::CloudWatch::CompositeAlarm',
    'AlarmName: it, AlarmRule: "TRUE"',
    'it',
    { Arn: arn('cloudwatch', 'alarm:it') },
  ],
  ['AWS::CloudWatch::Dashboard', 'DashboardName: it, DashboardBody: "{}"', 'it', {}],
  [
    'AWS::CloudWatch::InsightRule',
    'RuleName: it, RuleBody: "{}", RuleState: ENABLED',
    arn('cloudwatch', 'insight-rule/it'),
    {
      Arn: arn('cloudwatch', 'insight-rule/it'),
      RuleName: 'it',
    },
  ],
  [
    'AWS::S3::Bucket',
    'BucketName: its',
    'its',
    {
      Arn: 'arn:aws:s3:::its',
      DomainName: 'its.s3.amazonaws.com',
      DualStackDomainName: 'its.s3.dualstack.eu-west-1.amazonaws.com',
      RegionalDomainName: 'its.s3.eu-west-1.amazonaws.com',
      WebsiteURL: 'http://its.s3-website-eu-west-1.amazonaws.com',
    },
  ],
  ['AWS::S3::BucketPolicy', `Bucket: its, ${DOCUMENT}`, 'its', {}],
  ['AWS::CodeDeploy::Application', 'ApplicationName: it', 'it', {}],
  ['AWS::CodeDeploy::DeploymentGroup', 'ApplicationName: app, DeploymentGroupName: it', 'it', {}],
  ['AWS::ResourceGroups::Group', 'Name: it', 'it', { Arn: arn('resource-groups', 'group/it') }],
  [
    'AWS::XRay::Group',
    'GroupName: it',
    new RegExp(`^${arn('xray', 'group/it')}/`),
    { GroupARN: new RegExp(`^${arn('xray', 'group/it')}/`) },
  ],
  [
    'AWS::XRay::SamplingRule',
    'RuleName: it',
    arn('xray', 'sampling-rule/it'),
    { RuleARN: arn('xray', 'sampling-rule/it') },
  ],
  [
    'AWS::ApplicationInsights::Application',
    'ResourceGroupName: it',
    arn('applicationinsights', 'application/resource-group/it'),
    {
      ApplicationARN: arn('applicationinsights', 'application/resource-group/it'),
    },
  ],
  ['AWS::CDK::Metadata', 'Analytics: v2', new RegExp(`^${UUID}$`), { Id: new RegExp(`^${UUID}$`) }],
  [
    'AWS::StepFunctions::StateMachine',
    "StateMachineName: it, DefinitionString: '{}', RoleArn: 'arn:aws:iam::111122223333:role/r'",
    arn('states', 'stateMachine:it'),
    {
      Arn: arn('states', 'stateMachine:it'),
      Name: 'it',
      StateMachineRevisionId: new RegExp(`^${UUID}$`),
    },
  ],
  [
    'AWS::StepFunctions::StateMachineVersion',
    `StateMachineArn: '${arn('states', 'stateMachine:it')}'`,
    arn('states', 'stateMachine:it:1'),
    { Arn: arn('states', 'stateMachine:it:1') },
  ],
  [
    'AWS::StepFunctions::StateMachineAlias',
    `Name: live, RoutingConfiguration: [{StateMachineVersionArn: '${arn('states', 'stateMachine:it:1')}', Weight: 100}]`,
    arn('states', 'stateMachine:it:live'),
    { Arn: arn('states', 'stateMachine:it:live') },
  ],
  [
    'AWS::StepFunctions::Activity',
    'Name: it',
    arn('states', 'activity:it'),
    { Arn: arn('states', 'activity:it'), Name: 'it' },
  ],
  [
    'AWS::SecretsManager::Secret',
    'Name: it',
    new RegExp(`^${arn('secretsmanager', 'secret:it')}-[A-Za-z0-9]{6}$`),
    {
      Id: new RegExp(`^${arn('secretsmanager', 'secret:it')}-[A-Za-z0-9]{6}$`),
    },
  ],
  [
    'AWS::SSM::Parameter',
    'Name: /it, Type: String, Value: box',
    '/it',
    { Type: 'String', Value: 'box', Arn: arn('ssm', 'parameter/it') },
  ],
  [
    'AWS::KMS::Key',
    '',
    new RegExp(`^${UUID}$`),
    { KeyId: new RegExp(`^${UUID}$`), Arn: new RegExp(`^${arn('kms', 'key')}/${UUID}$`) },
  ],
  ['AWS::Kinesis::Stream', 'Name: it', 'it', { Arn: arn('kinesis', 'stream/it') }],
  [
    'AWS::ApiGateway::RestApi',
    '',
    /^[a-z0-9]{10}$/,
    { RestApiId: /^[a-z0-9]{10}$/, RootResourceId: /^[a-z0-9]{10}$/ },
  ],
  [
    'AWS::ApiGatewayV2::Api',
    '',
    /^[a-z0-9]{10}$/,
    {
      ApiId: /^[a-z0-9]{10}$/,
      // At AWS https://<id>.execute-api.eu-west-1.amazonaws.com: a person is to reach the loop.
      ApiEndpoint: /^http:\/\/127\.0\.0\.1:4580\/_aws\/execute-api\/[a-z0-9]{10}$/,
      ExecuteApiArn: new RegExp(`^${arn('execute-api', '')}[a-z0-9]{10}$`),
    },
  ],
];

const template = (type: string, properties: string, outputs: string) => `
Resources:
  It: {Type: ${type}, Properties: {${properties}}}
  Packer: {Type: AWS::Lambda::Function, Properties: {FunctionName: packer, ${FUNCTION}}}
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: packing, AssumeRolePolicyDocument: {Statement: []}}}
  Box: {Type: AWS::SQS::Queue}
  News: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
Outputs: {${outputs}}`;

test.each(rows)('Ref and GetAtt of %s (%s)', (type, properties, ref, attributes) => {
  const names = Object.keys(attributes);
  const outputs = names.map((name, index) => `A${index}: {Value: !GetAtt It.${name}}`);
  const stack = load(template(type, properties, ['Ref: {Value: !Ref It}', ...outputs].join(', ')));
  const given = new Map(stack.outputs.map(({ name, value }) => [name, value]));
  const expected = (value: Expected) => (typeof value === 'string' ? value : expect.stringMatching(value));

  expect(given.get('Ref')).toEqual(expected(ref));
  expect(names.map((name, index) => [name, given.get(`A${index}`)])).toEqual(
    names.map((name) => [name, expected(attributes[name] ?? '')]),
  );
  // The value of Ref is the physical id that CloudFormation tells.
  expect(stack.resources.find(({ logicalId }) => logicalId === 'It')?.physicalId).toBe(given.get('Ref'));
});

test('an attribute that the type has not is refused by its name', () => {
  expect(
    problemsOf(
      template(
        'AWS::SNS::Subscription',
        'TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Box.Arn',
        'A: {Value: !GetAtt It.Arm}',
      ),
    ),
  ).toEqual([
    expect.stringContaining(
      'A: It.Arm: not emulated, or no attribute of AWS::SNS::Subscription (did you mean Arn?)',
    ),
  ]);
});
