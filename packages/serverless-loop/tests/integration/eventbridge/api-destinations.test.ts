import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateApiDestinationCommand,
  type CreateApiDestinationCommandInput,
  CreateConnectionCommand,
  type CreateConnectionCommandInput,
  DeauthorizeConnectionCommand,
  DeleteApiDestinationCommand,
  DeleteConnectionCommand,
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  EventBridgeClient,
  ListApiDestinationsCommand,
  ListConnectionsCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
  UpdateApiDestinationCommand,
  UpdateConnectionCommand,
} from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

const seen: Seen[] = [];
let answers: { status: number; headers?: Record<string, string>; body?: string }[] = [];
let server: Server;
let url: string;

const template = (endpoint: string) => `
Resources:
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
  MaySend:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [ !Ref Lost ]
      PolicyDocument:
        Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: "*" } ]
  Caller:
    Type: AWS::IAM::Role
    Properties:
      RoleName: caller
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole } }
      Policies: [ { PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: "events:InvokeApiDestination", Resource: "*" } } } ]
  Billing:
    Type: AWS::Events::Connection
    Properties:
      Name: billing
      AuthorizationType: API_KEY
      AuthParameters:
        ApiKeyAuthParameters: { ApiKeyName: X-Key, ApiKeyValue: key-of-the-template }
        InvocationHttpParameters:
          HeaderParameters: [ { Key: X-Both, Value: of-the-connection } ]
          QueryStringParameters: [ { Key: from, Value: loop } ]
          BodyParameters: [ { Key: added, Value: "yes" } ]
  Bills:
    Type: AWS::Events::ApiDestination
    Properties: { Name: bills, ConnectionArn: !GetAtt Billing.Arn, HttpMethod: PUT, InvocationEndpoint: "${endpoint}/bills/*" }
  Billed:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [billed] }
      Targets:
        - Id: http
          Arn: !GetAtt Bills.Arn
          RoleArn: !GetAtt Caller.Arn
          InputPath: $.detail
          HttpParameters:
            PathParameterValues: [ $.detail.number ]
            HeaderParameters: { X-Both: of-the-target, X-Source: $.source }
            QueryStringParameters: { kind: paper }
Outputs:
  Secret: { Value: !GetAtt Billing.SecretArn }
`;

let loop: RunningLoop;
let events: EventBridgeClient;
let sqs: SQSClient;
let secrets: SecretsManagerClient;
let remove = () => {};
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      seen.push({ method, url: path, headers, body: Buffer.concat(chunks).toString() });
      const { status, headers: more, body = '{}' } = answers.shift() ?? { status: 200 };
      response.writeHead(status, more).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()));
  url = `http://127.0.0.1:${port}`;
  const folder = projectFolder({ 'template.yaml': template(url) }, (undo) => {
    remove = undo;
  });
  loop = await startLoop({ template: `${folder}/template.yaml`, region: 'us-east-1', retrySpeed: 1_000 });
  const here = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    endpoint: loop.endpoint,
  };
  events = new EventBridgeClient(here);
  sqs = new SQSClient(here);
  secrets = new SecretsManagerClient(here);
});
beforeEach(() => {
  seen.length = 0;
  answers = [];
});
afterAll(async () => {
  for (const client of [events, sqs, secrets]) client?.destroy();
  await loop?.stop();
  await new Promise((resolve) => server.close(resolve));
  remove();
});

const BASIC: CreateConnectionCommandInput = {
  Name: 'basic',
  AuthorizationType: 'BASIC',
  AuthParameters: { BasicAuthParameters: { Username: 'user', Password: 'pass' } },
};

const connect = (more: Partial<CreateConnectionCommandInput>) =>
  events.send(new CreateConnectionCommand({ ...BASIC, ...more }));

const destine = (ConnectionArn: string | undefined, more: Partial<CreateApiDestinationCommandInput>) =>
  events.send(
    new CreateApiDestinationCommand({
      Name: 'out',
      HttpMethod: 'POST',
      InvocationEndpoint: `${url}/events`,
      ConnectionArn,
      ...more,
    }),
  );

/** Publishes an event for a new rule whose target is the destination, and waits until it is delivered or given up. */
async function deliver(name: string, Arn: string | undefined, more: Partial<Target> = {}): Promise<void> {
  await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify({ source: [name] }) }));
  const RoleArn = 'arn:aws:iam::000000000000:role/caller';
  const DeadLetterConfig = { Arn: 'arn:aws:sqs:us-east-1:000000000000:lost' };
  const target = { Id: 'http', Arn, RoleArn, DeadLetterConfig, ...more };
  await events.send(new PutTargetsCommand({ Rule: name, Targets: [target] }));
  await publish(name);
}

async function publish(Source: string, Detail = '{}'): Promise<void> {
  await events.send(new PutEventsCommand({ Entries: [{ Source, DetailType: 'Told', Detail }] }));
  await loop.idle();
}

/** The attributes of the dead letters that came, which are gone then. */
async function letters() {
  const QueueUrl = loop.physicalId('Lost');
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }),
  );
  for (const { ReceiptHandle } of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ MessageAttributes }) => MessageAttributes);
}

describe('a request', () => {
  // EventBridge guide, "API destinations as targets"; API reference, "HttpParameters" and "ConnectionHttpParameters".
  test('has what the target fills in and, before that, what the connection has', async () => {
    await publish('billed', '{"number":"n/7"}');
    expect(seen).toEqual([
      {
        method: 'PUT',
        url: '/bills/n%2F7?kind=paper&from=loop',
        headers: expect.objectContaining({
          'user-agent': 'Amazon/EventBridge/ApiDestinations',
          'content-type': 'application/json; charset=utf-8',
          range: 'bytes=0-1048575',
          'x-both': 'of-the-connection',
          'x-source': 'billed',
          'x-key': 'key-of-the-template',
        }),
        body: '{"number":"n/7","added":"yes"}',
      },
    ]);
    expect(JSON.stringify(loop.facts.soFar())).not.toContain('key-of-the-template');
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html
  test('is authorized by name and password', async () => {
    const { ConnectionArn } = await connect({});
    const { ApiDestinationArn } = await destine(ConnectionArn, {});
    await deliver('basic', ApiDestinationArn);
    expect(seen[0]?.headers.authorization).toBe(`Basic ${btoa('user:pass')}`);
  });

  // EventBridge guide, "Connections": a token is asked for, and anew when 401 or 407 comes back.
  test('is authorized by client credentials, whose token is asked for again when it is refused', async () => {
    const token = (name: string) => ({
      status: 200,
      body: JSON.stringify({ access_token: name, expires_in: 60 }),
    });
    answers = [token('one'), { status: 200 }, { status: 401 }, token('two'), { status: 200 }];
    const { ConnectionArn, ConnectionState } = await connect({
      Name: 'oauth',
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      AuthParameters: {
        OAuthParameters: {
          ClientParameters: { ClientID: 'id', ClientSecret: 'shh' },
          AuthorizationEndpoint: `${url}/token`,
          HttpMethod: 'POST',
          OAuthHttpParameters: { BodyParameters: [{ Key: 'grant_type', Value: 'client_credentials' }] },
        },
      },
    });
    expect(ConnectionState).toBe('AUTHORIZING');
    const { ApiDestinationArn } = await destine(ConnectionArn, { Name: 'by-oauth' });
    await deliver('oauth', ApiDestinationArn);
    await publish('oauth');
    expect(seen.map(({ url: path, headers }) => [path, headers.authorization])).toEqual([
      ['/token', undefined],
      ['/events', 'Bearer one'],
      ['/events', 'Bearer one'],
      ['/token', undefined],
      ['/events', 'Bearer two'],
    ]);
    expect(seen[0]?.body).toBe('client_id=id&client_secret=shh&grant_type=client_credentials');
    expect(await events.send(new DescribeConnectionCommand({ Name: 'oauth' }))).toMatchObject({
      ConnectionState: 'AUTHORIZED',
      AuthParameters: { OAuthParameters: { ClientParameters: { ClientID: 'id' } } },
    });
  });
});

describe('an answer', () => {
  let arn: string | undefined;
  beforeAll(async () => {
    const { ConnectionArn } = await connect({ Name: 'answers' });
    ({ ApiDestinationArn: arn } = await destine(ConnectionArn, { Name: 'answers' }));
  });

  // EventBridge guide, "API destination error codes".
  test.each([401, 409, 429, 500, 503])('of %i is tried again', async (status) => {
    answers = [{ status }, { status: 204 }];
    await deliver(`again-${status}`, arn);
    expect(seen).toHaveLength(2);
    expect(await letters()).toEqual([]);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html: which errors are retried
  test.each([301, 400, 404])('of %i is not, and the event goes to the dead-letter queue', async (status) => {
    answers = [{ status }];
    await deliver(`never-${status}`, arn);
    expect(seen).toHaveLength(1);
    expect(await letters()).toMatchObject([
      {
        ERROR_CODE: { StringValue: 'SDK_CLIENT_ERROR' },
        ERROR_MESSAGE: { StringValue: `The endpoint answered ${status}.` },
        RETRY_ATTEMPTS: { StringValue: '0' },
      },
    ]);
  });

  // The same guide: the longer of the two waits counts, and a negative Retry-After ends the tries.
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html: the Retry-After header
  test('with Retry-After is waited for, and given up when that is negative', async () => {
    answers = [{ status: 503, headers: { 'retry-after': '200' } }, { status: 200 }];
    await deliver('later', arn);
    expect(loop.facts.soFar()).toContainEqual(
      expect.objectContaining({ kind: 'delivery.retry', ruleName: 'later', delayMs: 200_000 }),
    );
    answers = [{ status: 503, headers: { 'retry-after': '-1' } }];
    await deliver('never', arn);
    expect(await letters()).toMatchObject([{ ERROR_CODE: { StringValue: 'ERROR_FROM_TARGET' } }]);
  });
});

describe('nobody is called', () => {
  test('beyond this machine, unless it is allowed', async () => {
    const { ConnectionArn } = await connect({ Name: 'far' });
    const InvocationEndpoint = 'https://api.example.com/x';
    const { ApiDestinationArn } = await destine(ConnectionArn, { Name: 'far', InvocationEndpoint });
    await deliver('far', ApiDestinationArn);
    expect(await letters()).toMatchObject([
      {
        ERROR_CODE: { StringValue: 'CONNECTION_FAILURE' },
        ERROR_MESSAGE: { StringValue: expect.stringContaining('--call-host api.example.com') },
      },
    ]);
  });

  test('in the name of a role that may not', async () => {
    await deliver(
      'bold',
      (await events.send(new DescribeApiDestinationCommand({ Name: 'bills' }))).ApiDestinationArn,
      {
        RoleArn: 'arn:aws:iam::000000000000:role/nobody',
      },
    );
    expect(await letters()).toMatchObject([{ ERROR_CODE: { StringValue: 'NO_PERMISSIONS' } }]);
    expect(seen).toEqual([]);
  });
});

// LocalStack's record, test_api_destinations_and_connection.snapshot.json.
describe('calls', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeConnection.html
  test('show a connection without its secrets, which Secrets Manager has', async () => {
    const { SecretArn, ...shown } = await events.send(new DescribeConnectionCommand({ Name: 'billing' }));
    expect(shown).toMatchObject({
      Name: 'billing',
      ConnectionState: 'AUTHORIZED',
      AuthorizationType: 'API_KEY',
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Key' } },
    });
    expect(JSON.stringify(shown)).not.toContain('key-of-the-template');
    expect(SecretArn).toBe(loop.outputs.Secret);
    const { SecretString, Name } = await secrets.send(new GetSecretValueCommand({ SecretId: SecretArn }));
    expect(Name).toMatch(/^events!connection\/billing\//);
    expect(JSON.parse(SecretString ?? '')).toMatchObject({
      api_key_name: 'X-Key',
      api_key_value: 'key-of-the-template',
    });
  });

  test('change, deauthorize and delete a connection', async () => {
    await connect({ Name: 'changed' });
    await expect(connect({ Name: 'changed' })).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    const AuthParameters = { BasicAuthParameters: { Username: 'new' } };
    await events.send(new UpdateConnectionCommand({ Name: 'changed', AuthParameters }));
    const { SecretArn } = await events.send(new DescribeConnectionCommand({ Name: 'changed' }));
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: SecretArn }));
    expect(SecretString).toBe('{"username":"new","password":"pass"}');
    expect(await events.send(new DeauthorizeConnectionCommand({ Name: 'changed' }))).toMatchObject({
      ConnectionState: 'DEAUTHORIZING',
    });
    const listed = { NamePrefix: 'chang', ConnectionState: 'DEAUTHORIZED' as const };
    expect(await events.send(new ListConnectionsCommand(listed))).toMatchObject({
      Connections: [{ Name: 'changed' }],
    });
    expect(await events.send(new DeleteConnectionCommand({ Name: 'changed' }))).toMatchObject({
      ConnectionState: 'DELETING',
    });
    await expect(events.send(new DescribeConnectionCommand({ Name: 'changed' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Failed to describe the connection(s). Connection 'changed' does not exist.",
    });
    const keyless = connect({ Name: 'keyless', AuthorizationType: 'API_KEY' });
    await expect(keyless).rejects.toMatchObject({ name: 'ValidationException' });
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html
  test('make, change, list and delete an API destination', async () => {
    const { ConnectionArn } = await connect({ Name: 'listed' });
    const made = await destine(ConnectionArn, { Name: 'listed' });
    expect(made).toMatchObject({ ApiDestinationState: 'ACTIVE' });
    await events.send(
      new UpdateApiDestinationCommand({ Name: 'listed', HttpMethod: 'PUT', Description: 'other' }),
    );
    const described = { Name: 'listed', HttpMethod: 'PUT', InvocationRateLimitPerSecond: 300, ConnectionArn };
    expect(await events.send(new DescribeApiDestinationCommand({ Name: 'listed' }))).toMatchObject({
      ...described,
      Description: 'other',
    });
    expect(await events.send(new ListApiDestinationsCommand({ ConnectionArn }))).toMatchObject({
      ApiDestinations: [described],
    });
    await expect(destine(`${ConnectionArn}0`, { Name: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Connection 'listed' does not exist.",
    });
    await events.send(new DeleteApiDestinationCommand({ Name: 'listed' }));
    await expect(events.send(new DescribeApiDestinationCommand({ Name: 'listed' }))).rejects.toMatchObject({
      message: "Failed to describe the api-destination(s). An api-destination 'listed' does not exist.",
    });
  });
});
