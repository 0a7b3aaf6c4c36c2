import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import * as xray from '@aws-sdk/client-xray';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { projectFolder, runLoop } from '../../loop-in-process.ts';
import { sampleOf } from '../../matrix.ts';
import { type SdkOperation, sdkOperations } from './sdk-operations.ts';
import { USUAL } from './usual-members.ts';
import { formRequest, jsonRequest, restRequest, type WireRequest } from './wire-request.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties: {FunctionName: function, Runtime: nodejs24.x, CodeUri: code/, Handler: index.handler}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: table
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: queue}
  Bus:
    Type: AWS::Events::EventBus
    Properties: {Name: bus}
  Topic:
    Type: AWS::SNS::Topic
    Properties: {TopicName: topic}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      {AlarmName: alarm, Namespace: Own, MetricName: M, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanThreshold}
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: group}
`;

const PROJECT = { 'template.yaml': TEMPLATE, 'code/index.js': 'exports.handler = async () => "done";' };

const HOSTILE: unknown[] = sampleOf(
  [
    null,
    true,
    1e308,
    '('.repeat(2_000),
    '__proto__',
    'a\r\n\u0000\ud800',
    [['a']],
    { toString: 1, valueOf: 1 },
    nested(500),
  ],
  3,
);

interface Service {
  signingName: string;
  operations: SdkOperation[];
  request(operation: SdkOperation, input: Record<string, unknown>): WireRequest;
}

function ofJson(signingName: string, prefix: string, client: Record<string, unknown>): Service {
  return {
    signingName,
    operations: sdkOperations(client),
    request: ({ name }, input) => jsonRequest(`${prefix}.${name}`, input),
  };
}

function ofQuery(signingName: string, operations: SdkOperation[]): Service {
  return { signingName, operations, request: ({ name }, input) => formRequest(name, input) };
}

function ofRest(signingName: string, client: Record<string, unknown>): Service {
  return { signingName, operations: sdkOperations(client), request: restRequest };
}

/** Of a service that the tests have no SDK of. */
function byHand(operations: Record<string, string[]>): SdkOperation[] {
  return Object.entries(operations).map(([name, members]) => ({
    name,
    members: members.map((member) => ({ name: member, isPath: false })),
  }));
}

const IAM = byHand({
  GetRole: ['RoleName'],
  GetRolePolicy: ['RoleName', 'PolicyName'],
  ListAttachedRolePolicies: ['RoleName', 'Marker'],
  ListPolicies: ['Scope', 'Marker'],
  ListRolePolicies: ['RoleName', 'Marker'],
  ListRoles: ['PathPrefix', 'Marker', 'MaxItems'],
});
const SNS = byHand({
  GetSubscriptionAttributes: ['SubscriptionArn'],
  GetTopicAttributes: ['TopicArn'],
  ListSubscriptions: ['NextToken'],
  ListSubscriptionsByTopic: ['TopicArn', 'NextToken'],
  ListTopics: ['NextToken'],
  Publish: ['TopicArn', 'TargetArn', 'Message', 'Subject', 'MessageStructure', 'MessageAttributes'],
});

const SERVICES: [string, Service][] = [
  ['CloudFormation', ofQuery('cloudformation', sdkOperations(cloudFormation))],
  ['CloudWatch', ofJson('monitoring', 'GraniteServiceVersion20100801', cloudWatch)],
  ['CloudWatch, by forms', ofQuery('monitoring', sdkOperations(cloudWatch))],
  ['CloudWatch Logs', ofJson('logs', 'Logs_20140328', logs)],
  ['DynamoDB', ofJson('dynamodb', 'DynamoDB_20120810', dynamoDb)],
  ['EventBridge', ofJson('events', 'AWSEvents', eventBridge)],
  ['IAM', ofQuery('iam', IAM)],
  ['Lambda', ofRest('lambda', lambda)],
  ['SNS', ofQuery('sns', SNS)],
  ['SQS', ofJson('sqs', 'AmazonSQS', sqs)],
  ['SQS, by forms', ofQuery('sqs', sdkOperations(sqs))],
  ['STS', ofQuery('sts', sdkOperations(sts))],
  ['X-Ray', ofRest('xray', xray)],
];

const folder = projectFolder(PROJECT, afterAll);
const complaints: string[] = [];
let running: Awaited<ReturnType<typeof runLoop>>;

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation((...words) => void complaints.push(words.join(' ')));
  running = await runLoop(`${folder}/template.yaml`);
});
afterAll(async () => {
  await running.stop();
  vi.restoreAllMocks();
});

test.each(SERVICES)(
  'no operation of %s fails over a member of any type',
  { timeout: 120_000 },
  async (_name, { signingName, operations, request }) => {
    const faults: string[] = [];

    async function send(operation: SdkOperation, input: Record<string, unknown>): Promise<string> {
      const { method, path, headers, body } = request(operation, input);
      const scope = `Credential=local/20260101/eu-west-1/${signingName}/aws4_request`;
      const answer = await fetch(`${running.loop.endpoint}${path}`, {
        method,
        headers: { ...headers, Authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0` },
        ...(body !== undefined && { body }),
      });
      const text = await answer.text();
      if (answer.status >= 500 || complaints.length > 0)
        faults.push(`${operation.name} ${JSON.stringify(input).slice(0, 300)}: ${complaints.splice(0)}`);
      return text;
    }

    let emulated = 0;
    for (const operation of operations) {
      if (/doesn't emulate|has nothing at/.test(await send(operation, {}))) continue;
      emulated += 1;
      const usual = Object.fromEntries(
        operation.members.flatMap(({ name }) => (name in USUAL ? [[name, USUAL[name]]] : [])),
      );
      for (const { name } of operation.members)
        await Promise.all(HOSTILE.map((value) => send(operation, { ...usual, [name]: value })));
    }

    expect(faults).toEqual([]);
    expect(emulated).toBeGreaterThan(2);
  },
);

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}
