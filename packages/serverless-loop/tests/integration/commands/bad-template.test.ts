import path from 'node:path';
import { expect, test } from 'vitest';
import { runInProcess } from '../../command-in-process.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { type Finished, runCommand } from '../../loop-process.ts';

const FUNCTION = `
  Packer:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs24.x, CodeUri: code/, Handler: packer.handler}`;

const RULE = (pattern: string, target = '!GetAtt Packer.Arn') => `
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: ${pattern}
      Targets: [{Id: t, Arn: ${target}}]`;

test.each([
  ['an unknown tag', `Resources:${FUNCTION}\n    Metadata: !Shout loud\n`, /template\.yaml:5: .*!Shout/],
  [
    'a rule to a function that is not there',
    `Resources:${RULE('{source: [a]}', '!GetAtt Nobody.Arn')}\n`,
    /template\.yaml:\d+: .*Nobody/,
  ],
  [
    'an invalid pattern',
    `Transform: AWS::Serverless-2016-10-31\nResources:${FUNCTION}${RULE('{source: [{numeric: ["<", x]}]}')}\n`,
    /template\.yaml:\d+: Rule: .*numeric/i,
  ],
  [
    'a reference to nothing',
    `Transform: AWS::Serverless-2016-10-31\nResources:${FUNCTION}\nOutputs:\n  X: {Value: !Ref Picker}\n`,
    /template\.yaml:\d+: .*Picker/,
  ],
  ['nothing', '', /template\.yaml/],
])('a template with %s stops the start with file and line', async (_name, template, words) => {
  const file = path.join(projectOf(template), 'template.yaml');
  expectRefusal(await runInProcess(['start', '--port', '0', '--template', file]), words);
});

test('a template with bad YAML stops the start as a process, too', async () => {
  const cwd = projectOf('Resources:\n  A: {Type: [');
  expectRefusal(await runCommand(['start', '--port', '0'], { cwd }), /template\.yaml:\d+/);
});

function projectOf(template: string): string {
  return projectFolder({
    'template.yaml': template,
    'code/packer.js': 'exports.handler = async () => 1;',
  });
}

function expectRefusal({ status, stdout, stderr }: Finished, words: RegExp): void {
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/^ {4}at /m);
}
