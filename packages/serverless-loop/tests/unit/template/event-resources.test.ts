import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, resource } from './load.ts';

const rule = (properties: string) => resource('AWS::Events::Rule', properties);
const target = (properties: string) => rule(`EventPattern: {source: [a]}, Targets: [{Id: t, ${properties}}]`);
const toBox = 'Arn: !GetAtt Box.Arn';

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
    const template = `${rule('EventPattern: {source: [a]}, Targets: [{Id: one, Arn: !GetAtt Box.Arn}, {Id: two, Arn: !GetAtt Seal.Arn}, {Id: three, Arn: !Ref News}]')}
  Seal: {Type: AWS::KMS::Key}
  News: {Type: AWS::SNS::Topic}`;
    const stack = load(template);
    expect(stack.rules[0]?.targets.map(({ id }) => id)).toEqual(['one', 'three']);
    expect(reportOf(stack, 'It.two')).toMatchObject({
      status: 'not emulated',
      line: 4,
      reason: 'Seal (AWS::KMS::Key) is not emulated: what is sent there is dropped',
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

  test.each([
    ['queue', 'arn:aws:sqs:eu-west-1:123456789012:gone'],
    ['function', 'arn:aws:lambda:eu-west-1:123456789012:function:gone'],
  ])('with a %s for its target that is not there is told, and kept: AWS takes it', (kind, arn) => {
    const stack = load(target(`Arn: "${arn}"`));
    expect(stack.rules[0]?.targets).toMatchObject([{ arn }]);
    expect(stack.resources).toContainEqual(
      expect.objectContaining({
        line: 4,
        status: 'unavailable',
        reason: `expected the ARN of a ${kind} of this template, found ${arn}; as on AWS, each event for it fails`,
      }),
    );
  });

  test('sends to another bus by a role alone', () => {
    const other = '  Else: {Type: AWS::Events::EventBus, Properties: {Name: else}}\n';
    const template = `${target('Arn: !GetAtt Else.Arn')}\n${other}`;
    expect(problemsOf(template)).toEqual([
      expect.stringMatching(/Targets\[0\]\.RoleArn, expected a role that may send to .*event-bus\/else/),
    ]);
  });

  test('with a FIFO queue for its dead letters is refused', () => {
    expect(problemsOf(target(`${toBox}, DeadLetterConfig: {Arn: !GetAtt Row.Arn}`))[0]).toContain(
      'Targets[0].DeadLetterConfig.Arn, expected a standard queue, found the FIFO queue',
    );
  });
});
