import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DescribeStackEventsCommand,
  GetTemplateCommand,
  type GetTemplateCommandInput,
  GetTemplateSummaryCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { deployingLoop, TELLER } from './deploying.ts';

// Records of AWS's answers: LocalStack, tests/aws/services/cloudformation/api/test_templates.snapshot.json,
// test_stacks.snapshot.json, test_changesets.snapshot.json.

const TOPIC = 'Resources: {topic123: {Type: AWS::SNS::Topic}, other: {Type: AWS::SNS::Topic}}';

test('GetTemplate tells the template of a change set', async () => {
  const { client, changeSet } = await deployingLoop();
  const { ChangeSetId = '', ChangeSetName = '' } = await changeSet('depot', TOPIC);
  const get = (input: GetTemplateCommandInput) => client.send(new GetTemplateCommand(input));
  expect((await get({ ChangeSetName: ChangeSetId })).TemplateBody).toBe(TOPIC);
  expect((await get({ ChangeSetName, StackName: 'depot' })).TemplateBody).toBe(TOPIC);
  await expect(get({ ChangeSetName })).rejects.toThrow('StackName is a required parameter.');
  await expect(get({})).rejects.toThrow('StackName is required if ChangeSetName is not specified.');
  await expect(get({ StackName: 'no-such-stack' })).rejects.toThrow(
    'Stack with id no-such-stack does not exist',
  );
  await client.send(new DeleteChangeSetCommand({ ChangeSetName: ChangeSetId }));
  await expect(get({ ChangeSetName: ChangeSetId })).rejects.toMatchObject({
    name: 'ChangeSetNotFoundException',
    message: `ChangeSet [${ChangeSetId}] does not exist`,
  });
});

test('GetTemplateSummary names the resources by their types, and no capabilities where none are needed', async () => {
  const { client, changeSet } = await deployingLoop();
  const { $metadata: _, ...summary } = await client.send(
    new GetTemplateSummaryCommand({ TemplateBody: `AWSTemplateFormatVersion: '2010-09-09'\n${TOPIC}` }),
  );
  expect(summary).toEqual({
    Parameters: [],
    ResourceIdentifierSummaries: [
      { ResourceType: 'AWS::SNS::Topic', LogicalResourceIds: ['topic123', 'other'] },
    ],
    ResourceTypes: ['AWS::SNS::Topic'],
    Version: '2010-09-09',
  });
  await changeSet('depot', TOPIC);
  await expect(client.send(new GetTemplateSummaryCommand({ StackName: 'depot' }))).rejects.toThrow(
    'GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.',
  );
});

test('ValidateTemplate tells of parameters, and of nothing that is not there', async () => {
  const { client } = await deployingLoop();
  const { $metadata: _, ...validated } = await client.send(
    new ValidateTemplateCommand({
      TemplateBody: `Parameters: {Key: {Type: String, Description: The key}}\n${TOPIC}`,
    }),
  );
  expect(validated).toEqual({
    Parameters: [{ Description: 'The key', NoEcho: false, ParameterKey: 'Key' }],
  });
});

test('operations name a stack that is not there, and names that are none, as AWS does', async () => {
  const { client } = await deployingLoop();
  const StackName = 'no-such-stack';
  const missing = `Stack [${StackName}] does not exist`;
  await expect(client.send(new DescribeStackEventsCommand({ StackName }))).rejects.toThrow(missing);
  await expect(client.send(new UpdateStackCommand({ StackName, TemplateBody: TOPIC }))).rejects.toThrow(
    missing,
  );
  const wrong = { StackName: '*@da591fa3_$', TemplateBody: TOPIC };
  const changeSet = { ...wrong, ChangeSetName: 'first', ChangeSetType: 'CREATE' as const };
  await expect(client.send(new CreateChangeSetCommand(changeSet))).rejects.toThrow(
    "1 validation error detected: Value '*@da591fa3_$' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*",
  );
  await expect(client.send(new CreateStackCommand(wrong))).rejects.toThrow(
    'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*',
  );
});

test('a parameter takes its previous value or a new one, not both', async () => {
  // moto, tests/test_cloudformation/test_cloudformation_stack_crud.py, test_update_stack_with_previous_value (aws_verified)
  const loop = await deployingLoop();
  await loop.deploy('depot', TELLER);
  await expect(
    loop.client.send(
      new UpdateStackCommand({
        StackName: 'depot',
        UsePreviousTemplate: true,
        Capabilities: ['CAPABILITY_IAM'],
        Parameters: [{ ParameterKey: 'Word', UsePreviousValue: true, ParameterValue: 'n/a' }],
      }),
    ),
  ).rejects.toThrow(
    'Invalid input for parameter key Word. Cannot specify usePreviousValue as true and non empty value for a parameter',
  );
});
