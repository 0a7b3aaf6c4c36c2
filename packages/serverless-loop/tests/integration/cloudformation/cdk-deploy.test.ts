import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetBucketLocationCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions, type LoopUnderTest, runLoop } from '../../loop-in-process.ts';
import { zipOf } from '../../zip.ts';

let running: LoopUnderTest & { stop(): Promise<void> };
beforeAll(async () => {
  running = await runLoop('', { isEmpty: true });
});
afterAll(() => running.stop());

/** The parts of the CDK's bootstrap template that a deployment uses (AWS CDK guide, "Customize AWS CDK bootstrapping"). */
const BOOTSTRAP = `
Resources:
  StagingBucket: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub 'cdk-assets-\${AWS::AccountId}' } }
  ContainerAssetsRepository: { Type: AWS::ECR::Repository, Properties: { RepositoryName: cdk-images } }
  CdkBootstrapVersion:
    Type: AWS::SSM::Parameter
    Properties: { Type: String, Name: /cdk-bootstrap/test/version, Value: '30' }
  DeploymentActionRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: cdk-deploy
      AssumeRolePolicyDocument:
        Statement: { Effect: Allow, Action: sts:AssumeRole, Principal: { AWS: !Ref AWS::AccountId } }
      ManagedPolicyArns: [!Sub 'arn:\${AWS::Partition}:iam::aws:policy/AWSCloudFormationReadOnlyAccess']
      Policies:
        - PolicyName: deploys
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: [cloudformation:CreateChangeSet, cloudformation:ExecuteChangeSet]
                Resource: '*'
Outputs:
  Uri: { Value: !GetAtt ContainerAssetsRepository.RepositoryUri }
`;

const APPLICATION = `
Resources:
  Layer:
    Type: AWS::Lambda::LayerVersion
    Properties: { Content: { S3Bucket: cdk-assets-000000000000, S3Key: layer.zip } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: { Effect: Allow, Action: sts:AssumeRole, Principal: { Service: lambda.amazonaws.com } }
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: cdk-function
      Runtime: nodejs24.x
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code: { S3Bucket: cdk-assets-000000000000, S3Key: function.zip }
      Layers: [!Ref Layer]
`;

async function deploy(client: CloudFormationClient, StackName: string, TemplateBody: string) {
  const named = { StackName, ChangeSetName: 'cdk-deploy-change-set' };
  await client.send(
    new CreateChangeSetCommand({
      ...named,
      TemplateBody,
      ChangeSetType: 'CREATE',
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    }),
  );
  await waitUntilChangeSetCreateComplete({ client, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.1 }, named);
  await client.send(new DescribeChangeSetCommand(named));
  await client.send(new ExecuteChangeSetCommand(named));
  await waitUntilStackCreateComplete(
    { client, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.1 },
    { StackName },
  );
}

// The calls of `cdk bootstrap` and `cdk deploy` (aws/aws-cdk-cli, packages/@aws-cdk/toolkit-lib/lib/api/deployments), in their order.
test('the calls of cdk bootstrap and cdk deploy make a stack whose function has its code and its layer', async () => {
  const options = clientOptions(running.loop);
  const asDeveloper = new CloudFormationClient(options);
  await expect(asDeveloper.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }))).rejects.toThrow(
    'Stack with id CDKToolkit does not exist',
  );
  await deploy(asDeveloper, 'CDKToolkit', BOOTSTRAP);
  const { Stacks } = await asDeveloper.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
  expect(Stacks?.[0]?.Outputs).toMatchObject([
    { OutputValue: '000000000000.dkr.ecr.eu-west-1.amazonaws.com/cdk-images' },
  ]);

  const ssm = new SSMClient(options);
  const version = await ssm.send(new GetParameterCommand({ Name: '/cdk-bootstrap/test/version' }));
  expect(version.Parameter?.Value).toBe('30');
  const { Credentials } = await new STSClient(options).send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::000000000000:role/cdk-deploy',
      RoleSessionName: 'aws-cdk',
    }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };

  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const Bucket = 'cdk-assets-000000000000';
  await s3.send(new GetBucketLocationCommand({ Bucket }));
  const assets = {
    'function.zip': zipOf([{ name: 'index.js', contents: "exports.handler = async () => require('said');" }]),
    'layer.zip': zipOf([
      { name: 'nodejs/node_modules/said/index.js', contents: "module.exports = 'layered';" },
    ]),
  };
  for (const [Key, Body] of Object.entries(assets)) {
    await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key, MaxKeys: 1 }));
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  }

  const asRole = new CloudFormationClient({ ...options, credentials });
  // Of a stack that isn't there the role may ask, too: it has the right to any.
  await expect(asRole.send(new DescribeStacksCommand({ StackName: 'Shop' }))).rejects.toThrow(
    'Stack with id Shop does not exist',
  );
  await deploy(asRole, 'Shop', APPLICATION);
  const { Payload } = await new LambdaClient(options).send(
    new InvokeCommand({ FunctionName: 'cdk-function' }),
  );
  expect(new TextDecoder().decode(Payload)).toBe('"layered"');
});
