import { CreateStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { clientOptions, MET_ONCE } from '../../loop-in-process.ts';
import { signedFor } from '../gateway/gateway-under-test.ts';
import { deployingLoop, outputOf } from './deploying.ts';

type Deploying = Awaited<ReturnType<typeof deployingLoop>>;

const Capabilities = ['CAPABILITY_NAMED_IAM' as const];

async function create({ client, settled }: Deploying, StackName: string, TemplateBody: string) {
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
  const stack = await settled(StackName);
  expect(stack.StackStatus, stack.StackStatusReason).toBe('CREATE_COMPLETE');
  return stack;
}

async function update({ client, settled }: Deploying, StackName: string, TemplateBody: string) {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody, Capabilities }));
  const stack = await settled(StackName);
  expect(stack.StackStatus, stack.StackStatusReason).toBe('UPDATE_COMPLETE');
}

/** The bodies of what is there, which is taken off the queue. */
async function taken({ loop }: Deploying, QueueUrl: string): Promise<string[]> {
  const sqs = new SQSClient(clientOptions(loop));
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ ...MET_ONCE, QueueUrl }));
  for (const { ReceiptHandle } of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ Body = '' }) => Body);
}

/** The bodies of what comes next. It isn't waited for by WaitTimeSeconds, which this loop's clock is through with a thousand times as fast. */
async function received(loop: Deploying, queueUrl: string): Promise<string[]> {
  let bodies: string[] = [];
  await expect.poll(async () => (bodies = await taken(loop, queueUrl))).not.toEqual([]);
  return bodies;
}

/** In SNS's query protocol. */
async function askSns({ loop }: Deploying, input: Record<string, string>): Promise<string> {
  const answer = await fetch(loop.endpoint, {
    method: 'POST',
    headers: { Authorization: signedFor('sns') },
    body: new URLSearchParams({ ...input, Version: '2010-03-31' }),
  });
  expect(answer.status).toBe(200);
  return answer.text();
}

function publish(loop: Deploying, TopicArn: string, Message: string): Promise<string> {
  return askSns(loop, { Action: 'Publish', TopicArn, Message });
}

const exported = (name: string, value: string) => `${name}: {Value: ${value}, Export: {Name: ${name}}}`;

const TOPIC = (more = '') => `
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {${more}}}
Outputs: {${exported('NewsArn', '!Ref Topic')}}`;

const mayTell = (queue: string, service: string, source: string) => `
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [${queue}]
      PolicyDocument:
        Statement:
          Effect: Allow
          Principal: {Service: ${service}}
          Action: sqs:SendMessage
          Resource: '*'
          Condition: {ArnEquals: {aws:SourceArn: ${source}}}`;

const SUBSCRIBER = (isRaw: boolean, policy = '') => `
Resources:
  Box: {Type: AWS::SQS::Queue}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !ImportValue NewsArn
      Protocol: sqs
      Endpoint: !GetAtt Box.Arn
      RawMessageDelivery: ${isRaw}
${policy && `  Policy: ${policy}`}
Outputs: {Box: {Value: !Ref Box}, Subscription: {Value: !Ref Subscription}}`;

test('a subscription to the topic of another stack delivers for as long as its own stack has it', async () => {
  const loop = await deployingLoop();
  const TopicArn = outputOf(await create(loop, 'news', TOPIC()), 'NewsArn');
  const policy = mayTell('!Ref Box', 'sns.amazonaws.com', '!ImportValue NewsArn');
  const reader = await create(loop, 'reader', SUBSCRIBER(false, policy));
  const box = outputOf(reader, 'Box');
  const subscriptions = async () => {
    const answer = await askSns(loop, { Action: 'ListSubscriptionsByTopic', TopicArn });
    return [...answer.matchAll(/<SubscriptionArn>(.*?)</g)].map(([, arn]) => arn);
  };
  expect(await subscriptions()).toEqual([outputOf(reader, 'Subscription')]);
  await publish(loop, TopicArn, 'first');
  expect(JSON.parse((await received(loop, box))[0] ?? '')).toMatchObject({ TopicArn, Message: 'first' });

  // Neither does an update of the topic's stack end it, nor one of its own make another one.
  await update(loop, 'news', TOPIC('DisplayName: News'));
  await update(loop, 'reader', SUBSCRIBER(true, policy));
  await publish(loop, TopicArn, 'second');
  expect(await received(loop, box)).toEqual(['second']);
  expect(await subscriptions()).toEqual([outputOf(reader, 'Subscription')]);

  await loop.remove('reader');
  expect(await subscriptions()).toEqual([]);
});

test('a queue whose policy says nothing of the topic gets nothing from it', async () => {
  const loop = await deployingLoop();
  const topicArn = outputOf(await create(loop, 'news', TOPIC()), 'NewsArn');
  await create(loop, 'reader', SUBSCRIBER(true));
  await publish(loop, topicArn, 'first');
  await expect
    .poll(() => loop.factsOf('notification.failed'))
    .toMatchObject([{ reason: expect.stringContaining('no resource-based policy allows') }]);
});

test('a subscription to no topic at all fails its stack, as on AWS', async () => {
  const loop = await deployingLoop();
  const template = SUBSCRIBER(true).replace(
    '!ImportValue NewsArn',
    'arn:aws:sns:eu-west-1:000000000000:no-such-topic',
  );
  await loop.client.send(new CreateStackCommand({ StackName: 'reader', TemplateBody: template }));
  expect((await loop.settled('reader')).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await loop.events('reader')).toContainEqual(
    expect.stringMatching(/^Subscription CREATE_FAILED .*Topic does not exist/),
  );
});

const TARGETS = `
Resources:
  Box: {Type: AWS::SQS::Queue}
  Topic: {Type: AWS::SNS::Topic}
  Echo:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Role: !GetAtt Role.Arn
      Code: {ZipFile: 'exports.handler = async (event) => console.log("GOT " + event.detail.number);'}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: lambda.amazonaws.com}}}
      ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]
Outputs:
  ${exported('BoxArn', '!GetAtt Box.Arn')}
  ${exported('BoxUrl', '!Ref Box')}
  ${exported('TopicArn', '!Ref Topic')}
  ${exported('EchoArn', '!GetAtt Echo.Arn')}
  ${exported('RoleArn', '!GetAtt Role.Arn')}`;

const RULE = (policies: string) => `
Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [depot]}
      Targets:
        - {Id: box, Arn: !ImportValue BoxArn, InputPath: $.detail.number}
        - {Id: topic, Arn: !ImportValue TopicArn}
        - {Id: echo, Arn: !ImportValue EchoArn}
${policies}`;

const POLICIES = `
  BoxPolicy: ${mayTell('!ImportValue BoxUrl', 'events.amazonaws.com', '!GetAtt Rule.Arn')}
  TopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!ImportValue TopicArn]
      PolicyDocument: {Statement: {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: 'sns:Publish', Resource: '*'}}
  Permission:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !ImportValue EchoArn, Action: 'lambda:InvokeFunction', Principal: events.amazonaws.com, SourceArn: !GetAtt Rule.Arn}`;

function putEvent({ loop }: Deploying, number: number) {
  const Entries = [{ Source: 'depot', DetailType: 'box', Detail: JSON.stringify({ number }) }];
  return new EventBridgeClient(clientOptions(loop)).send(new PutEventsCommand({ Entries }));
}

test("a rule's targets in another stack get its events, by policies that the rule's stack gives them", async () => {
  const loop = await deployingLoop();
  const box = outputOf(await create(loop, 'targets', TARGETS), 'BoxUrl');
  await create(loop, 'rules', RULE(POLICIES));
  await putEvent(loop, 7);
  expect(await received(loop, box)).toEqual(['7']);
  await expect.poll(() => loop.factsOf('topic.published')).toHaveLength(1);
  await expect
    .poll(() =>
      loop
        .factsOf('log')
        .map((fact) => JSON.stringify(fact))
        .join('\n'),
    )
    .toContain('GOT 7');

  // The targets' stack leaves what others have given them.
  await update(
    loop,
    'targets',
    TARGETS.replace('Type: AWS::SQS::Queue', 'Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 5}')
      .replace('"GOT "', '"STILL "')
      .replace('Type: AWS::SNS::Topic', 'Type: AWS::SNS::Topic, Properties: {DisplayName: News}'),
  );
  await putEvent(loop, 8);
  expect(await received(loop, box)).toEqual(['8']);
  await expect
    .poll(() =>
      loop
        .factsOf('log')
        .map((fact) => JSON.stringify(fact))
        .join('\n'),
    )
    .toContain('STILL 8');
});

test('without policies, and once these are gone, the targets take nothing', async () => {
  const loop = await deployingLoop();
  const box = outputOf(await create(loop, 'targets', TARGETS), 'BoxUrl');
  await create(loop, 'rules', RULE(POLICIES));
  // A topic without a policy of its own takes what its account's services publish, so it isn't asked here.
  const policies = POLICIES.replace(/ {2}BoxPolicy:[\s\S]*?(?= {2}TopicPolicy)/, '').replace(
    / {2}Permission:[\s\S]*/,
    '',
  );
  await update(loop, 'rules', RULE(policies));
  await putEvent(loop, 7);
  await expect
    .poll(() => loop.factsOf('delivery.lost').map(({ errorCode }) => errorCode))
    .toEqual(['NO_PERMISSIONS', 'NO_PERMISSIONS']);
  expect(await taken(loop, box)).toEqual([]);
});

test('a function runs with a role of another stack, and may do what that role may now', async () => {
  const loop = await deployingLoop();
  const role = (action: string) => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: lambda.amazonaws.com}}}
      Policies: [{PolicyName: boxes, PolicyDocument: {Statement: {Effect: Allow, Action: '${action}', Resource: '*'}}}]
Outputs: {${exported('SenderArn', '!GetAtt Role.Arn')}}`;
  const SENDER = `
Resources:
  Box: {Type: AWS::SQS::Queue}
  Sender:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Role: !ImportValue SenderArn
      Code: {ZipFile: 'exports.handler = async (event) => event;'}
  Config:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Sender
      Qualifier: $LATEST
      DestinationConfig: {OnSuccess: {Destination: !GetAtt Box.Arn}}
Outputs: {Sender: {Value: !Ref Sender}, Box: {Value: !Ref Box}}`;
  await create(loop, 'roles', role('sqs:SendMessage'));
  const senders = await create(loop, 'senders', SENDER);
  expect((await loop.events('senders')).join('\n')).not.toContain('is not known here');
  const invoke = () =>
    new LambdaClient(clientOptions(loop.loop)).send(
      new InvokeCommand({
        FunctionName: outputOf(senders, 'Sender'),
        InvocationType: 'Event',
        Payload: '{}',
      }),
    );
  await invoke();
  expect(await received(loop, outputOf(senders, 'Box'))).toHaveLength(1);

  await update(loop, 'roles', role('sqs:ReceiveMessage'));
  await invoke();
  await expect.poll(() => loop.factsOf('destination.failed')).toHaveLength(1);
  // A policy that yet another stack attaches to the role counts, and is left by the role's own stack.
  await create(loop, 'policies', POLICY);
  await update(loop, 'roles', role('sqs:DeleteMessage'));
  await invoke();
  expect(await received(loop, outputOf(senders, 'Box'))).toHaveLength(1);
  await loop.remove('policies');
  await invoke();
  await expect.poll(() => loop.factsOf('destination.failed')).toHaveLength(2);
});

const POLICY = `
Resources:
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: boxes
      Roles: [!Select [1, !Split [/, !ImportValue SenderArn]]]
      PolicyDocument: {Statement: {Effect: Allow, Action: 'sqs:SendMessage', Resource: '*'}}`;
