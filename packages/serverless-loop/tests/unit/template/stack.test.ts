// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub is written
import { describe, expect, test } from 'vitest';
import { loadStack } from '../../../src/services/load.ts';
import { TemplateError } from '../../../src/template/error.ts';
import { generatedName } from '../../../src/template/names.ts';
import { endpoint, load, place, problemsOf, reportOf, unavailableIn, withFunction } from './load.ts';

describe('names', () => {
  test('are made of stack, logical id and twelve characters that stay', () => {
    const source = 'Resources: {Box: {Type: AWS::SQS::Queue}}';
    const name = load(source).queues[0]?.name;
    expect(name).toMatch(/^depot-Box-[A-Za-z0-9]{12}$/);
    expect(load(source).queues[0]?.name).toBe(name);
    expect(load(source, { stackName: 'other' }).queues[0]?.name).not.toContain(name?.slice(-12));
  });

  test('are never longer than they may be', () => {
    const name = generatedName('a'.repeat(60), 'B'.repeat(60), 'SUFFIX012345', 64);
    expect(name).toHaveLength(64);
    expect(name).toMatch(/^a+-[A-Za-z0-9]{12}$/);
    expect(generatedName('a'.repeat(80), 'B', 'SUFFIX012345', 80, '.fifo')).toHaveLength(80);
  });
});

describe('dependencies', () => {
  test.each([
    [
      '  A: {Type: AWS::SQS::Queue, DependsOn: B}\n  B: {Type: AWS::SQS::Queue, DependsOn: [A]}',
      'A -> B -> A',
    ],
    ['  A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref A}}', 'A -> A'],
    [
      '  A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${B.QueueName}"}}\n  B: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt C.QueueName}}\n  C: {Type: AWS::SQS::Queue, DependsOn: B}',
      'B -> C -> B',
    ],
  ])('in a circle are refused with the chain: %#', (resources, chain) => {
    const line = chain.startsWith('A') ? 2 : 3;
    expect(problemsOf(`Resources:\n${resources}`)).toEqual([
      `template.yaml:${line}: ${chain.charAt(0)}: circular dependency between resources: ${chain}`,
    ]);
  });

  test('in a long chain are no circle', () => {
    const chain = Array.from(
      { length: 499 },
      (_, index) => `  Q${index}: {Type: AWS::SQS::Queue, DependsOn: Q${index + 1}}`,
    );
    expect(problemsOf(`Resources:\n${chain.join('\n')}\n  Q499: {Type: AWS::SQS::Queue}`)).toEqual([]);
  });

  test('are 500 at most, in CloudFormation’s words', () => {
    const boxes = Array.from({ length: 501 }, (_, index) => `  Q${index}: {Type: AWS::SQS::Queue}`);
    // User Guide, "CloudFormation quotas".
    expect(problemsOf(`Resources:\n${boxes.join('\n')}`)).toEqual([
      'template.yaml: expected at most 500 resources, found 501',
    ]);
  });

  test('on what is not there are refused', () => {
    expect(problemsOf('Resources:\n  Box: {Type: AWS::SQS::Queue, DependsOn: Boxx}')).toEqual([
      'template.yaml:2: Box: DependsOn Boxx, but there is no such resource (did you mean Box?)',
    ]);
  });
});

describe('what is not emulated', () => {
  const source = `
Resources:
  News: {Type: AWS::KMS::Key}
  Site: {Type: AWS::CloudFront::Distribution}
  Bell: {Type: AWS::CloudWatch::InsightRule}
  Box: {Type: AWS::SQS::Queue}
Outputs:
  Topic: {Value: !Ref News}
  Domain: {Value: !GetAtt Site.DomainName}
  Site: {Value: !Sub "\${Site} \${Site.Arn}"}`;

  test('is named with its line and why, and the rest runs', () => {
    const stack = load(source);
    expect(reportOf(stack, 'News')).toEqual({
      logicalId: 'News',
      type: 'AWS::KMS::Key',
      physicalId: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      line: 2,
      status: 'not emulated',
      reason: 'AWS::KMS::Key is not emulated',
    });
    expect(reportOf(stack, 'Bell')).toMatchObject({
      status: 'accepted',
      reason: 'insights are not computed here',
    });
    expect(reportOf(stack, 'Box')).toEqual(expect.not.objectContaining({ reason: expect.anything() }));
    expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(['News', 'Site', 'Bell', 'Box']);
  });

  test('has made-up values, so that others can refer to it', () => {
    const outputs = Object.fromEntries(load(source).outputs.map(({ name, value }) => [name, value]));
    expect(outputs.Topic).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(outputs.Domain).toBe('(not emulated: Site.DomainName)');
    expect(outputs.Site).toMatch(
      /^depot-Site-\w{12} arn:aws:cloudfront:eu-west-1:123456789012:depot-Site-\w{12}$/,
    );
  });

  test('makes a function unavailable that needs what only it could tell', () => {
    const environment = 'Environment: {Variables: {HOST: !GetAtt Site.DomainName}}';
    expect(unavailableIn(withFunction(environment, '  Site: {Type: AWS::CloudFront::Distribution}'))).toEqual(
      [
        "template.yaml:9: Packer: Environment: Site.DomainName can't be known here: AWS::CloudFront::Distribution is not emulated; give it with --value Site.DomainName=value",
      ],
    );
  });

  test('is refused when strict', () => {
    expect(problemsOf(source, { strict: true })).toEqual([
      'template.yaml:2: News: not emulated: AWS::KMS::Key is not emulated',
      'template.yaml:3: Site: not emulated: AWS::CloudFront::Distribution is not emulated',
    ]);
    expect(problemsOf('Resources: {Bell: {Type: AWS::CloudWatch::InsightRule}}', { strict: true })).toEqual(
      [],
    );
  });
});

describe('a template that is wrong in several places', () => {
  const source = withFunction(
    'Timeout: 0\nMemorySize: 1\nEnvironment: {Variables: {BOX: !Ref Bocks}}',
    '  Box: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: -1}}',
  );

  test('is told all of it, in the order of the lines', () => {
    expect(problemsOf(source)).toEqual([
      'template.yaml:9: Packer: Timeout, expected a whole number from 1 to 900, found 0',
      'template.yaml:10: Packer: MemorySize, expected a whole number from 128 to 10240, found 1',
      'template.yaml:11: Packer: refers to Bocks, but there is no Bocks in the template',
      'template.yaml:12: Box: DelaySeconds, expected a whole number from 0 to 900, found -1',
    ]);
  });

  test('has them as data too', () => {
    try {
      load(source);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      expect(error.name).toBe('TemplateError');
      expect(error.problems[3]).toEqual({
        line: 12,
        logicalId: 'Box',
        message: 'DelaySeconds, expected a whole number from 0 to 900, found -1',
      });
    }
  });
});

test('a template that is not there is refused with its path', () => {
  const path = '/nowhere/template.yaml';
  expect(() => loadStack({ path, stackName: 'depot', place, endpoint })).toThrow(
    'template.yaml: expected a template at /nowhere/template.yaml, found none that can be read',
  );
});

test('outputs have descriptions and export names, and must have a value', () => {
  const [output] = load(
    'Resources: {Box: {Type: AWS::SQS::Queue}}\nOutputs: {It: {Value: 5, Description: five, Export: {Name: !Sub "${AWS::StackName}-it"}}}',
  ).outputs;
  expect(output).toEqual({ name: 'It', value: '5', description: 'five', exportName: 'depot-it' });
  expect(problemsOf('Resources: {Box: {Type: AWS::SQS::Queue}}\nOutputs:\n  It: {Description: a}')).toEqual([
    'template.yaml:3: It: Value, expected text, found nothing',
  ]);
});
