import {
  AddLayerVersionPermissionCommand,
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  RemoveLayerVersionPermissionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zipOf } from '../../zip.ts';
import { answering, emptyLoop } from './made-functions.ts';

let made: Awaited<ReturnType<typeof emptyLoop>>;
beforeAll(async () => {
  made = await emptyLoop();
});
afterAll(() => made.stop());

async function publish(LayerName: string, word: string) {
  const ZipFile = zipOf([
    { name: 'nodejs/node_modules/said/index.js', contents: `module.exports = '${word}';` },
  ]);
  const published = await made.lambda.send(
    new PublishLayerVersionCommand({
      LayerName,
      Content: { ZipFile },
      CompatibleRuntimes: ['nodejs24.x'],
      Description: word,
    }),
  );
  return { ...published, LayerVersionArn: published.LayerVersionArn ?? '' };
}

// The values of this file are as in LocalStack's record, tests/aws/services/lambda_/test_lambda_api.snapshot.json, test_layer_lifecycle.

test('a layer is published by versions, which are read, listed and taken away', async () => {
  const { lambda } = made;
  const LayerName = 'published';
  const first = await publish(LayerName, 'one');
  expect(first).toMatchObject({ Version: 1, LayerArn: expect.stringMatching(/:layer:published$/) });
  await publish(LayerName, 'two');
  const read = await lambda.send(new GetLayerVersionCommand({ LayerName, VersionNumber: 1 }));
  expect(read).toMatchObject({ Description: 'one', CompatibleRuntimes: ['nodejs24.x'] });
  expect((await fetch(read.Content?.Location ?? '')).status).toBe(200);
  const byArn = await lambda.send(new GetLayerVersionByArnCommand({ Arn: first.LayerVersionArn }));
  expect(byArn).toMatchObject({ Version: 1, Content: { CodeSha256: read.Content?.CodeSha256 } });
  const { LayerVersions = [] } = await lambda.send(new ListLayerVersionsCommand({ LayerName }));
  expect(LayerVersions.map(({ Version }) => Version)).toEqual([2, 1]);
  const { Layers } = await lambda.send(new ListLayersCommand({ CompatibleRuntime: 'nodejs24.x' }));
  expect(Layers).toContainEqual(
    expect.objectContaining({ LayerName, LatestMatchingVersion: expect.objectContaining({ Version: 2 }) }),
  );
  await lambda.send(new DeleteLayerVersionCommand({ LayerName, VersionNumber: 2 }));
  await expect(
    lambda.send(new GetLayerVersionCommand({ LayerName, VersionNumber: 2 })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect((await publish(LayerName, 'three')).Version).toBe(3);
  await expect(lambda.send(new GetLayerVersionCommand({ LayerName, VersionNumber: 0 }))).rejects.toThrow(
    'Layer Version Cannot be less than 1',
  );
});

test('a function finds what its layers hold', async () => {
  const { lambda, make, ask } = made;
  const { LayerVersionArn: one } = await publish('held', 'one');
  const { LayerVersionArn: two } = await publish('held', 'two');
  const FunctionName = 'layered';
  await make(FunctionName, { Layers: [one], Code: { ZipFile: answering("require('said')") } });
  expect((await ask(FunctionName)).answer).toBe('one');
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Layers: [two] }));
  expect((await ask(FunctionName)).answer).toBe('two');
  const { Layers } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  expect(Layers).toMatchObject([{ Arn: two }]);
  await expect(
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Layers: [one, two] })),
  ).rejects.toThrow('Two different versions of the same layer are not allowed');
});

test('a layer version has a policy', async () => {
  const { lambda } = made;
  await publish('shared', 'one');
  const version = { LayerName: 'shared', VersionNumber: 1 };
  await expect(lambda.send(new GetLayerVersionPolicyCommand(version))).rejects.toThrow(
    'No policy is associated with the given resource.',
  );
  await lambda.send(
    new AddLayerVersionPermissionCommand({
      ...version,
      StatementId: 's1',
      Action: 'lambda:GetLayerVersion',
      Principal: '*',
    }),
  );
  const { Policy = '' } = await lambda.send(new GetLayerVersionPolicyCommand(version));
  expect(JSON.parse(Policy).Statement).toMatchObject([{ Sid: 's1', Action: 'lambda:GetLayerVersion' }]);
  await lambda.send(new RemoveLayerVersionPermissionCommand({ ...version, StatementId: 's1' }));
  await expect(
    lambda.send(new RemoveLayerVersionPermissionCommand({ ...version, StatementId: 's1' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
