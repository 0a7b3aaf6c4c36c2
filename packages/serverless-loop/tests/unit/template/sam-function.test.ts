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
      isConfigured: true,
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

  test('a topic as destination is made, and the role may publish there', () => {
    const stack = load(withFunction('EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: SNS}}}'));
    const [topic] = stack.topics;
    expect(topic?.logicalId).toBe('PackerEventInvokeConfigOnSuccessTopic');
    expect(stack.functions[0]?.asyncInvoke.onSuccessArn).toBe(topic?.arn);
    expect(stack.functions[0]?.role.statements).toContainEqual({
      effect: 'Allow',
      actions: ['sns:publish'],
      resources: [topic?.arn],
    });
  });

  test('an alias is made, and what invokes the function does so through it', () => {
    const stack = load(
      withFunction(`AutoPublishAlias: live-1\n${rule('')}`, 'Outputs: {Alias: {Value: !Ref Packer.Alias}}'),
    );
    expect(stack.resources.map(({ logicalId }) => logicalId)).toContain('PackerAliasliveD1');
    expect(stack.resources.some(({ logicalId }) => /^PackerVersion[0-9a-f]{10}$/.test(logicalId))).toBe(true);
    const arn = stack.functions[0]?.arn;
    expect(stack.outputs[0]?.value).toBe(`${arn}:live-1`);
    expect(stack.rules[0]?.targets[0]?.arn).toBe(`${arn}:live-1`);
    expect(stack.functions[0]?.resourcePolicy).toMatchObject([{ resources: [`${arn}:live-1`] }]);
  });

  test('an output may hold the URL of an API that SAM makes', () => {
    const events = 'Events: {In: {Type: Api, Properties: {Path: /, Method: get}}}';
    const stack = load(withFunction(events, 'Outputs: {Url: {Value: !Ref ServerlessRestApi}}'));
    expect(stack.outputs[0]?.value).toMatch(/^[a-z0-9]{10}$/);
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

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html: one of a function, and one of each alias. */
describe('a second URL', () => {
  const url = (id: string, target: string) =>
    `  ${id}: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: ${target}}}`;
  const template = (more: string) =>
    withFunction('AutoPublishAlias: live\nFunctionUrlConfig: {AuthType: NONE}', more);

  test('of the same function, or of the same alias, is refused in the words of Lambda', () => {
    const again =
      /^template\.yaml:\d+: It: TargetFunctionArn, Failed to create function url config for \[functionArn = arn:\S+\]\. Error message: {2}FunctionUrlConfig exists for this Lambda function$/;
    const ofAlias = url('It', '!Ref PackerAliaslive');
    expect(problemsOf(template(ofAlias))).toEqual([expect.stringMatching(again)]);
    const twice = `${url('One', '!Ref Packer')}\n${url('It', '!GetAtt Packer.Arn')}`;
    expect(problemsOf(template(twice))).toEqual([expect.stringMatching(again)]);
  });

  test('of another qualifier is another', () => {
    expect(load(template(url('It', '!Ref Packer'))).apis.map(({ logicalId }) => logicalId)).toEqual([
      'PackerUrl',
      'It',
    ]);
  });
});
