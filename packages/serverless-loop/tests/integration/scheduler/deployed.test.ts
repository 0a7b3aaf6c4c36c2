import { CreateStackCommand, DeleteStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { deployingLoop } from '../cloudformation/deploying.ts';
import { callerOf } from './scheduler-loop.ts';

const TEMPLATE = (expression = 'rate(1 day)', principal = 'scheduler.amazonaws.com') => `
Resources:
  Inbox: {Type: AWS::SQS::Queue}
  Teams: {Type: AWS::Scheduler::ScheduleGroup, Properties: {Name: teams, Tags: [{Key: a, Value: b}]}}
  Caller:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: ${principal}}}}
      Policies: [{PolicyName: send, PolicyDocument: {Statement: {Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Inbox.Arn}}}]
  Tick:
    Type: AWS::Scheduler::Schedule
    Properties:
      Name: tick
      GroupName: !Ref Teams
      ScheduleExpression: ${expression}
      FlexibleTimeWindow: {Mode: 'OFF'}
      Target: {Arn: !GetAtt Inbox.Arn, RoleArn: !GetAtt Caller.Arn, Input: hello}
Outputs: {TickArn: {Value: !GetAtt Tick.Arn}}
`;

const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
const StackName = 'scheduled';

/* CloudFormation template reference, "AWS::Scheduler::Schedule", "AWS::Scheduler::ScheduleGroup". */
test('a deployed schedule and its group come, change and go with their stack', async () => {
  const { client, loop, settled } = await deployingLoop();
  const { call } = callerOf(loop);
  await client.send(new CreateStackCommand({ StackName, TemplateBody: TEMPLATE(), Capabilities }));
  const stack = await settled(StackName);
  expect(stack.StackStatus, stack.StackStatusReason).toBe('CREATE_COMPLETE');
  expect(stack.Outputs?.[0]?.OutputValue).toMatch(/:schedule\/teams\/tick$/);
  expect((await call('GET', '/schedules/tick?groupName=teams')).body).toMatchObject({
    ScheduleExpression: 'rate(1 day)',
    Target: { Input: 'hello' },
  });

  await client.send(
    new UpdateStackCommand({ StackName, TemplateBody: TEMPLATE('rate(2 days)'), Capabilities }),
  );
  expect((await settled(StackName)).StackStatus).toBe('UPDATE_COMPLETE');
  expect((await call('GET', '/schedules/tick?groupName=teams')).body).toMatchObject({
    ScheduleExpression: 'rate(2 days)',
  });

  await client.send(new DeleteStackCommand({ StackName }));
  await expect.poll(async () => (await call('GET', '/schedule-groups/teams')).status).toBe(404);
});

test('a deployment fails on a role that Scheduler may not assume, with its reason, and leaves nothing', async () => {
  const { client, loop, settled } = await deployingLoop();
  const TemplateBody = TEMPLATE('rate(1 day)', 'lambda.amazonaws.com');
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
  expect((await settled(StackName)).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect((await callerOf(loop).call('GET', '/schedule-groups/teams')).status).toBe(404);
});
