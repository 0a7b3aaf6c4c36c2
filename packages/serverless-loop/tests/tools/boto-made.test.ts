import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions, type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { zipOf } from '../zip.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';

const python = await findBoto();

describe.runIf(python)('what boto3 makes by calls', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  let Role: unknown;
  beforeAll(async () => {
    running = await runLoop('', { isEmpty: true });
    boto = botoCaller(python ?? '', running.loop.endpoint);
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    });
    const made = await boto.output('iam', 'CreateRole', { RoleName: 'maker', AssumeRolePolicyDocument });
    Role = Object(made.Role).Arn;
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });

  test('a role with its policies', async () => {
    const iam = (operation: string, params: Record<string, unknown>) => boto.output('iam', operation, params);
    const RoleName = 'maker';
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
    });
    await iam('PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument });
    const { Policy } = await iam('CreatePolicy', { PolicyName: 'managed', PolicyDocument });
    const PolicyArn = Object(Policy).Arn;
    await iam('AttachRolePolicy', { RoleName, PolicyArn });
    expect(await iam('ListAttachedRolePolicies', { RoleName })).toMatchObject({
      AttachedPolicies: [{ PolicyArn }],
    });
    expect(await iam('ListEntitiesForPolicy', { PolicyArn })).toMatchObject({ PolicyRoles: [{ RoleName }] });
    expect(await iam('ListPolicyVersions', { PolicyArn })).toMatchObject({ Versions: [{ VersionId: 'v1' }] });
    await iam('DetachRolePolicy', { RoleName, PolicyArn });
    await iam('DeletePolicy', { PolicyArn });
    await iam('DeleteRolePolicy', { RoleName, PolicyName: 'own' });
    expect(await iam('ListInstanceProfilesForRole', { RoleName })).toMatchObject({ InstanceProfiles: [] });
    expect(await boto.refusal('iam', 'GetPolicy', { PolicyArn })).toMatchObject({
      code: 'NoSuchEntity',
      status: 404,
    });
  });

  test('a function, and APIs before it', async () => {
    const call = (service: string, operation: string, params: Record<string, unknown>) =>
      boto.output(service, operation, params);
    const FunctionName = 'made';
    const contents = 'exports.handler = async () => ({ statusCode: 200, body: "made" });';
    const code = { Bucket: 'boto-code', Key: 'made.zip' };
    const s3 = new S3Client({ ...clientOptions(running.loop), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: code.Bucket }));
    await s3.send(new PutObjectCommand({ ...code, Body: zipOf([{ name: 'index.js', contents }]) }));
    const { FunctionArn } = await call('lambda', 'CreateFunction', {
      FunctionName,
      Role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { S3Bucket: code.Bucket, S3Key: code.Key },
    });
    expect(await call('lambda', 'PublishVersion', { FunctionName })).toMatchObject({ Version: '1' });
    const api = await call('apigatewayv2', 'CreateApi', {
      Name: 'made',
      ProtocolType: 'HTTP',
      Target: FunctionArn,
    });
    expect(await call('apigatewayv2', 'GetRoutes', { ApiId: api.ApiId })).toMatchObject({
      Items: [{ RouteKey: '$default' }],
    });
    const rest = await call('apigateway', 'CreateRestApi', { name: 'made' });
    expect(await call('apigateway', 'GetResources', { restApiId: rest.id })).toMatchObject({
      items: [{ path: '/' }],
    });
    await call('apigateway', 'DeleteRestApi', { restApiId: rest.id });
    await call('lambda', 'DeleteFunction', { FunctionName });
  });
});
