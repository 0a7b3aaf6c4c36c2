import { EventBridgeClient, ListTargetsByRuleCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Resources:
  Row:
    Type: AWS::SQS::Queue
    Properties: { QueueName: row.fifo, FifoQueue: true, ContentBasedDeduplication: true }
  Strict: { Type: AWS::SQS::Queue, Properties: { QueueName: strict.fifo, FifoQueue: true } }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
  MaySend:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Row, !Ref Strict, !Ref Lost]
      PolicyDocument:
        Statement:
          - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: "*" }
  Rule:
    Type: AWS::Events::Rule
    Properties:
      Name: to-queues
      EventPattern: { source: [depot] }
      Targets:
        - { Id: row, Arn: !GetAtt Row.Arn, SqsParameters: { MessageGroupId: parcels } }
        - { Id: strict, Arn: !GetAtt Strict.Arn, SqsParameters: { MessageGroupId: parcels }, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } }
`;

let loop: RunningLoop;
let events: EventBridgeClient;
let sqs: SQSClient;
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, afterAll);
  loop = await startLoop({ template: `${folder}/template.yaml` });
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const client = { endpoint: loop.endpoint, region: loop.region, credentials };
  events = new EventBridgeClient(client);
  sqs = new SQSClient(client);
  return async () => {
    events.destroy();
    sqs.destroy();
    await loop.stop();
  };
});

async function messagesIn(name: string) {
  const QueueUrl = `${loop.endpoint}/000000000000/${name}`;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

// EventBridge API reference, "SqsParameters": the queue "must have content-based deduplication enabled".
test('events come to a FIFO queue in the group of their target, and are dead letters where nothing tells duplicates', async () => {
  const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: 'to-queues' }));
  expect(Targets?.[0]).toMatchObject({ Id: 'row', SqsParameters: { MessageGroupId: 'parcels' } });
  const Entries = ['1', '2', '3'].map((n) => ({
    Source: 'depot',
    DetailType: 'Parcel',
    Detail: `{"n":${n}}`,
  }));
  await events.send(new PutEventsCommand({ Entries }));
  await loop.idle();
  const messages = await messagesIn('row.fifo');
  expect(messages.map(({ Body = '' }) => JSON.parse(Body).detail.n)).toEqual([1, 2, 3]);
  expect(messages[0]?.Attributes?.MessageGroupId).toBe('parcels');
  expect(await messagesIn('strict.fifo')).toEqual([]);
  const [letter] = await messagesIn('lost');
  expect(letter?.MessageAttributes?.ERROR_MESSAGE?.StringValue).toContain(
    'The queue should either have ContentBasedDeduplication enabled',
  );
});
