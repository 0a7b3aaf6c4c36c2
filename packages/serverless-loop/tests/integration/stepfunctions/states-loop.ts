import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

/** Answers by what it is asked for: `fail` throws, `echo` gives the event back. */
const HANDLER = `exports.handler = async (event) => {
  if (event.fail) { const error = new Error(event.fail); error.name = event.fail; throw error; }
  return { got: event };
};`;

export const ARNS = 'us-east-1:000000000000';

export const MACHINE = (name: string) => `arn:aws:states:${ARNS}:stateMachine:${name}`;

export const WORKER = `arn:aws:lambda:${ARNS}:function:worker`;

/** A function, a table, a queue, a topic, and machines that may use them; the resources that a test adds come behind them. */
export const systemWith = (resources = '') => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: worker, Runtime: nodejs24.x, Handler: handler.handler, CodeUri: code/ }
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [ { AttributeName: id, AttributeType: S } ]
      KeySchema: [ { AttributeName: id, KeyType: HASH } ]
  Inbox: { Type: AWS::SQS::Queue, Properties: { QueueName: inbox } }
  News: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }
  May:
    Type: AWS::IAM::Role
    Properties:
      RoleName: may
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: sts:AssumeRole } }
      Policies:
        - PolicyName: all
          PolicyDocument: { Statement: { Effect: Allow, Action: '*', Resource: '*' } }
  MayNot:
    Type: AWS::IAM::Role
    Properties:
      RoleName: may-not
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: sts:AssumeRole } }
${resources}
`;

export const MAY = 'arn:aws:iam::000000000000:role/may';
export const MAY_NOT = 'arn:aws:iam::000000000000:role/may-not';

export interface StatesLoop extends ReturnType<typeof callerOf> {
  loop: RunningLoop;
  stop(): Promise<void>;
}

/** A loop whose time is the test's. */
export async function startStatesLoop(
  resources?: string,
  files: Record<string, string> = {},
): Promise<StatesLoop> {
  let remove = () => {};
  const folder = projectFolder(
    { 'template.yaml': systemWith(resources), 'code/handler.js': HANDLER, ...files },
    (undo) => {
      remove = undo;
    },
  );
  const loop = await startLoop({
    template: `${folder}/template.yaml`,
    region: 'us-east-1',
    clock: { retries: 'manual', day: new Date('2026-11-28T10:00:00Z') },
  });
  const caller = callerOf(loop);
  return {
    loop,
    ...caller,
    async stop() {
      caller.sfn.destroy();
      await loop.stop();
      remove();
    },
  };
}

export function callerOf({ endpoint }: Pick<RunningLoop, 'endpoint'>) {
  const sfn = new SFNClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    // StartSyncExecution has a host of its own on AWS.
    disableHostPrefix: true,
  });
  const describe = (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn }));
  return {
    sfn,
    describe,
    async start(stateMachineArn: string, input: unknown = {}, name?: string): Promise<string> {
      const { executionArn = '' } = await sfn.send(
        new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input), ...(name && { name }) }),
      );
      return executionArn;
    },
    /** The execution once it has ended; it fails when that takes longer than some seconds. */
    async ended(executionArn: string) {
      for (const until = Date.now() + 30_000; ; ) {
        const found = await describe(executionArn);
        if (found.status !== 'RUNNING' || Date.now() > until) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async typesOf(executionArn: string) {
      const { events = [] } = await sfn.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }),
      );
      return events.map(({ type }) => type);
    },
  };
}
