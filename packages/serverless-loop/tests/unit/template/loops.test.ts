import { expect, test } from 'vitest';
import { loadStack } from '../../../src/services/load.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { endpoint, load, place, problemsOf } from './load.ts';

const EXTENDED = 'Transform: AWS::LanguageExtensions';

test('a loop over what can’t be known here is unavailable by its name, with what it makes, and the rest runs', () => {
  const source = `${EXTENDED}
Parameters:
  Sizes: {Type: CommaDelimitedList}
Conditions:
  Fn::ForEach::Having:
    - Size
    - !Ref Sizes
    - 'Has\${Size}': !Equals [1, 1]
Resources:
  Fn::ForEach::Boxes:
    - Size
    - !Ref Sizes
    - 'Box\${Size}': {Type: AWS::SQS::Queue}
  Sender:
    Type: AWS::SQS::Queue
    Properties: {QueueName: !Sub '\${Boxsmall.QueueName}-sender'}
  Other: {Type: AWS::SQS::Queue}
Outputs:
  Fn::ForEach::Urls:
    - Size
    - !Ref Sizes
    - 'Url\${Size}': {Value: !Ref {'Fn::Sub': 'Box\${Size}'}}
  Small: {Value: !Ref Boxsmall}`;
  const missing =
    "the parameter Sizes can't be known here: the template has no default and nobody gives a value; give it with --parameter-overrides Sizes=value";
  const stack = load(source);
  expect(stack.queues.map(({ logicalId }) => logicalId)).toEqual(['Other']);
  expect(stack.resources).toMatchObject([
    {
      logicalId: 'Boxes',
      type: 'Fn::ForEach',
      line: 10,
      status: 'unavailable',
      reason: `the loop is over what isn't known, so that nothing that it makes is here: ${missing}`,
    },
    {
      logicalId: 'Sender',
      status: 'unavailable',
      reason:
        "QueueName: Boxsmall.QueueName can't be known here: the loop Boxes, which may make it, is over what isn't known; give it with --value Boxsmall.QueueName=value",
    },
    { logicalId: 'Other', status: 'emulated' },
  ]);
  expect(stack.outputs).toEqual([{ name: 'Small', value: '(not emulated: Boxsmall)' }]);
  const given = load(source.replace(/\n {2}Fn::ForEach::Urls:[\s\S]*?(?=\n {2}Small)/, ''), {
    parameterOverrides: { Sizes: 'small,large' },
  });
  expect(given.queues.map(({ logicalId }) => logicalId)).toEqual(['Boxsmall', 'Boxlarge', 'Sender', 'Other']);
});

test('loops in each other that go round without an end are refused, and not written out', () => {
  const many = Array.from({ length: 100 }, (_, at) => `i${at}`).join(', ');
  const loop = (name: string, body: string) => `{'Fn::ForEach::${name}': [${name}, [${many}], ${body}]}`;
  const box = `{'Box\${A}\${B}\${C}': {Type: AWS::SQS::Queue}}`;
  const problems = problemsOf(`${EXTENDED}\nResources: ${loop('A', loop('B', loop('C', box)))}`);
  expect(problems.join()).toContain('Fn::ForEach: the loops of the template go round more than 10000 times');
});

test('a file that includes itself is refused, with the way that leads back to it', () => {
  const include = (file: string) => `{Name: AWS::Include, Parameters: {Location: ${file}}}`;
  const folder = projectFolder({
    'template.yaml': `Resources:\n  Box: {Type: AWS::SQS::Queue}\n  Fn::Transform: ${include('parts/one.yaml')}`,
    'parts/one.yaml': `Fn::Transform: ${include('parts/two.yaml')}`,
    'parts/two.yaml': `Fn::Transform: ${include('parts/one.yaml')}`,
  });
  expect(() => loadStack({ path: `${folder}/template.yaml`, stackName: 'depot', place, endpoint })).toThrow(
    'template.yaml:3: AWS::Include, the file holds itself: parts/one.yaml -> parts/two.yaml -> parts/one.yaml',
  );
});
