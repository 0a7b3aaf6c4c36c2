import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { signedFor } from '../gateway/gateway-under-test.ts';

const template = (policy = '{ shop: [pets, { prefix: b }], size: [ { numeric: [ ">", 3 ] } ] }') => `
Transform: AWS::Serverless-2016-10-31
Resources:
  News: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: handler.handler
      CodeUri: code/
      Events:
        Told: { Type: SNS, Properties: { Topic: !Ref News, FilterPolicy: ${policy} } }
  Inbox: { Type: AWS::SQS::Queue, Properties: { QueueName: inbox } }
  ByBody:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref News
      Protocol: sqs
      Endpoint: !GetAtt Inbox.Arn
      RawMessageDelivery: true
      FilterPolicyScope: MessageBody
      FilterPolicy: { box: { colour: [ { anything-but: red } ] } }
  Closed: { Type: AWS::SQS::Queue, Properties: { QueueName: closed } }
  ToClosed:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref News
      Protocol: sqs
      Endpoint: !GetAtt Closed.Arn
      RawMessageDelivery: true
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Lost.Arn }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
  MayNotify:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [ !Ref Inbox, !Ref Lost ]
      PolicyDocument:
        Statement: [ { Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: "*" } ]
`;
const HANDLER = `exports.handler = async ({ Records: [{ Sns }] }) => { process.stdout.write('GOT ' + Sns.Message + '\\n'); };`;

async function running(text: string) {
  const folder = projectFolder({ 'template.yaml': text, 'code/handler.js': HANDLER });
  const loop = await startLoop({ template: `${folder}/template.yaml` });
  onTestFinished(loop.stop);
  const sqs = new SQSClient({
    endpoint: loop.endpoint,
    region: loop.region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  onTestFinished(() => sqs.destroy());
  return {
    loop,
    async publish(Message: string, attributes: [name: string, type: string, value: string][] = []) {
      const members = attributes.flatMap(([name, type, value], index) => {
        const entry = `MessageAttributes.entry.${index + 1}`;
        return [
          [`${entry}.Name`, name],
          [`${entry}.Value.DataType`, type],
          [`${entry}.Value.StringValue`, value],
        ] as const;
      });
      const form = new URLSearchParams({
        Version: '2010-03-31',
        Action: 'Publish',
        TopicArn: loop.physicalId('News'),
        Message,
      });
      for (const [name, value] of members) form.append(name, value);
      const answer = await fetch(loop.endpoint, {
        method: 'POST',
        headers: { Authorization: signedFor('sns') },
        body: form,
      });
      expect(answer.status).toBe(200);
      await loop.idle();
    },
    got: () =>
      loop.facts
        .soFar()
        .flatMap((fact) => (fact.kind === 'log' && fact.line.startsWith('GOT ') ? [fact.line.slice(4)] : [])),
    async bodiesIn(logicalId: string) {
      const QueueUrl = loop.physicalId(logicalId);
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      return Messages.map(({ Body }) => Body);
    },
  };
}

test('a filter policy lets through what all its attributes match, of any of their values', async () => {
  const { publish, got, loop } = await running(template());
  await publish('none');
  await publish('small', [
    ['shop', 'String', 'pets'],
    ['size', 'Number', '3'],
  ]);
  await publish('other', [
    ['shop', 'String', 'cars'],
    ['size', 'Number', '4'],
  ]);
  await publish('wanted', [
    ['shop', 'String', 'books'],
    ['size', 'Number', '4'],
  ]);
  // SNS guide, "Subscription filter policies": an attribute String.Array matches when one of its values does.
  await publish('of many', [
    ['shop', 'String.Array', '["cars","pets"]'],
    ['size', 'Number', '4'],
  ]);
  expect(got()).toEqual(['wanted', 'of many']);
  const filtered = loop.facts.soFar().filter(({ kind }) => kind === 'notification.filtered');
  expect(filtered.filter((fact) => 'protocol' in fact && fact.protocol === 'lambda')).toHaveLength(3);
});

// https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering-scope.html: FilterPolicyScope MessageBody
test('a filter policy on the body matches a JSON object and nothing else', async () => {
  const { publish, bodiesIn } = await running(template());
  await publish('no JSON');
  await publish('{"box":{"colour":"red"}}');
  await publish('{"box":{"colour":"blue"}}');
  expect(await bodiesIn('Inbox')).toEqual(['{"box":{"colour":"blue"}}']);
});

// https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
test('a message that its subscriber refuses goes to the queue of the redrive policy', async () => {
  const { publish, bodiesIn, loop } = await running(template());
  await publish('for the closed one');
  expect(await bodiesIn('Lost')).toEqual(['for the closed one']);
  const failed = loop.facts.soFar().find(({ kind }) => kind === 'notification.failed');
  expect(failed).toMatchObject({ deadLetterArn: 'arn:aws:sqs:us-east-1:000000000000:lost' });
});

test('a filter policy that is none is refused', async () => {
  await expect(running(template('{ shop: [ { like: b } ] }'))).rejects.toThrow(
    'Invalid parameter: FilterPolicy: ',
  );
});
