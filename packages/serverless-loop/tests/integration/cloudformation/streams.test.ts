import { DescribeStreamSummaryCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { expect, onTestFinished, test } from 'vitest';
import { kinesisClient, refusalOf } from '../kinesis/running-kinesis.ts';
import { deployingLoop } from './deploying.ts';

const template = ({ shards = 1, mayRead = true } = {}) => `
Resources:
  Boxes: {Type: AWS::Kinesis::Stream, Properties: {Name: boxes, ShardCount: ${shards}}}
  Teller:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: teller
      Handler: index.handler
      Runtime: nodejs24.x
      Role: !GetAtt TellerRole.Arn
      Code: {ZipFile: 'exports.handler = async () => null;'}
  TellerRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: lambda.amazonaws.com}}}
      ${mayRead ? "ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole']" : ''}
  Reading:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Boxes.Arn, FunctionName: !Ref Teller, StartingPosition: TRIM_HORIZON}
`;

test('a stream and the mapping that reads it are deployed, changed and removed', async () => {
  const { deploy, remove, loop, factsOf } = await deployingLoop();
  const kinesis = kinesisClient({ endpoint: loop.endpoint, region: 'eu-west-1' });
  onTestFinished(() => kinesis.destroy());
  expect((await deploy('streams', template())).StackStatus).toBe('CREATE_COMPLETE');
  await kinesis.send(
    new PutRecordCommand({ StreamName: 'boxes', Data: Buffer.from('a box'), PartitionKey: 'key' }),
  );
  await loop.idle();
  expect(factsOf('batch.succeeded')).toMatchObject([{ functionName: 'teller', recordCount: 1 }]);

  expect((await deploy('streams', template({ shards: 2 }))).StackStatus).toBe('UPDATE_COMPLETE');
  const { StreamDescriptionSummary } = await kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName: 'boxes' }),
  );
  expect(StreamDescriptionSummary?.OpenShardCount).toBe(2);

  await remove('streams');
  expect(await refusalOf(kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 'boxes' })))).toContain(
    'ResourceNotFoundException',
  );
});

test('a mapping whose function may not read the stream fails the stack in Lambda’s words', async () => {
  const { deploy, events } = await deployingLoop();
  const { StackStatus } = await deploy('streams', template({ mayRead: false }));
  expect(StackStatus).toBe('ROLLBACK_COMPLETE');
  expect((await events('streams')).join()).toContain(
    'Cannot access stream arn:aws:kinesis:eu-west-1:000000000000:stream/boxes. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.',
  );
});
