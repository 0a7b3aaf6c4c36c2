import { createHash } from 'node:crypto';
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { clientOptions, loopUnderTest, projectFolder } from '../../loop-in-process.ts';
import { zipOf } from '../../zip.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Teller:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      AutoPublishAlias: live
      InlineCode: 'exports.handler = async () => "first";'
`;
const zip = zipOf([{ name: 'index.js', contents: 'exports.handler = async () => "second";' }]);

async function teller() {
  const { loop } = await loopUnderTest(`${projectFolder({ 'template.yaml': TEMPLATE })}/template.yaml`);
  const client = new LambdaClient(clientOptions(loop));
  const FunctionName = loop.stack.functions[0]?.name ?? '';
  return {
    client,
    FunctionName,
    async ask(Qualifier?: string): Promise<{ answer: unknown; version: string | undefined }> {
      const { Payload, ExecutedVersion } = await client.send(new InvokeCommand({ FunctionName, Qualifier }));
      return { answer: JSON.parse(new TextDecoder().decode(Payload)), version: ExecutedVersion };
    },
  };
}

test('uploaded code takes the place of what runs, and is known by its hash', async () => {
  const { client, FunctionName, ask } = await teller();
  expect((await ask()).answer).toBe('first');
  const updated = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip }));
  // The answer comes before the end of the work (LocalStack's record, test_lambda_api.snapshot.json, test_function_lifecycle).
  expect(updated).toMatchObject({ LastUpdateStatus: 'InProgress', State: 'Active', CodeSize: zip.length });
  expect((await ask()).answer).toBe('second');
  const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName }));
  expect(Configuration?.CodeSha256).toBe(createHash('sha256').update(zip).digest('base64'));
});

test('a version is published after the last one, and an alias led to it', async () => {
  const { client, FunctionName, ask } = await teller();
  expect((await ask('live')).version).toBe('1');
  const { Version } = await client.send(new PublishVersionCommand({ FunctionName }));
  expect(Version).toBe('2');
  await client.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version }));
  expect((await ask('live')).version).toBe('2');
});

test('what is no code, no version and no alias is refused', async () => {
  const { client, FunctionName } = await teller();
  await expect(
    client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from('no zip') })),
  ).rejects.toThrow('Could not unzip uploaded file');
  await expect(
    client.send(new UpdateFunctionCodeCommand({ FunctionName, S3Bucket: 'none', S3Key: 'no' })),
  ).rejects.toThrow('S3 Error Code: NoSuchKey');
  await expect(client.send(new UpdateFunctionCodeCommand({ FunctionName }))).rejects.toThrow(
    'Please provide a source',
  );
  await expect(
    client.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '9' })),
  ).rejects.toThrow('Function not found');
  await expect(
    client.send(new UpdateAliasCommand({ FunctionName, Name: 'no', FunctionVersion: '1' })),
  ).rejects.toThrow('Cannot find alias');
});
