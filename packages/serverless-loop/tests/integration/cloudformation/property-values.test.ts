import {
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { deployingLoop } from './deploying.ts';

// Records of AWS's answers: LocalStack, tests/aws/services/cloudformation/test_change_set_ref.snapshot.json,
// test_change_set_fn_transform.snapshot.json, test_change_sets.snapshot.json, api/test_stacks.snapshot.json.

const UNKNOWN = '{{changeSet:KNOWN_AFTER_APPLY}}';

const topics = (name: string, display: string) => `
Resources:
  Topic1: {Type: AWS::SNS::Topic, Properties: {TopicName: ${name}, DisplayName: ${display}}}
  Topic2: {Type: AWS::SNS::Topic, Properties: {TopicName: topic-name-2, DisplayName: !Ref Topic1}}`;

async function changesWithValues(
  loop: Awaited<ReturnType<typeof deployingLoop>>,
  ChangeSetName: string | undefined,
) {
  const { Changes = [] } = await loop.client.send(
    new DescribeChangeSetCommand({ ChangeSetName, IncludePropertyValues: true }),
  );
  return Changes.map(({ ResourceChange: change }) => ({
    ...change,
    BeforeContext: change?.BeforeContext && JSON.parse(change.BeforeContext),
    AfterContext: change?.AfterContext && JSON.parse(change.AfterContext),
  }));
}

test('what a new resource will be is told, but for what is known only once others are made', async () => {
  const loop = await deployingLoop();
  const { ChangeSetId, Changes } = await loop.changeSet('depot', topics('topic-name-1', 'value'));
  expect(await changesWithValues(loop, ChangeSetId)).toMatchObject([
    { AfterContext: { Properties: { TopicName: 'topic-name-1', DisplayName: 'value' } } },
    { AfterContext: { Properties: { TopicName: 'topic-name-2', DisplayName: UNKNOWN } } },
  ]);
  expect(JSON.stringify(Changes)).not.toContain('Context');
});

test('a change tells each value before and after, and where it stands', async () => {
  const loop = await deployingLoop();
  await loop.deploy('depot', topics('topic-name-1', 'value'));
  const { ChangeSetId, Changes } = await loop.changeSet('depot', topics('updated-topic-name-1', 'new_value'));
  const target = (Name: string, RequiresRecreation: string, BeforeValue: string, AfterValue: string) => ({
    Attribute: 'Properties',
    AttributeChangeType: 'Modify',
    Name,
    Path: `/Properties/${Name}`,
    RequiresRecreation,
    BeforeValue,
    AfterValue,
  });
  const direct = { ChangeSource: 'DirectModification' };
  const topic1 = 'arn:aws:sns:eu-west-1:000000000000:topic-name-1';
  const ofTopic2 = target('DisplayName', 'Never', topic1, UNKNOWN);
  expect(await changesWithValues(loop, ChangeSetId)).toMatchObject([
    {
      LogicalResourceId: 'Topic1',
      Replacement: 'True',
      BeforeContext: { Properties: { DisplayName: 'value', TopicName: 'topic-name-1' } },
      AfterContext: { Properties: { DisplayName: 'new_value', TopicName: 'updated-topic-name-1' } },
      Details: [
        { ...direct, Evaluation: 'Static', Target: target('DisplayName', 'Never', 'value', 'new_value') },
        {
          ...direct,
          Evaluation: 'Static',
          Target: target('TopicName', 'Always', 'topic-name-1', 'updated-topic-name-1'),
        },
      ],
    },
    {
      LogicalResourceId: 'Topic2',
      Replacement: 'False',
      BeforeContext: { Properties: { DisplayName: topic1, TopicName: 'topic-name-2' } },
      AfterContext: { Properties: { DisplayName: UNKNOWN, TopicName: 'topic-name-2' } },
      Details: [
        {
          ChangeSource: 'ResourceReference',
          CausingEntity: 'Topic1',
          Evaluation: 'Static',
          Target: ofTopic2,
        },
        { ...direct, Evaluation: 'Dynamic', Target: ofTopic2 },
      ],
    },
  ]);
  // Without values, the reference alone is told.
  expect(Changes?.[1]?.ResourceChange?.Details).toEqual([
    {
      ChangeSource: 'ResourceReference',
      CausingEntity: 'Topic1',
      Evaluation: 'Static',
      Target: { Attribute: 'Properties', Name: 'DisplayName', RequiresRecreation: 'Never' },
    },
  ]);
});

test('properties that come and go, and resources that go, tell the one side that there is', async () => {
  const loop = await deployingLoop();
  await loop.deploy(
    'depot',
    'Resources: {Boxes: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 3}}, Old: {Type: AWS::SQS::Queue}}',
  );
  const { ChangeSetId } = await loop.changeSet(
    'depot',
    'Resources: {Boxes: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: team, Value: depot}]}}}',
  );
  const [boxes, old] = await changesWithValues(loop, ChangeSetId);
  expect(boxes?.Details?.map(({ Target }) => Target)).toEqual([
    expect.objectContaining({ AttributeChangeType: 'Remove', Name: 'DelaySeconds', BeforeValue: '3' }),
    expect.objectContaining({
      AttributeChangeType: 'Add',
      Name: 'Tags',
      AfterValue: JSON.stringify([{ Key: 'team', Value: 'depot' }]),
    }),
  ]);
  expect(boxes?.Details?.[0]?.Target).not.toHaveProperty('AfterValue');
  expect(boxes?.Details?.[1]?.Target).not.toHaveProperty('BeforeValue');
  expect(old).toMatchObject({ Action: 'Remove', BeforeContext: { Properties: {} } });
  expect(old?.AfterContext).toBeUndefined();
});

const SECRET = `
Parameters: {Word: {Type: String, NoEcho: true}, Seconds: {Type: Number, Default: 3}}
Resources:
  Boxes:
    Type: AWS::SQS::Queue
    Metadata: {Seconds: !Ref Seconds}
    Properties:
      DelaySeconds: !Ref Seconds
      Tags: [{Key: word, Value: !Ref Word}, {Key: words, Value: !Sub 'the \${Word} word'}]`;

test('what a NoEcho parameter gives is told nowhere; a change by a parameter is told with it', async () => {
  const loop = await deployingLoop();
  const secret = (ParameterValue: string) => ({ ParameterKey: 'Word', ParameterValue });
  await loop.deploy('depot', SECRET, { Parameters: [secret('sesame')] });
  const { ChangeSetId, Changes } = await loop.changeSet('depot', SECRET, {
    Parameters: [secret('simsim'), { ParameterKey: 'Seconds', ParameterValue: '5' }],
  });
  const changes = await changesWithValues(loop, ChangeSetId);
  const { StackEvents } = await loop.client.send(new DescribeStackEventsCommand({ StackName: 'depot' }));
  expect(JSON.stringify([changes, StackEvents])).not.toMatch(/sesame|simsim/);
  expect(changes).toMatchObject([
    {
      AfterContext: {
        Properties: {
          DelaySeconds: '5',
          Tags: [
            { Key: 'word', Value: '****' },
            { Key: 'words', Value: 'the **** word' },
          ],
        },
      },
    },
  ]);
  const seconds = (attribute: object) => [
    {
      ChangeSource: 'ParameterReference',
      CausingEntity: 'Seconds',
      Evaluation: 'Static',
      Target: { ...attribute, RequiresRecreation: 'Never' },
    },
    {
      ChangeSource: 'DirectModification',
      Evaluation: 'Dynamic',
      Target: { ...attribute, RequiresRecreation: 'Never' },
    },
  ];
  expect(Changes?.[0]?.ResourceChange?.Scope).toEqual(['Properties', 'Metadata']);
  expect(Changes?.[0]?.ResourceChange?.Details).toEqual(
    expect.arrayContaining([
      ...seconds({ Attribute: 'Properties', Name: 'DelaySeconds' }),
      ...seconds({ Attribute: 'Metadata' }),
    ]),
  );
});

test('an event of a resource tells its properties, and its physical id once it has one', async () => {
  const loop = await deployingLoop();
  await loop.deploy('depot', 'Resources: {Boxes: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 3}}}');
  await loop.deploy('depot', 'Resources: {Boxes: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 5}}}');
  const { StackEvents = [] } = await loop.client.send(new DescribeStackEventsCommand({ StackName: 'depot' }));
  const told = StackEvents.toReversed().map(({ LogicalResourceId, ResourceStatus, ...event }) => [
    LogicalResourceId,
    ResourceStatus,
    event.PhysicalResourceId?.replace(/^http.*(?=\/)/, ''),
    event.ResourceProperties,
  ]);
  const name = expect.stringMatching(/^\/depot-Boxes-/);
  expect(told.filter(([logicalId]) => logicalId === 'Boxes')).toEqual([
    ['Boxes', 'CREATE_IN_PROGRESS', '', '{"DelaySeconds":"3"}'],
    ['Boxes', 'CREATE_IN_PROGRESS', name, '{"DelaySeconds":"3"}'],
    ['Boxes', 'CREATE_COMPLETE', name, '{"DelaySeconds":"3"}'],
    ['Boxes', 'UPDATE_IN_PROGRESS', name, '{"DelaySeconds":"5"}'],
    ['Boxes', 'UPDATE_COMPLETE', name, '{"DelaySeconds":"5"}'],
  ]);
  expect(
    told.filter(([logicalId, , , properties]) => logicalId === 'depot' && properties !== undefined),
  ).toEqual([]);
});

test('a resource is described with its metadata worked out', async () => {
  const loop = await deployingLoop();
  await loop.deploy('depot', SECRET, { Parameters: [{ ParameterKey: 'Word', ParameterValue: 'sesame' }] });
  const { StackResourceDetail } = await loop.client.send(
    new DescribeStackResourceCommand({ StackName: 'depot', LogicalResourceId: 'Boxes' }),
  );
  expect(StackResourceDetail?.Metadata).toBe('{"Seconds":"3"}');
});
