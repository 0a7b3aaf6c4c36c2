import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MACHINE, type StatesLoop, startStatesLoop } from './states-loop.ts';

const MACHINES = `
  Sam:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: sam
      DefinitionUri: steps/sam.asl.yaml
      DefinitionSubstitutions: { WorkerArn: !GetAtt Worker.Arn, Times: 2 }
      Policies: [ LambdaInvokePolicy: { FunctionName: !Ref Worker } ]
  Inline:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: inline
      RoleArn: !GetAtt MayNot.Arn
      Definition:
        StartAt: Call
        States: { Call: { Type: Task, Resource: !GetAtt Worker.Arn, End: true } }
  Fast:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: fast
      Type: EXPRESS
      Definition: { QueryLanguage: JSONata, StartAt: Sum, States: { Sum: { Type: Pass, Output: "{% $sum($states.input.numbers) %}", End: true } } }
`;

const DEFINITION = `
StartAt: Work
States:
  Work:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Parameters:
      FunctionName: \${WorkerArn}
      Payload.$: $
    ResultSelector: { got.$: $.Payload.got }
    Retry: [ { ErrorEquals: [ Broken ], MaxAttempts: 2, IntervalSeconds: 60 } ]
    Catch: [ { ErrorEquals: [ States.ALL ], Next: Caught } ]
    End: true
  Caught: { Type: Pass, End: true }
`;

let states: StatesLoop;
beforeAll(async () => {
  states = await startStatesLoop(MACHINES, { 'steps/sam.asl.yaml': DEFINITION });
});
afterAll(() => states?.stop());

/* SAM developer guide, "AWS::Serverless::StateMachine", "DefinitionUri", "DefinitionSubstitutions", "Policies". */
test('a state machine of a template runs its function in the name of its role', async () => {
  const { status, output } = await states.ended(await states.start(MACHINE('sam'), { order: 1 }));
  expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: '{"got":{"order":1}}' });
});

test('it tries again on the clock, and catches what goes on failing', async () => {
  const arn = await states.start(MACHINE('sam'), { fail: 'Broken' });
  await states.loop.clock.advance(60_000);
  expect((await states.describe(arn)).status).toBe('RUNNING');
  await states.loop.clock.advance(120_000);
  const { status, output } = await states.ended(arn);
  expect(status).toBe('SUCCEEDED');
  expect(JSON.parse(output ?? '')).toMatchObject({ Error: 'Broken' });
});

test('a role that lacks the right to a function fails the task as Lambda refuses it', async () => {
  const { status, error, cause } = await states.ended(await states.start(MACHINE('inline')));
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'Lambda.AWSLambdaException' });
  expect(cause).toMatch(/is not authorized to perform: lambda:InvokeFunction .*Status Code: 403/);
});

test('the definition is described with its substitutions', async () => {
  const { definition = '', type } = await states.sfn.send(
    new DescribeStateMachineCommand({ stateMachineArn: MACHINE('sam') }),
  );
  expect(type).toBe('STANDARD');
  expect(JSON.parse(definition).States.Work.Parameters.FunctionName).toMatch(/:function:worker$/);
});
