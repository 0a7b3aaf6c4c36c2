// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub is written
import { describe, expect, test } from 'vitest';
import { outputOf, problemsOf, withOutput } from './load.ts';

const mappings = 'Mappings: {Sizes: {eu-west-1: {box: large}}}';
const listParameter = 'Parameters: {Names: {Type: CommaDelimitedList, Default: "a, b,c"}}';
const queue = 'Resources: {Box: {Type: AWS::SQS::Queue, Properties: {QueueName: box}}}';

describe('intrinsic functions', () => {
  test.each([
    ['Ref of a resource', '!Ref Box', queue, 'http://127.0.0.1:4580/123456789012/box'],
    ['Ref in long form', '{Ref: AWS::Region}', '', 'eu-west-1'],
    ['GetAtt, dotted', '!GetAtt Box.Arn', queue, 'arn:aws:sqs:eu-west-1:123456789012:box'],
    ['GetAtt, a list', '!GetAtt [Box, QueueName]', queue, 'box'],
    ['GetAtt in long form, dotted', '{Fn::GetAtt: Box.QueueName}', queue, 'box'],
    ['Sub of text', '!Sub "${AWS::StackName}/${Box.QueueName}"', queue, 'depot/box'],
    ['Sub with variables', '!Sub ["${a}-${b}", {a: x, b: !Ref AWS::AccountId}]', '', 'x-123456789012'],
    ['Sub of a literal', '!Sub "${!Box} ${AWS::Region}"', '', '${Box} eu-west-1'],
    ['Join', '!Join ["-", [a, !Ref AWS::Region, 3]]', '', 'a-eu-west-1-3'],
    ['Join without delimiter', '!Join ["", [a, b]]', '', 'ab'],
    ['Select', '!Select [1, [a, b]]', '', 'b'],
    ['Select with its index as text', '!Select ["1", !Ref Names]', listParameter, 'b'],
    ['Split', '!Select [2, !Split [".", a.b.c]]', '', 'c'],
    ['FindInMap', '!FindInMap [Sizes, !Ref AWS::Region, box]', mappings, 'large'],
    ['FindInMap with a default', '!FindInMap [Sizes, x, y, {DefaultValue: small}]', mappings, 'small'],
    ['Base64', '{Fn::Base64: "å"}', '', 'w6U='],
    ['Length', '{Fn::Length: !Ref Names}', listParameter, '3'],
    ['ToJsonString', '{Fn::ToJsonString: {a: [1, true]}}', '', '{"a":[1,true]}'],
    ['GetAZs', '!Select [0, !GetAZs ""]', '', 'eu-west-1a'],
    [
      'nested',
      '!Join [":", !Split [",", !Sub "${AWS::Partition},${AWS::URLSuffix}"]]',
      '',
      'aws:amazonaws.com',
    ],
  ])('%s', (_name, expression, sections, expected) => {
    expect(outputOf(expression, sections)).toBe(expected);
  });

  test('a stack always has the same StackId', () => {
    const id = outputOf('!Ref AWS::StackId');
    expect(id).toMatch(/^arn:aws:cloudformation:eu-west-1:123456789012:stack\/depot\/[0-9a-f-]{36}$/);
    expect(outputOf('!Ref AWS::StackId')).toBe(id);
  });

  test.each([
    ['!Ref Bos', 'Value: refers to Bos, but there is no Bos in the template (did you mean Box?)'],
    ['!GetAtt Bos.Arn', 'Value: refers to Bos.Arn, but there is no Bos in the template (did you mean Box?)'],
    [
      '!GetAtt Box.Ann',
      'Value: Box.Ann: not emulated, or no attribute of AWS::SQS::Queue (did you mean Arn?)',
    ],
    ['!GetAtt Box', 'Value: Fn::GetAtt: expected Resource.Attribute or [Resource, Attribute], found "Box"'],
    ['!Sub "${Bos}"', 'Value: refers to Bos, but there is no Bos in the template (did you mean Box?)'],
    ['!Sub "${a b}"', 'Value: Fn::Sub: ${a b}, expected a name; write ${!a b} for the text itself'],
    ['!Sub [x]', 'Value: Fn::Sub: expected text, or [text, map of its variables], found a list'],
    ['!Join [a]', 'Value: Fn::Join: expected [delimiter, list of texts], found a list'],
    ['!Join [a, [[b]]]', 'Value: Fn::Join: value 0, expected text, found a list'],
    ['!Select [2, [a, b]]', 'Value: Fn::Select: no value at index 2 of a list of 2'],
    ['!Select [-1, [a]]', 'Value: Fn::Select: expected [index from 0, list], found a list'],
    ['!Split ["", a]', 'Value: Fn::Split: expected [delimiter, text], found a list'],
    ['!FindInMap [A, b, c]', 'Value: Fn::FindInMap: the Mappings have no A.b.c'],
    ['{Fn::Joyn: [a]}', 'Value: unknown function Fn::Joyn (did you mean Fn::Join?)'],
    ['{Fn::Equals: [a, b]}', "Value: Fn::Equals can't be used here"],
    ['!If [A, b]', 'Value: Fn::If: expected [condition, value if true, value if false], found a list'],
    ['!If [A, b, c]', 'Value: no condition A'],
  ])('%s is refused with its line', (expression, message) => {
    expect(problemsOf(withOutput(expression))).toEqual([`template.yaml:3: ${message}`]);
  });

  test('one mistake inside many functions is told once', () => {
    expect(problemsOf(withOutput('!Join ["", [!Select [0, !Split [",", !Ref Bos]]]]'))).toHaveLength(1);
  });
});
