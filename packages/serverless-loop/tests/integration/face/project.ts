import { createRequire } from 'node:module';
import path from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type RunningLoop, type StartOptions, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const SDK = createRequire(import.meta.url).resolve('@aws-sdk/client-dynamodb');

/** Writes what it is sent into the table, and fails where the event says so. */
const HANDLER = `
const { DynamoDBClient, PutItemCommand } = require(${JSON.stringify(SDK)});
const client = new DynamoDBClient({});
exports.handler = async (event) => {
  console.log('got ' + JSON.stringify(event));
  const { id, fails } = event.detail ?? event;
  if (fails) throw new TypeError('as it was told');
  await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { id: { S: id ?? 'none' } } }));
  return { id: id ?? null, greeting: process.env.GREETING };
};
`;

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Greeting: { Type: String, Default: hello }
Resources:
  Writer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: handler.handler
      CodeUri: code/
      AutoPublishAlias: live
      Tracing: Active
      Environment: { Variables: { TABLE: !Ref Things, GREETING: !Ref Greeting } }
      Policies: [ { DynamoDBWritePolicy: { TableName: !Ref Things } } ]
      EventInvokeConfig:
        MaximumRetryAttempts: 2
        DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Failures.Arn } }
      Events:
        Told: { Type: EventBridgeRule, Properties: { Pattern: { source: [face] } } }
  Things:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [ { AttributeName: id, AttributeType: S } ]
      KeySchema: [ { AttributeName: id, KeyType: HASH } ]
      TimeToLiveSpecification: { AttributeName: expiresAt, Enabled: true }
  Failures: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 30, MessageRetentionPeriod: 7200 } }
  Failed:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [ { Name: FunctionName, Value: !Ref Writer } ]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      TreatMissingData: notBreaching
Outputs:
  WriterName: { Value: !Ref Writer }
  FailuresUrl: { Value: !Ref Failures }
`;

export type RunningSystem = Awaited<ReturnType<typeof startSystem>>;

/** Starts a loop of a small system, and with it what asks it. */
export async function startSystem(options: StartOptions = {}, atEnd?: (remove: () => void) => void) {
  const template = options.template ?? systemTemplate(atEnd);
  const loop = await startLoop({ template, ...options });
  return { loop, template, ...clientsOf(loop) };
}

function systemTemplate(atEnd?: (remove: () => void) => void): string {
  const files = { 'template.yaml': TEMPLATE, 'code/handler.js': HANDLER };
  return path.join(projectFolder(files, atEnd), 'template.yaml');
}

function clientsOf({ environment, physicalId }: RunningLoop) {
  const settings = {
    endpoint: environment.AWS_ENDPOINT_URL ?? '',
    region: environment.AWS_REGION ?? '',
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    },
    maxAttempts: 1,
  };
  const sqs = new SQSClient(settings);
  const dynamodb = new DynamoDBClient(settings);
  const events = new EventBridgeClient(settings);
  const QueueUrl = physicalId('Failures');
  const TableName = physicalId('Things');
  return {
    settings,
    async receive(): Promise<string[]> {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      return Messages.map(({ Body = '' }) => Body);
    },
    send: (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })),
    async depth(): Promise<number> {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      return Number(Attributes?.ApproximateNumberOfMessages);
    },
    put: (id: string, expiresAt: number) =>
      dynamodb.send(
        new PutItemCommand({ TableName, Item: { id: { S: id }, expiresAt: { N: String(expiresAt) } } }),
      ),
    async has(id: string): Promise<boolean> {
      return (
        (await dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))).Item !== undefined
      );
    },
    async count(): Promise<number | undefined> {
      return (await dynamodb.send(new ScanCommand({ TableName }))).Count;
    },
    publish: (detail: object) =>
      events.send(
        new PutEventsCommand({
          Entries: [{ Source: 'face', DetailType: 'Told', Detail: JSON.stringify(detail) }],
        }),
      ),
  };
}
