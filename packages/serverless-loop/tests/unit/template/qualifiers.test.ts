import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, withFunction } from './load.ts';

const defaults = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 };
const aliased = (properties: string, more = '') =>
  withFunction(`AutoPublishAlias: live\n${properties}`, more);
const invokeConfig = 'EventInvokeConfig: {MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60}';
const alias = (properties: string) =>
  withFunction(
    '',
    `  It: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Packer, ${properties}}}`,
  );

describe('versions and aliases', () => {
  test('of a function with AutoPublishAlias are its first version and the alias that leads there', () => {
    const stack = load(aliased(''));
    expect(stack.functions[0]?.qualifiers).toEqual([
      { name: '1', version: '1', asyncInvoke: defaults },
      { name: 'live', version: '1', asyncInvoke: defaults },
    ]);
    expect(reportOf(stack, 'PackerAliaslive')?.status).toBe('emulated');
  });

  test('have settings of asynchronous invocation of their own, and share the dead-letter queue', () => {
    const stack = load(
      aliased(
        `${invokeConfig}\nDeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Box.Arn}`,
        '  Box: {Type: AWS::SQS::Queue}',
      ),
    );
    const deadLetterArn = stack.queues[0]?.arn;
    const [packer] = stack.functions;
    expect(packer?.asyncInvoke).toEqual({ ...defaults, deadLetterArn });
    expect(packer?.qualifiers.map(({ name, asyncInvoke }) => [name, asyncInvoke])).toEqual([
      ['1', { ...defaults, deadLetterArn }],
      ['live', { isConfigured: true, maximumRetryAttempts: 0, maximumEventAgeSeconds: 60, deadLetterArn }],
    ]);
  });

  test('may lead to what is not published', () => {
    const stack = load(alias('Name: edge, FunctionVersion: $LATEST'));
    expect(stack.functions[0]?.qualifiers).toMatchObject([{ name: 'edge', version: '$LATEST' }]);
  });

  test('that share the load are told not to', () => {
    const routing =
      'RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: "1", FunctionWeight: 0.1}]}';
    const stack = load(alias(`Name: edge, FunctionVersion: $LATEST, ${routing}`));
    expect(reportOf(stack, 'It.RoutingConfig')).toMatchObject({
      status: 'not emulated',
      reason: 'all invocations go to version $LATEST',
    });
  });

  test.each([
    [
      alias('Name: edge, FunctionVersion: "3"'),
      'template.yaml:10: It: FunctionVersion, expected a version or alias of the function ($LATEST), found "3"',
    ],
    [
      alias('Name: "7", FunctionVersion: $LATEST'),
      'template.yaml:10: It: Name, expected letters, digits, - and _, and not a number, found "7"',
    ],
    [
      aliased(
        '',
        '  It: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Packer, Name: live, FunctionVersion: "1"}}',
      ),
      'template.yaml:10: It: Name, the function has an alias live already',
    ],
    [
      aliased(
        '',
        '  It: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Packer, Qualifier: life}}',
      ),
      'template.yaml:10: It: Qualifier, expected a version or alias of the function ($LATEST, 1, live), found "life" (did you mean live?)',
    ],
    [
      aliased(
        '',
        '  It: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Join [":", [!Ref Packer, life]], Action: "lambda:InvokeFunction", Principal: events.amazonaws.com}}',
      ),
      'template.yaml:10: It: FunctionName, expected a version or alias of the function ($LATEST, 1, live), found "life" (did you mean live?)',
    ],
    [
      aliased(
        '',
        '  It: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Join [":", [!Ref Packer, $LATEST]], Action: "lambda:InvokeFunction", Principal: events.amazonaws.com}}',
      ),
      'template.yaml:10: It: FunctionName, $LATEST has no policy of its own; leave the qualifier out',
    ],
  ])('that are wrong are refused (%#)', (template, problem) => {
    expect(problemsOf(template)).toEqual([problem]);
  });

  test('that a rule names and that are not there are told', () => {
    const rule =
      '  It: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, Targets: [{Id: a, Arn: !Join [":", [!GetAtt Packer.Arn, life]]}]}}';
    expect(load(aliased('', rule)).resources).toContainEqual(
      expect.objectContaining({
        line: 10,
        status: 'unavailable',
        reason: expect.stringMatching(
          /^expected the ARN of a function of this template, found arn:.*:life \(did you mean arn:.*:live\?\); as on AWS/,
        ),
      }),
    );
    expect(load(aliased('', rule.replace('life', 'live'))).rules[0]?.targets[0]?.arn).toMatch(/:live$/);
    expect(load(aliased('', rule.replace('life', '$LATEST'))).rules[0]?.targets[0]?.arn).toMatch(
      /:\$LATEST$/,
    );
  });
});
