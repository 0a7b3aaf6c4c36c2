import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { askLogs, messages } from '../loop/ask-logs.ts';
import { deployingLoop, outputOf } from './deploying.ts';

const TALKER = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Talker:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      InlineCode: 'exports.handler = async () => console.log("said");'
  Quiet:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      LoggingConfig: {LogGroup: !Ref Declared}
      InlineCode: 'exports.handler = async () => undefined;'
  Declared:
    Type: AWS::Logs::LogGroup
Outputs: {Talker: {Value: !Ref Talker}, Quiet: {Value: !Ref Quiet}, Declared: {Value: !Ref Declared}}
`;

test('a deployed function logs from its first line, and its declared group goes with the stack', async () => {
  const loop = await deployingLoop();
  const logs = askLogs(loop.loop);
  const stack = await loop.deploy('depot', TALKER);
  await loop.ask(outputOf(stack, 'Talker'));
  await loop.ask(outputOf(stack, 'Quiet'));

  const talkers = { logGroupName: `/aws/lambda/${outputOf(stack, 'Talker')}` };
  expect(messages((await logs('FilterLogEvents', talkers)).body)).toEqual([
    expect.stringMatching(/^INIT_START /),
    expect.stringMatching(/^START /),
    expect.stringMatching(/\tsaid\n$/),
    expect.stringMatching(/^END /),
    expect.stringMatching(/^REPORT /),
  ]);
  const declared = { logGroupName: outputOf(stack, 'Declared') };
  expect(messages((await logs('FilterLogEvents', declared)).body)).toHaveLength(4);
  expect(loop.factsOf('call.denied')).toEqual([]);

  await loop.remove('depot');
  expect((await logs('FilterLogEvents', declared)).status).toBe(400);
  // Lambda made this one, not the stack.
  expect((await logs('FilterLogEvents', talkers)).status).toBe(200);
});

const SUBSCRIBED = `
Resources:
  Lines: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: deployed-lines}}
  Hearer:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Role: !GetAtt HearerRole.Arn
      Code: {ZipFile: 'exports.handler = async () => undefined;'}
  HearerRole:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: lambda.amazonaws.com}}}}
  Filter: {Type: AWS::Logs::SubscriptionFilter, DependsOn: AFTER, Properties: {LogGroupName: !Ref Lines, FilterPattern: ERROR, DestinationArn: !GetAtt Hearer.Arn}}
  May: {Type: AWS::Lambda::Permission, Properties: {Action: 'lambda:InvokeFunction', FunctionName: !Ref Hearer, Principal: logs.amazonaws.com, SourceArn: !GetAtt Lines.Arn}}
`;

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-logs-subscriptionfilter.html
test('a deployed subscription filter sends to its function, and needs the permission before', async () => {
  const loop = await deployingLoop();
  const stack = await loop.deploy('depot', SUBSCRIBED.replace('AFTER', 'May'));
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const client = new CloudWatchLogsClient(clientOptions(loop.loop));
  const stream = { logGroupName: 'deployed-lines', logStreamName: 's' };
  await client.send(new CreateLogStreamCommand(stream));
  const logEvents = [{ timestamp: Date.now(), message: 'ERROR' }];
  await client.send(new PutLogEventsCommand({ ...stream, logEvents }));
  await expect.poll(() => loop.factsOf('subscription.sent')).toMatchObject([{ logGroup: 'deployed-lines' }]);
  client.destroy();

  await loop.remove('depot');
  const [filter] = SUBSCRIBED.split('  May:');
  expect(await loop.deploy('other', (filter ?? '').replace('AFTER', 'Lines'))).toMatchObject({
    StackStatus: 'ROLLBACK_COMPLETE',
  });
  expect((await loop.events('other')).join('\n')).toContain(
    'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
  );
});
