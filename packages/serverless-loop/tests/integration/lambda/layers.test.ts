import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loopUnderTest, projectFolder } from '../../loop-in-process.ts';
import { folderFunction, testFolder, testLambda, writeFiles } from './test-lambda.ts';

const USE =
  "exports.handler = async () => [require('shared'), require('/opt/nodejs/own'), require('/opt/config.json').v];";

function layer(name: string, more: Record<string, string> = {}) {
  const files = {
    'nodejs/node_modules/shared/index.js': `module.exports = 'shared of ${name}';`,
    'nodejs/own.js': `module.exports = 'own of ${name}';`,
    'config.json': `{"v":"${name}"}`,
    ...more,
  };
  return { folder: testFolder(files), at: '' };
}

// Lambda guide, "Packaging your layer content": under /opt, where a later layer's file stands in place of an earlier one's.
it('what layers hold is found, the last one first', async () => {
  const first = layer('first', { 'nodejs/node_modules/only/index.js': "module.exports = 'only';" });
  const code = USE.replace('[', "[require('only'), ");
  const lambda = await testLambda([folderFunction(code, { layers: [first, layer('second')] })]);
  expect((await lambda.call()).answer).toEqual(['only', 'shared of second', 'own of second', 'second']);
});

it('ES modules find it, too', async () => {
  const code =
    "import shared from 'shared'; import own from '/opt/nodejs/own.js'; export const handler = async () => [shared, own];";
  const lambda = await testLambda([folderFunction({ 'index.mjs': code }, { layers: [layer('one')] })]);
  expect((await lambda.call()).answer).toEqual(['shared of one', 'own of one']);
});

it('a function has the file that is saved in its layer', async () => {
  const one = layer('one');
  const lambda = await testLambda([folderFunction(USE, { layers: [one] })], { watch: true });
  expect((await lambda.call()).answer).toMatchObject(['shared of one', 'own of one', 'one']);
  writeFileSync(path.join(one.folder, 'nodejs/own.js'), "module.exports = 'saved';");
  await expect
    .poll(async () => (await lambda.call()).answer)
    .toMatchObject(['shared of one', 'saved', 'one']);
});

it('absent: a template has layers of its own folders; those that are not here are named', async () => {
  const folder = projectFolder({
    'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Plain: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: plain/ } }
  Built:
    Type: AWS::Serverless::LayerVersion
    Properties: { LayerName: built, ContentUri: built/ }
    Metadata: { BuildMethod: nodejs22.x }
  Made:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: plain/ }
    Metadata: { BuildMethod: makefile }
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: index.handler
      Runtime: nodejs24.x
      Layers: [!Ref Plain, !Ref Built, !Ref Made, 'arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:1']
`,
    'src/index.js': "exports.handler = async () => [require('a'), require('b')];",
  });
  writeFiles(folder, {
    'plain/nodejs/node_modules/a/index.js': "module.exports = 'a';",
    'built/package.json': '{"dependencies":{"b":"1"}}',
    'built/node_modules/b/index.js': "module.exports = 'b';",
  });
  const { loop } = await loopUnderTest(path.join(folder, 'template.yaml'));
  const arn = loop.stack.functions[0]?.arn;
  const response = await fetch(
    `${loop.endpoint}/2015-03-31/functions/${encodeURIComponent(arn ?? '')}/invocations`,
    {
      method: 'POST',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: '{}',
    },
  );
  expect(await response.json()).toEqual(['a', 'b']);
  const reasons = loop.stack.resources.map(({ logicalId, status, reason }) => [
    logicalId,
    status,
    reason ?? '',
  ]);
  expect(reasons).toContainEqual(['Plain', 'emulated', '']);
  expect(reasons).toContainEqual([
    'Made',
    'not emulated',
    expect.stringContaining('the build method makefile is not run'),
  ]);
  expect(reasons).toContainEqual([
    'Packer.Layers',
    'not emulated',
    expect.stringMatching(
      /^not here, so what they hold is missing: Made \(line \d+\), arn:\S+LambdaInsightsExtension:1$/,
    ),
  ]);
});

// Lambda guide, "Using the Lambda Extensions API to create extensions": Lambda starts each file of /opt/extensions.
it('absent: extensions of a layer are named, and not run', async () => {
  const project = projectFolder({
    'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Tracing: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: layer/}}
  Traced:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs24.x, Handler: index.handler, InlineCode: 'exports.handler = async () => 1;', Layers: [!Ref Tracing]}
`,
    'layer/extensions/tracer': '#!/bin/sh\n',
  });
  const { loop } = await loopUnderTest(path.join(project, 'template.yaml'));
  const row = loop.stack.resources.find(({ logicalId }) => logicalId.endsWith('.extensions'));
  expect(row).toMatchObject({
    status: 'not emulated',
    line: 3,
    reason: 'extensions are not run, but their files are there: tracer',
  });
});
