import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { clientOptions, loopUnderTest, MET_ONCE, projectFolder } from '../../loop-in-process.ts';

/** More than a double holds: read and written by JavaScript it ends in 8000. */
const LONG = '12345678901234567890';

const arn = (resource: string) => ({ 'Fn::GetAtt': [resource, 'Arn'] });
const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
const allow = (Principal: unknown, Action: string) => ({ Effect: 'Allow', Principal, Action, Resource: '*' });

const TEMPLATE = JSON.stringify({
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: {
    Teller: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        FunctionName: 'teller',
        InlineCode: 'exports.handler = async () => process.env.CHAT_ID;',
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Environment: { Variables: { CHAT_ID: 'LONG' } },
        EventInvokeConfig: { DestinationConfig: { OnSuccess: { Type: 'SQS', Destination: arn('Records') } } },
      },
    },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'numbers' } },
    Events: queue('events'),
    Records: queue('records'),
    DeadLetters: queue('dead-letters'),
    Raw: queue('raw'),
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: ['Events', 'DeadLetters', 'Raw'].map((Ref) => ({ Ref })),
        PolicyDocument: {
          Statement: [allow({ Service: ['events.amazonaws.com', 'sns.amazonaws.com'] }, 'sqs:SendMessage')],
        },
      },
    },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'numbers' } },
    TopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [{ Ref: 'Topic' }],
        PolicyDocument: { Statement: [allow({ Service: 'events.amazonaws.com' }, 'sns:Publish')] },
      },
    },
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'Topic' },
        Protocol: 'sqs',
        Endpoint: arn('Raw'),
        RawMessageDelivery: true,
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        EventPattern: { detail: { id: ['LONG'] } },
        Targets: [
          { Id: 'whole', Arn: arn('Events') },
          { Id: 'constant', Arn: arn('Events'), Input: '{"constant":LONG}' },
          {
            Id: 'transformer',
            Arn: arn('Events'),
            InputTransformer: {
              InputPathsMap: { id: '$.detail.id', all: '$.detail.list' },
              InputTemplate: '{"id":<id>,"text":"<id>","list":<all>,"event":<aws.events.event.json>}',
            },
          },
          { Id: 'topic', Arn: { Ref: 'Topic' }, InputPath: '$.detail' },
          // Nothing lets the rule invoke it.
          { Id: 'undelivered', Arn: arn('Teller'), DeadLetterConfig: { Arn: arn('DeadLetters') } },
        ],
      },
    },
  },
})
  .replaceAll('"LONG"', LONG)
  .replaceAll('LONG', LONG);

test('a number of any length keeps its digits from end to end', async () => {
  const { loop } = await loopUnderTest(`${projectFolder({ 'template.json': TEMPLATE })}/template.json`);
  const [events, lambda, sqs] = [
    new EventBridgeClient(clientOptions(loop)),
    new LambdaClient(clientOptions(loop)),
    new SQSClient(clientOptions(loop)),
  ];

  async function bodies(QueueName: string, count: number): Promise<string[]> {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const found: string[] = [];
    await expect
      .poll(async () => {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ ...MET_ONCE, QueueUrl, MaxNumberOfMessages: 10 }),
        );
        found.push(...Messages.map(({ Body = '' }) => Body));
        return found.length;
      })
      .toBe(count);
    return found.sort();
  }

  const detail = `{"id":${LONG},"list":[${LONG},1.10]}`;
  const entry = { EventBusName: 'numbers', Source: 'test', DetailType: 'Numbers' };
  await events.send(
    new PutEventsCommand({
      Entries: [
        { ...entry, Detail: detail },
        { ...entry, Detail: '{"id":12345678901234567891}' },
      ],
    }),
  );
  const [constant, transformed = '', whole] = await bodies('events', 3);
  expect(constant).toBe(`{"constant":${LONG}}`);
  expect(transformed).toContain(`{"id":${LONG},"text":"${LONG}","list":[${LONG},1.10],"event":{`);
  expect(transformed).toContain(`"detail":${detail}}}`);
  expect(whole).toContain(`"detail":${detail}}`);
  expect(await bodies('dead-letters', 1)).toEqual([expect.stringContaining(`"detail":${detail}}`)]);

  const Payload = `{"id":${LONG}}`;
  const answer = await lambda.send(new InvokeCommand({ FunctionName: 'teller', Payload }));
  expect(answer.Payload?.transformToString()).toBe(`"${LONG}"`);
  await lambda.send(new InvokeCommand({ FunctionName: 'teller', InvocationType: 'Event', Payload }));
  expect(await bodies('records', 1)).toEqual([expect.stringContaining(`"requestPayload":${Payload}`)]);

  expect(await bodies('raw', 1)).toEqual([detail]);
});
