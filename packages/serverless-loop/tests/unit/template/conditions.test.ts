import { describe, expect, test } from 'vitest';
import { load, outputOf, problemsOf, reportOf } from './load.ts';

const holds = (condition: string, stage = 'prod', more = '') =>
  outputOf(
    '!If [Tested, "yes", "no"]',
    `Parameters: {Stage: {Type: String, Default: ${stage}}}\nConditions:\n  IsProd: !Equals [!Ref Stage, prod]\n  Tested: ${condition}\n${more}`,
  );

describe('conditions', () => {
  test.each([
    ['!Equals [!Ref Stage, prod]', 'yes'],
    ['!Equals [!Ref Stage, dev]', 'no'],
    ['!Equals [true, "true"]', 'yes'],
    ['!Not [!Condition IsProd]', 'no'],
    ['!Not [Condition: IsProd]', 'no'],
    ['!And [!Condition IsProd, !Equals [a, a]]', 'yes'],
    ['!And [!Condition IsProd, !Equals [a, b]]', 'no'],
    ['!Or [!Equals [a, b], !Condition IsProd]', 'yes'],
    ['!Or [!Equals [a, b], !Equals [a, c]]', 'no'],
    ['!Equals [!FindInMap [Stages, !Ref Stage, size], large]', 'yes'],
    ['{Condition: IsProd}', 'yes'],
  ])('%s gives %s', (condition, expected) => {
    expect(holds(condition, 'prod', 'Mappings: {Stages: {prod: {size: large}}}')).toBe(expected);
  });

  test('a condition takes its resource out of the stack', () => {
    const stack = load(`
Conditions: {Never: !Equals [a, b], Always: !Equals [a, a]}
Resources:
  Gone: {Type: AWS::SQS::Queue, Condition: Never}
  Kept: {Type: AWS::SQS::Queue, Condition: Always, DependsOn: Gone}
Outputs:
  Left: {Condition: Never, Value: !Ref Gone}
`);
    expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(['Kept']);
    expect(stack.outputs).toEqual([]);
  });

  test('AWS::NoValue takes a property away', () => {
    const stack = load(`
Conditions: {Named: !Equals [a, b]}
Resources:
  Box: {Type: AWS::SQS::Queue, Properties: {QueueName: !If [Named, box, !Ref AWS::NoValue]}}
`);
    expect(reportOf(stack, 'Box')?.physicalId).toMatch(/\/depot-Box-\w{12}$/);
  });

  test('a reference to a resource that its condition removed is refused', () => {
    const template = `
Conditions: {Never: !Equals [a, b]}
Resources:
  Gone: {Type: AWS::SQS::Queue, Condition: Never}
  Rest:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Gone.Arn
        maxReceiveCount: 3
`;
    expect(problemsOf(template)).toEqual([
      'template.yaml:8: Rest: refers to Gone.Arn, but the condition Never takes Gone out of the stack',
    ]);
  });

  test('the branch that is not taken may refer to what is not there', () => {
    expect(
      outputOf(
        '!If [Never, !Ref Gone, other]',
        'Conditions: {Never: !Equals [a, b]}\nResources: {Gone: {Type: AWS::SQS::Queue, Condition: Never}, Box: {Type: AWS::SQS::Queue}}',
      ),
    ).toBe('other');
  });

  test.each([
    ['  A: !Condition B\n  B: !Not [!Condition A]', 'A -> B -> A', 3],
    ['  A: !Condition A', 'A -> A', 2],
  ])('conditions in a circle are refused with the chain', (conditions, chain, line) => {
    expect(problemsOf(`Conditions:\n${conditions}\nResources: {Box: {Type: AWS::SQS::Queue}}`)).toEqual([
      `template.yaml:${line}: ${line === 3 ? 'B' : 'A'}: the conditions depend on each other: ${chain}`,
    ]);
  });

  test.each([
    ['!Equals [a]', 'A: Fn::Equals: expected a list of 2 values, found 1'],
    ['!And [!Equals [a, a]]', 'A: expected a list of 2 to 10 conditions, found 1'],
    ['!Not [!Equals [a, a], !Equals [a, a]]', 'A: expected a list of 1 conditions, found 2'],
    ['!Condition C', 'A: no condition C'],
    ['"yes"', 'A: expected Fn::And, Fn::Or, Fn::Not, Fn::Equals or Condition, found "yes"'],
    ['!Equals [!Ref Box, a]', 'A: no parameter Box; only parameters can be used here'],
    ['!Equals [!GetAtt Box.Arn, a]', 'A: Box.Arn: only parameters can be used here'],
  ])('%s is refused with its line', (condition, message) => {
    expect(problemsOf(`Conditions:\n  A: ${condition}\nResources: {Box: {Type: AWS::SQS::Queue}}`)).toEqual([
      `template.yaml:2: ${message}`,
    ]);
  });

  test('a resource with an unknown condition is refused', () => {
    expect(problemsOf('Resources:\n  Box: {Type: AWS::SQS::Queue, Condition: Nowhere}')).toEqual([
      'template.yaml:2: Box: no condition Nowhere',
    ]);
  });
});
