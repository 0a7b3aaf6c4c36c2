import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { signedFor } from '../gateway/gateway-under-test.ts';

export const ACCOUNT = 'arn:aws:scheduler:us-east-1:000000000000';

/** Logs what it gets. */
const HANDLER = `exports.handler = async (event) => { process.stdout.write('GOT ' + JSON.stringify(event) + '\\n'); };`;

/** A function, a queue, a role that may use both, and one that may do nothing; the resources that a test adds come behind them. */
export const systemWith = (resources = '') => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Reader:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: reader, Runtime: nodejs24.x, Handler: handler.handler, CodeUri: code/ }
  Inbox: { Type: AWS::SQS::Queue, Properties: { QueueName: inbox } }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
  News: { Type: AWS::SNS::Topic, Properties: { TopicName: news, Subscription: [ { Protocol: sqs, Endpoint: !GetAtt Inbox.Arn } ] } }
  MayNotify:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [ !Ref Inbox ]
      PolicyDocument:
        Statement: [ { Effect: Allow, Principal: { Service: [ sns.amazonaws.com, events.amazonaws.com ] }, Action: sqs:SendMessage, Resource: "*" } ]
  Caller:
    Type: AWS::IAM::Role
    Properties:
      RoleName: caller
      AssumeRolePolicyDocument:
        Statement:
          Effect: Allow
          Principal: { Service: scheduler.amazonaws.com }
          Action: sts:AssumeRole
          Condition: { ArnLike: { aws:SourceArn: !Sub 'arn:aws:scheduler:\${AWS::Region}:\${AWS::AccountId}:schedule-group/*' } }
      Policies:
        - PolicyName: all
          PolicyDocument:
            Statement: { Effect: Allow, Action: [ lambda:InvokeFunction, sqs:SendMessage, sns:Publish, events:PutEvents, dynamodb:PutItem, kinesis:PutRecord, ssm:PutParameter ], Resource: '*' }
  Idle:
    Type: AWS::IAM::Role
    Properties:
      RoleName: idle
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: scheduler.amazonaws.com }, Action: sts:AssumeRole } }
      Policies:
        - { PolicyName: letters, PolicyDocument: { Statement: { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn } } }
${resources}
`;

export const CALLER = 'arn:aws:iam::000000000000:role/caller';
export const IDLE = 'arn:aws:iam::000000000000:role/idle';
export const READER = 'arn:aws:lambda:us-east-1:000000000000:function:reader';
export const INBOX = 'arn:aws:sqs:us-east-1:000000000000:inbox';
export const LOST = 'arn:aws:sqs:us-east-1:000000000000:lost';

/** A loop whose time is the test's, from `NOW` on, with what asks its Scheduler. */
export const NOW = new Date('2026-11-28T10:12:30Z');

export async function startSystem(template = systemWith()) {
  const folder = projectFolder({ 'template.yaml': template, 'code/handler.js': HANDLER });
  const loop = await startLoop({
    template: `${folder}/template.yaml`,
    region: 'us-east-1',
    clock: { retries: 'manual', day: NOW },
    startsAhead: false,
  });
  onTestFinished(loop.stop);
  return { loop, ...callerOf(loop), ...readersOf(loop) };
}

/** Calls of Scheduler's API as clients send them. */
export function callerOf({ endpoint }: Pick<RunningLoop, 'endpoint'>) {
  async function call(method: string, path: string, body?: object) {
    const answer = await fetch(`${endpoint}${path}`, {
      method,
      headers: { Authorization: signedFor('scheduler'), 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return {
      status: answer.status,
      code: answer.headers.get('x-amzn-errortype'),
      body: JSON.parse(await answer.text()),
    };
  }

  return {
    call,
    create: (name: string, expression: string, more: object = {}) =>
      call('POST', `/schedules/${name}`, { ...oneOff(expression), ...more }),
  };
}

/** A schedule that invokes the function. */
export function oneOff(expression: string) {
  return {
    ScheduleExpression: expression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: READER, RoleArn: CALLER, Input: '{"hello":"there"}' },
  };
}

function readersOf(loop: RunningLoop) {
  const sqs = new SQSClient({
    endpoint: loop.endpoint,
    region: loop.region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  onTestFinished(() => sqs.destroy());
  return {
    /** The events that the function got. */
    got: (): unknown[] =>
      loop.facts
        .soFar()
        .flatMap((fact) => (fact.kind === 'log' && fact.line.startsWith('GOT ') ? [fact.line.slice(4)] : []))
        .map((line) => JSON.parse(line)),
    async messages(logicalId: string) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: loop.physicalId(logicalId),
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
        }),
      );
      return Messages;
    },
    /** The facts of one kind. */
    told: (kind: string) => loop.facts.soFar().filter((fact) => fact.kind === kind),
  };
}
