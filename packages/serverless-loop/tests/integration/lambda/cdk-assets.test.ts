import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadStack } from '../../../src/services/load.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { place, testLambda } from './test-lambda.ts';

// AWS CDK guide, "Asset metadata for AWS SAM": what lies beside the template stands for what it will find in S3.
it("a template of the CDK's runs from its assets", async () => {
  const inS3 = { S3Bucket: { 'Fn::Join': ['-', ['cdk-assets', { Ref: 'AWS::AccountId' }]] }, S3Key: 'x.zip' };
  const template = {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } },
      Shared: {
        Type: 'AWS::Lambda::LayerVersion',
        Properties: { Content: inS3 },
        Metadata: { 'aws:asset:path': 'asset.layer', 'aws:asset:property': 'Content' },
      },
      Packer: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: inS3,
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Runtime: 'nodejs24.x',
          Layers: [{ Ref: 'Shared' }],
        },
        Metadata: {
          'aws:cdk:path': 'Stack/Packer',
          'aws:asset:path': 'asset.code',
          'aws:asset:property': 'Code',
        },
      },
    },
  };
  const folder = projectFolder({
    'Stack.template.json': JSON.stringify(template),
    'asset.code/index.js': "exports.handler = async () => require('shared');",
    'asset.layer/nodejs/node_modules/shared/index.js': "module.exports = 'of the asset';",
  });
  const stack = loadStack({
    path: path.join(folder, 'Stack.template.json'),
    stackName: randomUUID(),
    place,
    endpoint: 'http://127.0.0.1',
    parameterOverrides: {},
    strict: false,
  });
  const lambda = await testLambda(stack.functions);
  expect((await lambda.call()).answer).toBe('of the asset');
});
