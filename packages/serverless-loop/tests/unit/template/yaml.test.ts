// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub is written

import { describe, expect, test } from 'vitest';
import { Problems } from '../../../src/template/problems.ts';
import { toPlain } from '../../../src/template/yaml/node.ts';
import { parseYaml } from '../../../src/template/yaml/read-yaml.ts';
import { onlyInMatrix, sampleOf } from '../../matrix.ts';
import { load, outputOf, problemsOf, withOutput } from './load.ts';

describe('the text of a template', () => {
  test('JSON is read like YAML', () => {
    const stack = load(
      '{\n"Resources": {"Box": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": 5}}}}',
    );
    expect(stack.queues[0]?.delaySeconds).toBe(5);
  });

  test('a byte-order mark before it does no harm', () => {
    expect(load('\uFEFFResources: {Box: {Type: AWS::SQS::Queue}}').queues).toHaveLength(1);
  });

  test('numbers and booleans become text as CloudFormation makes it', () => {
    const text = '!Join [" ", [1, 1.10, true, yes, N, y, 010, "010", 2012-10-17]]';
    expect(outputOf(text)).toBe('1 1.10 true true N y 8 010 2012-10-17');
  });

  // PyYAML's resolver wants a digit beside the point of a number.
  test('a point without a digit is text', () => {
    const text = '[., -., +., ._, ./, ..]';
    expect(outputOf(`!Join [" ", ${text}]`)).toBe('. -. +. ._ ./ ..');
  });

  test('a long number keeps its digits as text and in JSON', () => {
    const long = '12345678901234567890';
    const numbers = `[${long}, -${long}, 9007199254740993, 12345.678901234567890123]`;
    expect(outputOf(`!Join [" ", ${numbers}]`)).toBe(numbers.replaceAll(/[[\],]/g, ''));
    expect(outputOf(`{Fn::ToJsonString: {a: ${numbers}}}`)).toBe(`{"a":${numbers.replaceAll(' ', '')}}`);
    expect(outputOf('!Join [" ", [0xFFFFFFFFFFFFFFFFFF, 1_000_000_000_000_000_000_001]]')).toBe(
      '4722366482869645213695 1000000000000000000001',
    );
  });

  // aws/serverless-application-model#200: a hash such as 12345e67 arrives as a Java double's text.
  test('a number with an exponent is written as CloudFormation writes a double', () => {
    expect(outputOf('!Join [" ", [12345e67, 1e3, 5e-7, 1e10, "12345e67"]]')).toBe(
      '1.2345E71 1000.0 5.0E-7 1.0E10 12345e67',
    );
  });

  test('anchors, aliases and merges are resolved', () => {
    const stack = load(`
Resources:
  One: {Type: AWS::SQS::Queue, Properties: &defaults {DelaySeconds: 5, VisibilityTimeout: 60}}
  Two: {Type: AWS::SQS::Queue, Properties: {<<: *defaults, DelaySeconds: 6}}
  Three: {Type: AWS::SQS::Queue, Properties: *defaults}
`);
    expect(stack.queues.map((queue) => [queue.delaySeconds, queue.visibilityTimeoutSeconds])).toEqual([
      [5, 60],
      [6, 60],
      [5, 60],
    ]);
  });

  test.each([
    ['an unknown tag', withOutput('!Joyn [a]'), 'template.yaml:3: unknown tag !Joyn (did you mean !Join?)'],
    [
      'an alias of nothing',
      withOutput('*nowhere'),
      'template.yaml:3: *nowhere is no anchor before this line',
    ],
    ['a list', '- a', 'template.yaml:1: expected a template, a map with Resources, found a list'],
    ['text', 'hello', 'template.yaml:1: expected a template, a map with Resources, found "hello"'],
    ['nothing', '', 'template.yaml:1: expected a template, a map with Resources, found nothing'],
    [
      'no Resources',
      'Outputs: {}',
      'template.yaml:1: expected Resources with at least one resource, found none',
    ],
    [
      'empty Resources',
      '\n\nResources: {}',
      'template.yaml:2: expected Resources with at least one resource, found none',
    ],
    [
      'Resources that are a list',
      'Resources: [a]',
      'template.yaml:1: Resources, expected a map, found a list',
    ],
    [
      'an unknown section',
      'Resource:\n  A: b\nResources: {Box: {Type: AWS::SQS::Queue}}',
      'template.yaml:1: Resource is no section of a template (did you mean Resources?)',
    ],
    [
      'a SAM resource without the transform',
      'Resources:\n  Rows: {Type: AWS::Serverless::SimpleTable}',
      'template.yaml:2: Rows: AWS::Serverless::SimpleTable needs "Transform: AWS::Serverless-2016-10-31"',
    ],
    [
      'a resource without type',
      'Resources:\n  Box: {}',
      'template.yaml:2: Box: expected a resource, a map with Type, found an empty map',
    ],
    [
      'an attribute that resources have not',
      'Resources:\n  Box:\n    Type: AWS::SQS::Queue\n    Propertys: {}',
      'template.yaml:4: Box: Propertys is no attribute of a resource (did you mean Properties?)',
    ],
  ])('%s is refused with its line', (_name, template, message) => {
    expect(problemsOf(template)).toEqual([message]);
  });

  test.each([
    ['broken flow', 'Resources: {', 1],
    ['broken indentation', 'Resources:\n  A: b\n B: c', 3],
    ['two documents', 'A: b\n---\nC: d', 2],
    ['a tab', 'Resources:\n\tA: b', 2],
  ])('%s is refused with its line', (_name, template, line) => {
    expect(problemsOf(template)[0]).toMatch(new RegExp(`^template.yaml:${line}: `));
  });
});

describe('hostile text', () => {
  test('an alias bomb is refused', () => {
    const rows = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let row = 1; row <= 9; row++)
      rows.push(`a${row}: &a${row} [${Array.from({ length: 10 }, () => `*a${row - 1}`).join(', ')}]`);
    const problems = problemsOf(
      `Metadata:\n  ${rows.join('\n  ')}\nResources: {Box: {Type: AWS::SQS::Queue}}`,
    );
    expect(problems[0]).toMatch(
      /^template\.yaml:\d+: aliases stand for too much, expected at most 20000 values$/,
    );
    expect(problems.length).toBeLessThan(20);
  });

  test('an alias inside its own anchor is refused', () => {
    expect(problemsOf('Metadata: &a\n  b: *a\nResources: {Box: {Type: AWS::SQS::Queue}}')).toEqual([
      'template.yaml:2: *a is no anchor before this line',
    ]);
  });

  test.each(sampleOf([200, 100_000], 1))('%i nested lists are refused', (depth) => {
    const template = `Resources: ${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(problemsOf(template).join()).toContain('nested too deeply, expected at most 100 levels');
  });

  test('a template at the size limit is read, one above it refused', () => {
    const template = 'Resources: {Box: {Type: AWS::SQS::Queue}}\n';
    const padding = (sizeBytes: number) => `# ${'x'.repeat(sizeBytes - template.length - 3)}\n`;
    expect(problemsOf(template + padding(1_048_576))).toEqual([]);
    expect(problemsOf(template + padding(1_048_577))).toEqual([
      'template.yaml: larger than CloudFormation takes, expected at most 1048576 bytes',
    ]);
  });

  onlyInMatrix(() => {
    test('a megabyte of different keys is read', () => {
      const keys = Array.from({ length: 50_000 }, (_, index) => `  key${index}: v`).join('\n');
      expect(problemsOf(`Metadata:\n${keys}\nResources: {Box: {Type: AWS::SQS::Queue}}`)).toEqual([]);
    });
  });

  test('a key named __proto__ is a key like any other', () => {
    const stack = load(`
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: main}}
  Rule:
    Type: AWS::Events::Rule
    Properties: {EventPattern: {detail: {__proto__: [polluted], constructor: [a]}}}
`);
    expect(JSON.stringify(stack.rules[0]?.pattern)).toBe(
      '{"detail":{"__proto__":["polluted"],"constructor":["a"]}}',
    );
    expect(Object.getPrototypeOf(stack.rules[0]?.pattern?.detail)).toBe(Object.prototype);
  });

  test.each(['__proto__', 'constructor', 'toString'])('%s is no name of anything', (name) => {
    expect(problemsOf(withOutput(`!Ref ${name}`))).toHaveLength(1);
    expect(problemsOf(withOutput(`!GetAtt Box.${name}`))).toHaveLength(1);
    expect(problemsOf(`Resources:\n  Box: {Type: AWS::SQS::Queue, Properties: {${name}: 1}}`)).toHaveLength(
      1,
    );
  });

  test('a megabyte of text between function braces is read in linear time', () => {
    const value = '${'.repeat(200_000);
    expect(problemsOf(withOutput(`!Sub "${value}"`))).toEqual([]);
  });
});

test('another macro than the known ones is noted, and refused when strict', () => {
  const template = 'Transform: [Mine]\nResources: {Box: {Type: AWS::SQS::Queue}}';
  const message = 'Transform, the loop runs no macro Mine: what it would change stays as it is';
  expect(load(template).notes).toEqual([{ line: 1, isMissing: true, message }]);
  expect(problemsOf(template, { strict: true })).toEqual([`template.yaml:1: ${message}`]);
});

describe('YAML as the SAM CLI reads it, by PyYAML', () => {
  test('of a key that stands twice takes the last, and says both lines', () => {
    const { queues, notes } = load(
      'Resources:\n  Box: {Type: AWS::SQS::Queue}\n  Box: {Type: AWS::SQS::Queue, Properties: {QueueName: last}}',
    );
    expect(queues).toMatchObject([{ name: 'last' }]);
    expect(notes).toEqual([
      { line: 3, message: 'the key Box stands here and in line 2: the last one counts' },
    ]);
  });

  /** Each read by PyYAML 6.0 with the SAM CLI's constructors for tags. */
  test.each([
    ['brackets that close further left', 'a: {\n  b: {\n c: [\nd\n]\n}\n}', { a: { b: { c: ['d'] } } }],
    ['JSON that begins further left', 'x:\n  Fn::Sub: {\n"a": "b"\n}', { x: { 'Fn::Sub': { a: 'b' } } }],
    ['text in double quotes', 'x:\n  a: "foo \\"\nbar # "\n  b: 1', { x: { a: 'foo " bar # ', b: 1 } }],
    ['text in single quotes', "x:\n  a: 'it''s\nbar'\n  b: 1", { x: { a: "it's bar", b: 1 } }],
    ['a comment behind a quote', 'a: "foo"#c\nb: [c]#d\ne: f#g', { a: 'foo', b: ['c'], e: 'f#g' }],
    [
      'an apostrophe and a bracket in plain text',
      "x:\n  a: it's {\n  b: {\nc: don't\n}\n  d: |\n    {'\n  e: 1",
      { x: { a: "it's {", b: { c: "don't" }, d: "{'\n", e: 1 } },
    ],
    ['the tag that says nothing', 'a: ! b', { a: 'b' }],
  ])('takes %s', (_what, source, expected) => {
    const problems = new Problems('template.yaml');
    const root = parseYaml(source, problems);
    expect(problems.found()).toEqual([]);
    expect(root && toPlain(root)).toEqual(expected);
  });

  test('keeps the lines of what stands further left', () => {
    expect(problemsOf('Resources: {\n"Box": {\n"Type": "AWS::SQS::Queue",\n"Propertees": {}\n}\n}')).toEqual([
      expect.stringMatching(/^template\.yaml:4: Box: Propertees/),
    ]);
  });
});
