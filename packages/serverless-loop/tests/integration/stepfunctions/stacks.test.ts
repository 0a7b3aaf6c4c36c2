import { CreateStackCommand, DeleteStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ListActivitiesCommand,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { deployingLoop } from '../cloudformation/deploying.ts';
import { callerOf } from './states-loop.ts';

const DEFINITION = `
StartAt: P
States:
  P: { Type: Pass, Result: "\${Word}", End: true }
`;

/** As `sam deploy` sends it: the definition lies in a bucket. */
const template = (word: string, principal = 'states.amazonaws.com') => `
Transform: AWS::Serverless-2016-10-31
Resources:
  May:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: ${principal}}}}
  Steps:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: deployed-steps
      Role: !GetAtt May.Arn
      DefinitionUri: s3://definitions/steps.asl.yaml
      DefinitionSubstitutions: {Word: ${word}}
      AutoPublishAlias: live
  Paint: {Type: AWS::StepFunctions::Activity, Properties: {Name: paint}}
Outputs: {StepsArn: {Value: !Ref Steps}}
`;

const Capabilities = ['CAPABILITY_NAMED_IAM' as const, 'CAPABILITY_AUTO_EXPAND' as const];
const StackName = 'stepping';

/* CloudFormation template reference, "AWS::StepFunctions::StateMachine", "StateMachineVersion", "StateMachineAlias", "Activity". */
test('deployed state machines come, change and go with their stack', async () => {
  const { client, loop, settled } = await deployingLoop();
  const { sfn, start, ended } = callerOf(loop);
  const s3 = new S3Client({
    endpoint: loop.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  await s3.send(new CreateBucketCommand({ Bucket: 'definitions' }));
  await s3.send(new PutObjectCommand({ Bucket: 'definitions', Key: 'steps.asl.yaml', Body: DEFINITION }));
  s3.destroy();
  await client.send(new CreateStackCommand({ StackName, TemplateBody: template('one'), Capabilities }));
  const stack = await settled(StackName);
  expect(stack.StackStatus, stack.StackStatusReason).toBe('CREATE_COMPLETE');
  const arn = stack.Outputs?.[0]?.OutputValue ?? '';
  expect((await ended(await start(`${arn}:live`))).output).toBe('"one"');
  expect((await sfn.send(new ListActivitiesCommand({}))).activities?.map(({ name }) => name)).toEqual([
    'paint',
  ]);

  await client.send(new UpdateStackCommand({ StackName, TemplateBody: template('two'), Capabilities }));
  expect((await settled(StackName)).StackStatus).toBe('UPDATE_COMPLETE');
  expect((await ended(await start(arn))).output).toBe('"two"');
  expect((await ended(await start(`${arn}:live`))).output).toBe('"two"');

  await client.send(new DeleteStackCommand({ StackName }));
  await expect
    .poll(() => sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn })).catch(({ name }) => name))
    .toBe('StateMachineDoesNotExist');
  await expect(
    sfn.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${arn}:live` })),
  ).rejects.toThrow(expect.objectContaining({ name: 'ResourceNotFound' }));
});

test('a deployment fails on a role that Step Functions may not assume', async () => {
  const { client, settled } = await deployingLoop();
  const TemplateBody = template('one', 'lambda.amazonaws.com').replace(
    'DefinitionUri: s3://definitions/steps.asl.yaml',
    'Definition: {StartAt: P, States: {P: {Type: Pass, End: true}}}',
  );
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
  expect((await settled(StackName)).StackStatus).toBe('ROLLBACK_COMPLETE');
});
