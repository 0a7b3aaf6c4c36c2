import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions, type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';
import { depotTemplate } from './depot.ts';

const python = await findBoto();

describe.runIf(python)('who one is, and what roles may, as boto3 reads it', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  let RoleName: string;
  let RoleArn: string;
  beforeAll(async () => {
    running = await runLoop(depotTemplate(afterAll));
    boto = botoCaller(python ?? '', running.loop.endpoint);
    const role = running.loop.stack.functions.find(({ logicalId }) => logicalId === 'Packer')?.role;
    RoleName = role?.name ?? '';
    RoleArn = role?.arn ?? '';
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });

  test('the person at the keyboard is the root of the account', async () => {
    expect(await boto.output('sts', 'GetCallerIdentity')).toEqual({
      UserId: '000000000000',
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
    expect(await boto.output('sts', 'GetSessionToken', { DurationSeconds: 900 })).toMatchObject({
      Credentials: { AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) },
    });
  });

  test('whoever assumes a role may do what the role may, and is called by both names', async () => {
    const { Credentials, AssumedRoleUser } = await boto.output('sts', 'AssumeRole', {
      RoleArn,
      RoleSessionName: 'me@depot',
    });
    expect(AssumedRoleUser).toMatchObject({
      Arn: `arn:aws:sts::000000000000:assumed-role/${RoleName}/me@depot`,
      AssumedRoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}:me@depot$/),
    });
    const { AccessKeyId, SecretAccessKey, SessionToken } = Object(Credentials);
    const lambda = new LambdaClient({
      ...clientOptions(running.loop),
      credentials: {
        accessKeyId: String(AccessKeyId),
        secretAccessKey: String(SecretAccessKey),
        sessionToken: String(SessionToken),
      },
    });
    const FunctionName = running.loop.stack.functions[0]?.name;
    await expect(lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).rejects.toThrow(
      new RegExp(`User: arn:aws:sts::000000000000:assumed-role/${RoleName}/me@depot is not authorized`),
    );
  });

  test.each([
    [
      { RoleArn: 'arn:aws:iam::000000000000:role/none', RoleSessionName: 'me' },
      403,
      'AccessDenied',
      'root is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/none',
    ],
    [
      { RoleArn: 'arn:aws:iam::000000000000:role/none', RoleSessionName: 'a b' },
      400,
      'ValidationError',
      "Value 'a b' at 'roleSessionName'",
    ],
    [{ RoleSessionName: 'me' }, 400, 'ValidationError', "Value null at 'roleArn'"],
    [
      { RoleArn: 'arn:aws:iam::000000000000:role/none', RoleSessionName: 'me', DurationSeconds: 1 },
      400,
      'ValidationError',
      'greater than or equal to 900',
    ],
  ])('AssumeRole of %j is refused in the words of AWS', async (params, status, code, words) => {
    const refusal = await boto.refusal('sts', 'AssumeRole', params);
    expect(refusal).toMatchObject({ status, code });
    expect(refusal.message).toContain(words);
  });

  test('a role and its policies', async () => {
    expect(await boto.output('iam', 'GetRole', { RoleName })).toMatchObject({
      Role: {
        RoleName,
        Arn: RoleArn,
        Path: '/',
        AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] },
      },
    });
    expect(await boto.output('iam', 'ListRolePolicies', { RoleName })).toMatchObject({
      PolicyNames: ['Packer'],
    });
    expect(await boto.output('iam', 'GetRolePolicy', { RoleName, PolicyName: 'Packer' })).toMatchObject({
      PolicyDocument: {
        Statement: expect.arrayContaining([
          expect.objectContaining({ Sid: 'StoreBox', Action: 'dynamodb:PutItem' }),
        ]),
      },
    });
    expect(await boto.output('iam', 'ListAttachedRolePolicies', { RoleName })).toMatchObject({
      AttachedPolicies: [],
    });
    const { Roles } = await boto.output('iam', 'ListRoles');
    expect(JSON.stringify(Roles)).toContain('CourierRole');
    expect(await boto.output('iam', 'ListPolicies', { Scope: 'Local' })).toMatchObject({ Policies: [] });
    const { Policies } = await boto.output('iam', 'ListPolicies');
    expect(Policies).toContainEqual(
      expect.objectContaining({
        PolicyName: 'AWSLambdaBasicExecutionRole',
        Path: '/service-role/',
        Arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      }),
    );
  });

  test('roles and policies that are not there', async () => {
    expect(await boto.refusal('iam', 'GetRole', { RoleName: 'nobody' })).toEqual({
      code: 'NoSuchEntity',
      status: 404,
      message: 'The role with name nobody cannot be found.',
    });
    expect(await boto.refusal('iam', 'GetRolePolicy', { RoleName, PolicyName: 'none' })).toMatchObject({
      code: 'NoSuchEntity',
      message: 'The role policy with name none cannot be found.',
    });
    expect(await boto.refusal('iam', 'DeleteRole', { RoleName })).toMatchObject({ code: 'DeleteConflict' });
    expect(await boto.refusal('iam', 'CreateUser', { UserName: 'ann' })).toMatchObject({
      code: 'InvalidAction',
    });
  });

  test('Cloud Control has the URL of no function without one, and knows of no other type', async () => {
    const get = (TypeName: string) =>
      boto.refusal('cloudcontrol', 'GetResource', { TypeName, Identifier: 'x' });
    expect(await get('AWS::Lambda::Url')).toMatchObject({ code: 'ResourceNotFoundException', status: 400 });
    expect(await get('AWS::S3::Bucket')).toMatchObject({ code: 'UnsupportedActionException' });
  });
});
