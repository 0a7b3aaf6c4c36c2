import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, resource, unavailableIn, withFunction } from './load.ts';

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
    expect(reportOf(stack, 'Logs')?.status).toBe('emulated');
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

  test('of a version of Node.js that is no more runs, and says on which', () => {
    const stack = load(withFunction().replace('nodejs24.x', 'nodejs16.x'));
    expect(stack.functions).toHaveLength(1);
    expect(reportOf(stack, 'Packer.Runtime')).toMatchObject({
      status: 'accepted',
      reason: `runs on this machine's Node.js ${process.versions.node}, in place of 16`,
    });
    expect(reportOf(load(withFunction()), 'Packer.Runtime')).toBeUndefined();
  });

  test('leaves dynamic references as they are, and says so', () => {
    const stack = load(withFunction('Environment: {Variables: {KEY: "{{resolve:ssm:/key}}"}}'));
    expect(stack.functions[0]?.environment).toEqual({ KEY: '{{resolve:ssm:/key}}' });
    expect(reportOf(stack, 'Packer.{{resolve:ssm:/key}}')).toMatchObject({ status: 'not emulated', line: 9 });
  });

  test('absent: in another language is named, and what points at it without effect', () => {
    const events = 'Events: {Sent: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}}';
    const stack = load(withFunction(events).replace('nodejs24.x', 'java21'));
    expect(stack.functions).toEqual([]);
    expect(reportOf(stack, 'Packer')?.reason).toBe(
      'the runtime java21 is not run; those of Node.js, Python and the provided ones are: sam build && sam local invoke Packer runs it in Docker',
    );
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

describe('a permission', () => {
  test('for a function that is not of this template is unavailable alone', () => {
    const properties = 'FunctionName: gone, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com';
    expect(unavailableIn(resource('AWS::Lambda::Permission', properties))).toEqual([
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
