import {
  CreateChangeSetCommand,
  CreateStackCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { deployingLoop } from './deploying.ts';

const TOPIC = (name: string) =>
  `Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: ${name}}}}`;
const MAP = (content: string, name = '!FindInMap [Map, !Ref Key, Suffix]') =>
  `${TOPIC(name)}\nParameters: {Key: {Type: String, Default: C}}\nMappings: {Map: ${content}}`;
const IF_NOT =
  '{Conditions: {Never: !Equals [1, 2]}, Resources: {Box: {Type: AWS::SQS::Queue}, Topic: {Type: AWS::SNS::Topic, Condition: Never}}';

/**
 * Words of AWS as LocalStack's tests recorded them (tests/aws/services/cloudformation, engine/test_mappings,
 * engine/test_conditions, engine/test_references, api/test_validations, api/test_stacks, api/test_resources,
 * test_change_set_conditions, test_change_set_fn_get_attr, …_select, …_split; all `.snapshot.json`).
 */
const whenDeployed: [template: string, words: string][] = [
  [MAP('{A: {Suffix: a}}'), 'Template error: Unable to get mapping for Map::C::Suffix'],
  [MAP('{C: {Other: a}}'), 'Template error: Unable to get mapping for Map::C::Suffix'],
  [
    `${MAP('{A: {Suffix: a}}', 'News')}\nOutputs: {Out: {Value: !FindInMap [Map, !Ref Key, Suffix]}}`,
    'Template error: Unable to get mapping for Map::C::Suffix',
  ],
  // A resource that the loop can't make itself is checked as well.
  [
    MAP('{A: {Suffix: a}}', 'News').replace(
      'Topic:',
      'Stage: {Type: AWS::Any::Thing, Properties: {Name: !FindInMap [Map, B, Suffix]}}, Topic:',
    ),
    'Template error: Unable to get mapping for Map::B::Suffix',
  ],
  [
    TOPIC('!Ref InvalidRef'),
    'Template format error: Unresolved resource dependencies [InvalidRef] in the Resources block of the template',
  ],
  [
    'Resources: {Box: {Type: AWS::SQS::Queue, DependsOn: NonExistingResource}}',
    'Template format error: Unresolved resource dependencies [NonExistingResource] in the Resources block of the template',
  ],
  // Several in one message (kubernetes-retired/kube-aws, issues 1532 and 1595), each once.
  [
    TOPIC(`!Join ["", [!Ref LAN1A, !Sub "\${LAN1B}", !Ref LAN1A]]`).replace(
      'Topic:',
      'Box: {Type: AWS::SQS::Queue, DependsOn: LAN1C}, Topic:',
    ),
    'Template format error: Unresolved resource dependencies [LAN1A, LAN1B, LAN1C] in the Resources block of the template',
  ],
  [
    `{${TOPIC('a')}, Outputs: {First: {Value: !Ref One}, Second: {Value: !Ref Two}}}`,
    'Template format error: Unresolved resource dependencies [One, Two] in the Outputs block of the template',
  ],
  // aws-amplify/amplify-cli, issue 9537; guardian/elk-stack, issue 23
  [
    TOPIC('!GetAtt InvalidRef.Arn'),
    'Template error: instance of Fn::GetAtt references undefined resource InvalidRef',
  ],
  [
    `{${TOPIC('a')}, Outputs: {Out: {Value: !GetAtt InvalidRef.Arn}}}`,
    'Template error: instance of Fn::GetAtt references undefined resource InvalidRef',
  ],
  [
    TOPIC(`!Sub "\${InvalidRef.Arn}"`),
    'Template error: instance of Fn::Sub references invalid resource attribute InvalidRef.Arn',
  ],
  [
    `${IF_NOT}, Outputs: {Out: {Value: !GetAtt Topic.TopicName}}}`,
    'Unresolved resource dependencies [Topic] in the Outputs block of the template',
  ],
  [
    `${IF_NOT}, Outputs: {Out: {Value: !Ref Topic}}}`,
    'Unresolved resource dependencies [Topic] in the Outputs block of the template',
  ],
  [
    TOPIC('!If [MissingCondition, a, b]'),
    'Template error: unresolved condition dependency MissingCondition in Fn::If',
  ],
  [
    `{Conditions: {One: !Equals [1]}, ${TOPIC('a')}}`,
    'Template error: every Fn::Equals object requires a list of 2 string parameters.',
  ],
  [
    TOPIC('!GetAtt Topic'),
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  ],
  ...['[first, [a]]', '[0, a]', '[5, [a]]'].map((argument): [string, string] => [
    TOPIC(`!Select ${argument}`),
    'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
  ]),
  [
    TOPIC('!Select [0, !Split [","]]'),
    'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
  ],
];

const inForm: [template: string, words: string][] = [
  [
    MAP('{A: {Suffix: !Ref Key}}'),
    'Template format error: Every Mappings attribute must be a String or a List.',
  ],
  [
    MAP('{A: {Suffix: {Value: a}}}'),
    'Template format error: Every Mappings attribute must be a String or a List.',
  ],
  [MAP('{A: suffix-a}'), 'Template format error: Every Mappings member A must be a map'],
  ['Description: nothing', 'Template format error: At least one Resources member must be defined.'],
  ['Resources: {Box: queue}', 'Template format error: Any Resources member must be an object.'],
  [
    'Resources: {Box: {Properties: {}}}',
    'Template format error: [/Resources/Box] Every Resources object must contain a Type member.',
  ],
  [
    'Resources: {my-box: {Type: AWS::SQS::Queue}}',
    'Template format error: Resource name my-box is non alphanumeric.',
  ],
  [
    'Resources: {Box: {Type: AWS::SQS::Queue}}\nParameters: {"AWS::NoValue": {Type: String, Default: a}}',
    'Template format error: Parameter name AWS::NoValue is non alphanumeric.',
  ],
  ['Resources: {Box: {Type: AWS::SQS::Queue, Invalid: 1}}', "Invalid template resource property 'Invalid'"],
  ['just text', 'Template format error: unsupported structure.'],
];

test('a template that AWS refuses is refused in its words, by CreateChangeSet and CreateStack', async () => {
  const { client, describe } = await deployingLoop();
  for (const [TemplateBody, words] of [...whenDeployed, ...inForm]) {
    const called = { StackName: 'depot', TemplateBody };
    const refusal = { name: 'ValidationError', message: words };
    const changeSet = { ...called, ChangeSetName: 'first', ChangeSetType: 'CREATE' as const };
    await expect(client.send(new CreateChangeSetCommand(changeSet)), TemplateBody).rejects.toMatchObject(
      refusal,
    );
    await expect(client.send(new CreateStackCommand(called)), TemplateBody).rejects.toMatchObject(refusal);
  }
  await expect(describe('depot')).rejects.toThrow('does not exist');
});

test('ValidateTemplate refuses what is wrong in its form; values of parameters it does not know', async () => {
  const { client } = await deployingLoop();
  for (const [TemplateBody, words] of inForm)
    await expect(
      client.send(new ValidateTemplateCommand({ TemplateBody })),
      TemplateBody,
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message: words,
    });
  const { Parameters } = await client.send(
    new ValidateTemplateCommand({ TemplateBody: MAP('{A: {Suffix: a}}') }),
  );
  expect(Parameters).toMatchObject([{ ParameterKey: 'Key', DefaultValue: 'C', NoEcho: false }]);
});

test('what a transform leaves wrong fails the change set, in the same words', async () => {
  const loop = await deployingLoop();
  expect(
    await loop.changeSet('depot', `Transform: AWS::Serverless-2016-10-31\n${MAP('{A: {Suffix: a}}')}`),
  ).toMatchObject({
    Status: 'FAILED',
    StatusReason: 'Template error: Unable to get mapping for Map::C::Suffix',
  });
});

test('a template with a transform is updated by UpdateStack though nothing changes', async () => {
  // LocalStack, api/test_stacks.py, test_update_stack_with_same_template_withoutchange_transformation
  const loop = await deployingLoop();
  const TemplateBody = `Transform: AWS::Serverless-2016-10-31\n${TOPIC('News')}`;
  await loop.deploy('depot', TemplateBody);
  await loop.client.send(
    new UpdateStackCommand({ StackName: 'depot', TemplateBody, Capabilities: ['CAPABILITY_AUTO_EXPAND'] }),
  );
  expect((await loop.settled('depot')).StackStatus).toBe('UPDATE_COMPLETE');
  // aws/aws-cdk, issue 10650
  expect(await loop.changeSet('depot', TemplateBody)).toMatchObject({
    Status: 'FAILED',
    StatusReason: 'No updates are to be performed.',
  });
});

test('a policy that is said no longer is a change, though it said what holds without it', async () => {
  const loop = await deployingLoop();
  const withPolicies = TOPIC('News').replace(
    'Type:',
    'DeletionPolicy: Delete, UpdateReplacePolicy: Delete, Type:',
  );
  await loop.deploy('depot', withPolicies);
  const update = (TemplateBody: string) =>
    loop.client.send(new UpdateStackCommand({ StackName: 'depot', TemplateBody }));
  await update(withPolicies.replace('UpdateReplacePolicy: Delete, ', ''));
  expect((await loop.settled('depot')).StackStatus).toBe('UPDATE_COMPLETE');
  await expect(update(withPolicies.replace('UpdateReplacePolicy: Delete, ', ''))).rejects.toThrow(
    'No updates are to be performed.',
  );
  const { Changes } = await loop.changeSet('depot', TOPIC('News'));
  expect(Changes?.[0]?.ResourceChange).toMatchObject({
    Action: 'Modify',
    Replacement: 'False',
    Scope: ['DeletionPolicy'],
    Details: [{ Target: { Attribute: 'DeletionPolicy', RequiresRecreation: 'Never' }, Evaluation: 'Static' }],
  });
});

test("the CDK's metadata is no obstacle to a stack", async () => {
  const loop = await deployingLoop();
  const stack = await loop.deploy(
    'depot',
    'Resources: {CDKMetadata: {Type: AWS::CDK::Metadata, Properties: {Analytics: v2}}}',
  );
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect(await loop.events('depot')).toContainEqual(
    expect.stringMatching(/^CDKMetadata CREATE_COMPLETE The loop: accepted/),
  );
});
