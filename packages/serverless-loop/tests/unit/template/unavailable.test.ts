// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub is written
import { describe, expect, test } from 'vitest';
import { load, outputOf, problemsOf, reportOf, unavailableIn, withFunction } from './load.ts';

const DB = '  Db: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}';
const OTHER =
  '  Other: {Type: AWS::Serverless::Function, Properties: {CodeUri: app/, Handler: index.handler, Runtime: nodejs24.x}}';
const withVariable = (value: string, more = '') =>
  withFunction(`Environment: {Variables: {IT: ${value}}}`, `${OTHER}\n${DB}\n${more}`);

describe("a value that can't be known here", () => {
  test.each([
    [
      '!ImportValue vpc-id',
      "the export vpc-id can't be known here: no other stack runs here; give it with --import vpc-id=value",
    ],
    [
      '!GetAtt Db.Endpoint.Address',
      "Db.Endpoint.Address can't be known here: AWS::RDS::DBCluster is not emulated; give it with --value Db.Endpoint.Address=value",
    ],
    [
      '!Join [":", [a, !Select [0, [!Sub "http://${Db.Endpoint.Port}"]]]]',
      "Db.Endpoint.Port can't be known here: AWS::RDS::DBCluster is not emulated; give it with --value Db.Endpoint.Port=value",
    ],
    [
      '{Fn::Transform: {Name: Count, Parameters: {}}}',
      "Fn::Transform of Count can't be known here: the loop runs no macro",
    ],
  ])('makes what needs it unavailable, and the rest runs: %s', (value, reason) => {
    const template = withVariable(value);
    expect(unavailableIn(template)).toEqual([`template.yaml:9: Packer: Environment: ${reason}`]);
    expect(load(template).functions.map(({ logicalId }) => logicalId)).toEqual(['Other']);
    expect(problemsOf(template, { strict: true })).toEqual([
      `template.yaml:9: Packer: unavailable: Environment: ${reason}`,
      expect.stringContaining('Db: not emulated'),
    ]);
  });

  test('can be given', () => {
    const given = {
      values: { 'Db.Endpoint.Address': 'localhost', Db: 'cluster-1' },
      imports: { 'vpc-id': 'vpc-1' },
    };
    const template = withVariable('!Sub ["${Db}@${Db.Endpoint.Address}/${V}", {V: !ImportValue vpc-id}]');
    expect(load(template, { given }).functions[0]?.environment).toEqual({ IT: 'cluster-1@localhost/vpc-1' });
  });

  test('of an output is told in its place', () => {
    expect(outputOf('!ImportValue other')).toBe('(not emulated: the export other)');
  });

  test('that names a resource makes those unavailable that name it, too', () => {
    const queue = '  Box: {Type: AWS::SQS::Queue, Properties: {QueueName: !ImportValue box-name}}';
    expect(unavailableIn(withVariable('!Ref Box', queue))).toEqual([
      expect.stringMatching(/^template\.yaml:9: Packer: Environment: the export box-name/),
      expect.stringMatching(/^template\.yaml:12: Box: QueueName: the export box-name/),
    ]);
  });

  test('in what the loop leaves out stops nothing', () => {
    const properties = 'VpcConfig: {SubnetIds: [!ImportValue subnet], SecurityGroupIds: []}';
    expect(unavailableIn(withFunction(properties))).toEqual([]);
  });

  test('in one statement of a policy leaves out that statement alone, and is told', () => {
    const policies = `Policies: [Statement: [{Effect: Allow, Action: "rds:*", Resource: !GetAtt Db.Endpoint.Address}, {Effect: Allow, Action: "s3:*", Resource: "*"}]]`;
    const stack = load(withFunction(policies, DB));
    expect(stack.functions[0]?.role.statements).toContainEqual(
      expect.objectContaining({ actions: ['s3:*'], resources: ['*'] }),
    );
    expect(stack.functions[0]?.role.statements).toContainEqual(
      expect.objectContaining({ actions: ['rds:*'], resources: [] }),
    );
    expect(reportOf(stack, 'PackerRole.Policies')).toMatchObject({ status: 'unavailable', line: 9 });
  });
});

describe('a parameter without a value', () => {
  const declared = (type: string) => `Parameters: {Size: {Type: ${type}}}\n`;

  test.each([
    ['String', 'the template has no default and nobody gives a value; give it with '],
    [
      '"AWS::SSM::Parameter::Value<String>"',
      'Parameter Store has no value for it; give it with --store FILE, or ',
    ],
  ])('of type %s makes unavailable what needs it', (type, why) => {
    const template = declared(type) + withVariable('!Ref Size');
    expect(unavailableIn(template)).toEqual([
      `template.yaml:10: Packer: Environment: the parameter Size can't be known here: ${why}--parameter-overrides Size=value`,
    ]);
    expect(unavailableIn(template, { parameterOverrides: { Size: 'large' } })).toEqual([]);
  });

  test('leaves undecided the conditions that ask for it, and those that ask for these', () => {
    const template = `${declared('String')}Conditions:
  Large: !Equals [!Ref Size, large]
  Small: !Not [!Condition Large]
${withVariable('!If [Large, a, b]', '  Box: {Type: AWS::SQS::Queue, Condition: Small}\n  Free: {Type: AWS::SQS::Queue}')}`;
    const size = "the parameter Size can't be known here";
    expect(unavailableIn(template)).toEqual([
      expect.stringContaining(`template.yaml:13: Packer: Environment: ${size}`),
      expect.stringContaining(`template.yaml:16: Box: its condition Small: ${size}`),
    ]);
    expect(load(template).queues.map(({ logicalId }) => logicalId)).toEqual(['Free']);
  });

  test('that a file gives though the template has none is nothing to it', () => {
    const options = { configuredParameters: { Colour: 'red', Size: 'large' } };
    const template = declared('String') + withVariable('!Ref Size');
    expect(load(template, options).functions[0]?.environment).toEqual({ IT: 'large' });
  });
});

describe("SAM's own resources", () => {
  test('may have attributes that SAM drops; it is noted', () => {
    const template = withFunction('', '').replace(
      '    Properties:',
      '    Description: text\n    Properties:',
    );
    expect(load(template).functions).toHaveLength(1);
    expect(load(template).notes).toEqual([
      {
        line: 5,
        logicalId: 'Packer',
        message: expect.stringContaining('Description is no attribute of a resource'),
      },
    ]);
    expect(problemsOf('Resources: {Box: {Type: AWS::SQS::Queue, Description: text}}')).toHaveLength(1);
  });

  test('may have properties without a value', () => {
    expect(load(withFunction('Policies:\nLayers:')).functions).toHaveLength(1);
  });

  test('that stand as they are make no circle', () => {
    const api =
      '  G: {Type: AWS::Serverless::GraphQLApi, Properties: {DataSources: {Lambda: {D: {FunctionArn: !GetAtt Packer.Arn}}}}}';
    expect(unavailableIn(withVariable('!GetAtt G.GraphQLUrl', api))).toEqual([
      expect.stringMatching(/^template\.yaml:9: Packer: Environment: G\.GraphQLUrl can't be known here/),
    ]);
  });
});

describe('a circle of dependencies', () => {
  test('through a role makes those in it unavailable', () => {
    const policies = 'Policies: [LambdaInvokePolicy: {FunctionName: !Ref Packer}]';
    const circle =
      'CloudFormation refuses it: circular dependency between resources: Packer -> PackerRole -> Packer';
    const template = withFunction(policies, OTHER);
    expect(unavailableIn(template)).toEqual([
      `template.yaml:3: Packer: ${circle}`,
      `template.yaml:3: PackerRole: ${circle}`,
    ]);
    expect(load(template).functions.map(({ logicalId }) => logicalId)).toEqual(['Other']);
  });

  test('of anything else is refused, as by CloudFormation', () => {
    const queue = (other: string) => `{Type: AWS::SQS::Queue, Properties: {QueueName: !Ref ${other}}}`;
    expect(problemsOf(`Resources:\n  A: ${queue('B')}\n  B: ${queue('A')}`)).toEqual([
      'template.yaml:2: A: circular dependency between resources: A -> B -> A',
    ]);
  });
});

describe("a Principal that isn't valid", () => {
  test.each([
    [
      'lambda.amazonaws.com',
      'expected "*" or a map of AWS, Service, Federated, CanonicalUser, found "lambda.amazonaws.com"',
    ],
    [
      '{Servce: lambda.amazonaws.com}',
      'expected "*" or a map of AWS, Service, Federated, CanonicalUser, found Servce',
    ],
  ])('makes the role and its function unavailable: %s', (principal, message) => {
    const role = `  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: ${principal}}]}}}`;
    expect(unavailableIn(withFunction('Role: !GetAtt Role.Arn', `${role}\n${OTHER}`))).toEqual([
      'template.yaml:9: Packer: its role Role is unavailable',
      `template.yaml:10: Role: AssumeRolePolicyDocument.Statement[0].Principal, ${message}`,
    ]);
  });

  test('in a policy of a function leaves it without its role', () => {
    const policies = 'Policies: [Statement: [{Effect: Allow, Action: "a:b", Resource: "*", Principal: "*"}]]';
    expect(unavailableIn(withFunction(policies))).toEqual([
      'template.yaml:3: Packer: its role PackerRole is unavailable',
      "template.yaml:9: PackerRole: Policies[0].PolicyDocument.Statement[0].Principal, expected nothing, as a role's own policy names no principal",
    ]);
  });
});

// Another stack may have it: whether it is there shows only on AWS, or where the loop runs that stack too.
describe('what is named and is not of this template', () => {
  const GONE_QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:gone';
  const GONE = 'arn:aws:lambda:eu-west-1:123456789012:function:gone';
  const resource = (type: string, properties: string) =>
    `  It: {Type: ${type}, Properties: {${properties}}}\n  Box: {Type: AWS::SQS::Queue}`;

  test.each([
    [
      'AWS::Lambda::Permission',
      `FunctionName: "${GONE}", Action: "lambda:InvokeFunction", Principal: events.amazonaws.com`,
    ],
    [
      'AWS::Lambda::EventInvokeConfig',
      `FunctionName: "${GONE}", Qualifier: $LATEST, MaximumRetryAttempts: 0`,
    ],
    ['AWS::Lambda::EventSourceMapping', `FunctionName: "${GONE}", EventSourceArn: !GetAtt Box.Arn`],
    ['AWS::Lambda::Version', `FunctionName: "${GONE}"`],
    ['AWS::Lambda::Alias', `FunctionName: "${GONE}", Name: live, FunctionVersion: "1"`],
    [
      'AWS::SQS::QueuePolicy',
      'Queues: ["https://sqs.eu-west-1.amazonaws.com/123456789012/gone"], PolicyDocument: {Statement: []}',
    ],
  ])('makes %s unavailable', (type, properties) => {
    const template = withFunction('', resource(type, properties));
    expect(unavailableIn(template)).toEqual([
      expect.stringMatching(/^template\.yaml:10: It: .*, expected .* of this template/),
    ]);
    expect(load(template).functions.map(({ logicalId }) => logicalId)).toEqual(['Packer']);
  });

  test.each([
    [
      'AWS::Lambda::EventInvokeConfig',
      `FunctionName: !Ref Packer, Qualifier: $LATEST, DestinationConfig: {OnFailure: {Destination: "${GONE_QUEUE}"}}`,
      'It.OnFailure',
    ],
    [
      'AWS::Events::Rule',
      `EventPattern: {source: [a]}, Targets: [{Id: box, Arn: !GetAtt Box.Arn, DeadLetterConfig: {Arn: "${GONE_QUEUE}"}}]`,
      'It.box.DeadLetterConfig',
    ],
  ])('is left out of %s', (type, properties, part) => {
    const stack = load(withFunction('', resource(type, properties)));
    expect(reportOf(stack, 'It')?.status).toBe('emulated');
    expect(reportOf(stack, part)).toMatchObject({
      status: 'unavailable',
      reason: expect.stringContaining(GONE_QUEUE),
    });
  });

  test("is left out of a function's dead letters", () => {
    const stack = load(withFunction(`DeadLetterQueue: {Type: SQS, TargetArn: "${GONE_QUEUE}"}`));
    expect(reportOf(stack, 'Packer.DeadLetterConfig')?.status).toBe('unavailable');
    expect(stack.functions.map(({ asyncInvoke }) => asyncInvoke.deadLetterArn)).toEqual([undefined]);
  });
});
