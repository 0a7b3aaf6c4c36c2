import {
  AddPermissionCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { deployingLoop, outputOf, TELLER } from './deploying.ts';

const OWNER = (word: string) =>
  TELLER.replace('Default: first', `Default: ${word}`).replace(
    'Outputs: {',
    'Outputs: {TellerArn: {Value: !GetAtt Teller.Arn, Export: {Name: TellerArn}}, ',
  );

const GIVER = `
Resources:
  Box: {Type: AWS::SQS::Queue}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !ImportValue TellerArn}}
  Alias:
    Type: AWS::Lambda::Alias
    Properties: {Name: live, FunctionName: !ImportValue TellerArn, FunctionVersion: !GetAtt Version.Version}
  OfFunction:
    Type: AWS::Lambda::EventInvokeConfig
    Properties: {FunctionName: !ImportValue TellerArn, Qualifier: $LATEST, MaximumRetryAttempts: 0}
  OfAlias:
    Type: AWS::Lambda::EventInvokeConfig
    DependsOn: Alias
    Properties:
      FunctionName: !ImportValue TellerArn
      Qualifier: live
      MaximumRetryAttempts: 1
      DestinationConfig: {OnFailure: {Destination: !GetAtt Box.Arn}}
Outputs: {Alias: {Value: !Ref Alias}, Version: {Value: !GetAtt Version.Version}, BoxArn: {Value: !GetAtt Box.Arn}}
`;

test("another stack's function has the version, alias and settings of a stack for as long as that is there", async () => {
  const deploying = await deployingLoop();
  const lambda = new LambdaClient(clientOptions(deploying.loop));
  await deploying.deploy('owner', OWNER('first'));
  const name = outputOf(await deploying.settled('owner'), 'TellerName');
  await deploying.deploy('giver', GIVER);
  const giver = await deploying.settled('giver');
  const alias = outputOf(giver, 'Alias');
  expect(outputOf(giver, 'Version')).toBe('1');
  expect(alias).toMatch(new RegExp(`:function:${name}:live$`));
  expect(await deploying.ask(alias)).toBe('first');

  const settings = (Qualifier?: string) =>
    lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: name, Qualifier }));
  const ofAlias = {
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnFailure: { Destination: outputOf(giver, 'BoxArn') } },
  };
  expect(await settings()).toMatchObject({ MaximumRetryAttempts: 0 });
  expect(await settings('live')).toMatchObject(ofAlias);

  // An update of the function's own stack leaves what others have given it.
  await deploying.deploy('owner', OWNER('second'));
  expect((await deploying.settled('owner')).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await deploying.ask(alias)).toBe('second');
  expect(await settings()).toMatchObject({ MaximumRetryAttempts: 0 });
  expect(await settings('live')).toMatchObject(ofAlias);

  await deploying.remove('giver');
  await expect(deploying.ask(alias)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(settings()).rejects.toThrow("doesn't have an EventInvokeConfig");
  expect(await deploying.ask(name)).toBe('second');
});

test('settings for an alias that the function of another stack has not fail their stack', async () => {
  const deploying = await deployingLoop();
  await deploying.deploy('owner', OWNER('first'));
  await deploying.deploy(
    'giver',
    GIVER.replace('Qualifier: live', 'Qualifier: other').replace('    DependsOn: Alias\n', ''),
  );
  expect((await deploying.settled('giver')).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await deploying.events('giver')).toContainEqual(
    expect.stringMatching(/^OfAlias CREATE_FAILED .*Function not found: \S+:other/),
  );
});

test('a permission that was added to a function of the started template survives a deployment over it', async () => {
  const deploying = await deployingLoop(OWNER('first'));
  const lambda = new LambdaClient(clientOptions(deploying.loop));
  const FunctionName = outputOf(await deploying.describe('test'), 'TellerName');
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'mine',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
    }),
  );
  await deploying.deploy('test', OWNER('second'));
  expect((await deploying.settled('test')).StackStatus).toBe('UPDATE_COMPLETE');
  const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
  expect(JSON.parse(Policy).Statement).toMatchObject([{ Sid: 'mine' }]);
});
