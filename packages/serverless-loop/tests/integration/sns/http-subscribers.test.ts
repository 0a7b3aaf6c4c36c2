import { createVerify, X509Certificate } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Resources:
  Letters: { Type: AWS::SQS::Queue, Properties: { QueueName: letters, VisibilityTimeout: 43200 } }
  MayNotify:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Letters]
      PolicyDocument:
        Statement:
          - { Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: "*" }
`;

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let loop: RunningLoop;
let sns: SNSClient;
let sqs: SQSClient;

beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, afterAll);
  // A second of SNS's between two attempts is a millisecond.
  loop = await startLoop({ template: `${folder}/template.yaml`, retrySpeed: 1_000 });
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const client = { endpoint: loop.endpoint, region: loop.region, credentials, maxAttempts: 1 };
  sns = new SNSClient(client);
  sqs = new SQSClient(client);
  return async () => {
    sns.destroy();
    sqs.destroy();
    await loop.stop();
  };
});

/** An HTTP endpoint that answers with these statuses, and then with 200. */
async function endpoint(statuses: number[] = []) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}/hook`, received };
}

const waitFor = async <Thing>(look: () => Thing | undefined): Promise<Thing> => {
  let found: Thing | undefined;
  await expect.poll(() => (found = look()), { timeout: 20_000 }).toBeDefined();
  if (found === undefined) throw new Error('It did not come.');
  return found;
};

const parsed = ({ body }: Received): Record<string, string> => JSON.parse(body);
const ofType = (received: Received[], type: string) =>
  waitFor(() => received.find(({ headers }) => headers['x-amz-sns-message-type'] === type));

let topics = 0;
async function newTopic(): Promise<string> {
  topics += 1;
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `http-${topics}` }));
  return TopicArn;
}

/** A topic with an endpoint that was asked, and agreed where `isConfirmed`. */
async function subscribed(
  attributes: Record<string, string> = {},
  { statuses = [], isConfirmed = true }: { statuses?: number[]; isConfirmed?: boolean } = {},
) {
  const TopicArn = await newTopic();
  const { url, received } = await endpoint(statuses);
  const { SubscriptionArn = '' } = await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'http',
      Endpoint: url,
      Attributes: attributes,
      ReturnSubscriptionArn: true,
    }),
  );
  const asked = await ofType(received, 'SubscriptionConfirmation');
  const { Token = '', SubscribeURL = '' } = parsed(asked);
  if (isConfirmed) await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  return { TopicArn, SubscriptionArn, url, received, asked, Token, SubscribeURL };
}

const attributesOf = async (SubscriptionArn: string) =>
  (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;

/** SNS guide, "Fanout Amazon SNS notifications to HTTPS endpoints"; LocalStack's record, test_sns.snapshot.json, test_subscribe_external_http_endpoint. */
describe('an HTTP endpoint that is subscribed', () => {
  test('is asked first, and gets nothing until it agrees by the link that it was sent', async () => {
    const { TopicArn, SubscriptionArn, received, asked, Token, SubscribeURL } = await subscribed(
      {},
      { isConfirmed: false },
    );
    expect(asked.headers).toMatchObject({
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-topic-arn': TopicArn,
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
    });
    expect(asked.headers['x-amz-sns-subscription-arn']).toBeUndefined();
    expect(parsed(asked)).toMatchObject({
      Type: 'SubscriptionConfirmation',
      TopicArn,
      Message: `You have chosen to subscribe to the topic ${TopicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: `${loop.endpoint}/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=${Token}`,
      SignatureVersion: '1',
    });
    expect(await attributesOf(SubscriptionArn)).toMatchObject({
      PendingConfirmation: 'true',
      ConfirmationWasAuthenticated: 'false',
    });
    const listed = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(listed.Subscriptions?.[0]?.SubscriptionArn).toBe('PendingConfirmation');
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({ SubscriptionsPending: '1', SubscriptionsConfirmed: '0' });
    await sns.send(new PublishCommand({ TopicArn, Message: 'too early' }));

    const confirmed = await fetch(SubscribeURL);
    expect([confirmed.status, await confirmed.text()]).toEqual([
      200,
      expect.stringContaining(`<SubscriptionArn>${SubscriptionArn}</SubscriptionArn>`),
    ]);
    expect(await attributesOf(SubscriptionArn)).toMatchObject({
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'false',
    });
    const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: 'in time', Subject: 'so' }));
    const told = await ofType(received, 'Notification');
    expect(told.headers).toMatchObject({
      'x-amz-sns-message-id': MessageId,
      'x-amz-sns-subscription-arn': SubscriptionArn,
    });
    expect(parsed(told)).toMatchObject({
      Type: 'Notification',
      Message: 'in time',
      Subject: 'so',
      MessageId,
    });
    expect(received).toHaveLength(2);
  });

  // SNS guide, "Verifying the signatures of Amazon SNS messages".
  test('can check the signature of a message by the certificate that the message names', async () => {
    const { TopicArn, received, asked } = await subscribed();
    await sns.send(
      new SetTopicAttributesCommand({ TopicArn, AttributeName: 'SignatureVersion', AttributeValue: '2' }),
    );
    await sns.send(new PublishCommand({ TopicArn, Message: 'grüße', Subject: 's' }));
    const names = [
      'Message',
      'MessageId',
      'Subject',
      'SubscribeURL',
      'Timestamp',
      'Token',
      'TopicArn',
      'Type',
    ];
    for (const [message, algorithm] of [
      [parsed(asked), 'RSA-SHA1'],
      [parsed(await ofType(received, 'Notification')), 'RSA-SHA256'],
    ] as const) {
      const { SigningCertURL = '', Signature = '' } = message;
      const { publicKey } = new X509Certificate(await (await fetch(SigningCertURL)).text());
      const isRight = (signed: Record<string, string>) =>
        createVerify(algorithm)
          .update(names.flatMap((name) => (name in signed ? [`${name}\n${signed[name]}\n`] : [])).join(''))
          .verify(publicKey, Signature, 'base64');
      expect([isRight(message), isRight({ ...message, Message: 'another' })]).toEqual([true, false]);
    }
  });

  test('gets a raw message as it is, with a header that says so', async () => {
    const requestPolicy = { headerContentType: 'application/json' };
    const { TopicArn, received } = await subscribed({
      RawMessageDelivery: 'true',
      DeliveryPolicy: JSON.stringify({ requestPolicy }),
    });
    await sns.send(new PublishCommand({ TopicArn, Message: '{"a":1}' }));
    const told = await ofType(received, 'Notification');
    expect(told.body).toBe('{"a":1}');
    expect(told.headers).toMatchObject({
      'x-amz-sns-rawdelivery': 'true',
      'content-type': 'application/json',
    });
  });

  // SNS guide, "Amazon SNS message delivery retries".
  test('that fails is called again by the delivery policy, and what it never takes goes to the redrive queue', async () => {
    const deadLetterTargetArn = `arn:aws:sqs:${loop.region}:000000000000:letters`;
    const healthyRetryPolicy = { numRetries: 2, minDelayTarget: 1, maxDelayTarget: 1 };
    const { TopicArn, received, SubscriptionArn } = await subscribed(
      {
        DeliveryPolicy: JSON.stringify({ healthyRetryPolicy }),
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn }),
      },
      { statuses: [500, 200, 503, 429, 200, 500, 500, 500, 404] },
    );
    expect(received).toHaveLength(2);
    const { EffectiveDeliveryPolicy = '' } = (await attributesOf(SubscriptionArn)) ?? {};
    expect(JSON.parse(EffectiveDeliveryPolicy)).toMatchObject({
      healthyRetryPolicy: { ...healthyRetryPolicy, backoffFunction: 'linear' },
    });
    const QueueUrl = `${loop.endpoint}/000000000000/letters`;
    const letter = async () => {
      const bodies: (string | undefined)[] = [];
      const receive = async () => {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        bodies.push(...Messages.map(({ Body }) => Body));
        return bodies.length;
      };
      await expect.poll(receive, { timeout: 20_000 }).toBe(1);
      return JSON.parse(bodies[0] ?? '{}').Message;
    };
    await sns.send(new PublishCommand({ TopicArn, Message: 'at the third attempt' }));
    await waitFor(() => (received.length === 5 ? true : undefined));
    await sns.send(new PublishCommand({ TopicArn, Message: 'never' }));
    expect([await letter(), received.length]).toEqual(['never', 8]);
    // A refusal that is the client's fault is not tried again.
    await sns.send(new PublishCommand({ TopicArn, Message: 'unwanted' }));
    expect([await letter(), received.length]).toEqual(['unwanted', 9]);
  });

  test('is told when it is unsubscribed by the link in its messages, and comes back by another link', async () => {
    const { TopicArn, received, SubscriptionArn } = await subscribed();
    await sns.send(new PublishCommand({ TopicArn, Message: 'one' }));
    const { UnsubscribeURL = '' } = parsed(await ofType(received, 'Notification'));
    expect((await fetch(UnsubscribeURL)).status).toBe(200);
    const { SubscribeURL = '' } = parsed(await ofType(received, 'UnsubscribeConfirmation'));
    const list = async () =>
      (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions;
    expect(await list()).toEqual([]);
    expect((await fetch(SubscribeURL)).status).toBe(200);
    expect((await list())?.[0]?.SubscriptionArn).toBe(SubscriptionArn);
  });

  // SNS API reference, "ConfirmSubscription", AuthenticateOnUnsubscribe.
  test('may ask that only a signed call ends its subscription', async () => {
    const { TopicArn, Token, SubscriptionArn } = await subscribed({}, { isConfirmed: false });
    await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: 'true' }));
    const link = `${loop.endpoint}/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`;
    const refused = await fetch(link);
    expect([refused.status, await refused.text()]).toEqual([
      403,
      expect.stringContaining('<Code>AuthorizationError</Code>'),
    ]);
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toEqual([]);
  });

  // The same record's broken-topic-arn-confirm and broken-token-confirm.
  test('can’t agree with a wrong token, and no other operation goes by a link', async () => {
    const TopicArn = await newTopic();
    const ask = async (query: string) => {
      const answer = await fetch(`${loop.endpoint}/?${query}`);
      return [answer.status, /<Message>(.*)<\/Message>/.exec(await answer.text())?.[1]];
    };
    const confirm = (arn: string) => ask(`Action=ConfirmSubscription&TopicArn=${arn}&Token=abc`);
    expect(await confirm(TopicArn)).toEqual([400, 'Invalid parameter: Token']);
    expect(await confirm('arn:aws:sns')).toEqual([400, 'Invalid parameter: Topic']);
    expect((await ask(`Action=DeleteTopic&TopicArn=${TopicArn}`))[0]).toBeGreaterThanOrEqual(400);
    expect((await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes?.TopicArn).toBe(TopicArn);
  });

  test('has the protocol that it is subscribed by', async () => {
    const TopicArn = await newTopic();
    const subscribe = (Endpoint: string, Protocol = 'http') =>
      sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }));
    expect((await subscribe('http://hooks.example/in')).SubscriptionArn).toBe('pending confirmation');
    await expect(subscribe('https://hooks.example/in')).rejects.toThrow(
      'Invalid parameter: Endpoint must match the specified protocol',
    );
  });

  // The same record's test_subscribe_sms_endpoint and test_subscribe_invalid_sms.
  test('that is a telephone is subscribed at once, and shown', async () => {
    const TopicArn = await newTopic();
    const subscribe = (Endpoint: string) =>
      sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sms', Endpoint }));
    expect((await subscribe('+123123123')).SubscriptionArn).toMatch(/^arn:aws:sns:/);
    await expect(subscribe('+15--551234567')).rejects.toThrow('Invalid SMS endpoint: +15--551234567');
    await expect(subscribe('NAA+15551234567')).rejects.toThrow('Invalid SMS endpoint: NAA+15551234567');
  });
});
