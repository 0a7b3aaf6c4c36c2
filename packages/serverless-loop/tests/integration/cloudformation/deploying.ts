import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import type { LoopOptions } from '../../../src/loop/loop-options.ts';
import { clientOptions, loopUnderTest, projectFolder } from '../../loop-in-process.ts';

/** For `deployingLoop`: a deployment waits for the processes of its functions, as it does where a loop is started by its command. */
export const WAITS_FOR_FUNCTIONS = { startsAhead: true } as const;

/** The template that the loop is started with in these tests: a stack `test` of one queue. */
const LIVE = 'Resources: {LiveQueue: {Type: AWS::SQS::Queue}}';
/** In no other status does a stack stay; REVIEW_IN_PROGRESS waits for a person. */
const FINAL = /^(?!.*CLEANUP).*_(COMPLETE|FAILED)$/;

/** A function whose code stands in the template, and that answers with its environment's WORD. */
export const INLINE_FUNCTION = `
  Teller:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Role: !GetAtt TellerRole.Arn
      Environment: {Variables: {WORD: !Ref Word}}
      Code: {ZipFile: 'exports.handler = async () => process.env.WORD;'}
  TellerRole:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: lambda.amazonaws.com}}}}
`;

export const TELLER = `
Parameters: {Word: {Type: String, Default: first}}
Resources:${INLINE_FUNCTION}
  Boxes: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 30}}
Outputs: {BoxesUrl: {Value: !Ref Boxes}, TellerName: {Value: !Ref Teller}}
`;

/** A loop, and CloudFormation as a tool would use it. */
export async function deployingLoop(live = LIVE, options: Partial<LoopOptions> = {}) {
  const running = await loopUnderTest(`${projectFolder({ 'template.yaml': live })}/template.yaml`, options);
  const client = new CloudFormationClient(clientOptions(running.loop));
  let changeSets = 0;

  async function changeSet(
    StackName: string,
    TemplateBody: string,
    more: Partial<CreateChangeSetCommandInput> = {},
  ) {
    const isThere = await describe(StackName).catch(() => undefined);
    const isNew = isThere === undefined || isThere.StackStatus === 'REVIEW_IN_PROGRESS';
    changeSets += 1;
    const { Id = '' } = await client.send(
      new CreateChangeSetCommand({
        StackName,
        TemplateBody,
        ChangeSetName: `changes-${changeSets}`,
        ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
        ...more,
      }),
    );
    return client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
  }

  async function describe(StackName: string): Promise<Stack> {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks).toHaveLength(1);
    return Stacks[0] ?? expect.fail('no stack');
  }

  /** The stack once nothing happens to it any more. */
  async function settled(StackName: string): Promise<Stack> {
    let stack: Stack | undefined;
    await expect
      .poll(async () => {
        stack = await describe(StackName);
        return stack.StackStatus;
      })
      .toMatch(FINAL);
    return stack ?? expect.fail('no stack');
  }

  return {
    ...running,
    client,
    changeSet,
    describe,
    settled,
    /** Makes a change set and executes it. */
    async deploy(
      StackName: string,
      template: string,
      more: Partial<CreateChangeSetCommandInput> = {},
    ): Promise<Stack> {
      const { ChangeSetId, Status, StatusReason } = await changeSet(StackName, template, more);
      expect(Status, StatusReason).toBe('CREATE_COMPLETE');
      await client.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }));
      return settled(StackName);
    },
    async remove(StackName: string): Promise<Stack> {
      const { StackId = '' } = await describe(StackName);
      await client.send(new DeleteStackCommand({ StackName }));
      return settled(StackId);
    },
    /** The events, oldest first, as `<LogicalId> <STATUS>` with the reason where there is one. */
    async events(StackName: string): Promise<string[]> {
      const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
      const times = StackEvents.map(({ Timestamp }) => Number(Timestamp));
      // All of the stack that runs from source came to be at once.
      const younger = times.filter((time) => time > Math.min(...times));
      expect(younger, 'each event is younger than the one before').toEqual(
        [...new Set(younger)].sort((one, other) => other - one),
      );
      return StackEvents.toReversed().map(({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
        [LogicalResourceId, ResourceStatus, ResourceStatusReason].filter(Boolean).join(' '),
      );
    },
    async ask(functionName: string): Promise<unknown> {
      const lambda = new LambdaClient(clientOptions(running.loop));
      const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: functionName }));
      return JSON.parse(new TextDecoder().decode(Payload));
    },
  };
}

export function outputOf({ Outputs = [] }: Stack, key: string): string {
  return Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue ?? '';
}
