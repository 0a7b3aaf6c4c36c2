import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { type RunningLoop, type StartOptions, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

/**
 * Logs each event that it gets as one line of JSON. The name of a box says what is to be done: `fail…` fails the whole batch,
 * `item…` only itself and what comes after it, `kill…` ends the process. It counts what a window brings it.
 */
const HANDLER = `
exports.handler = async (event) => {
  process.stdout.write('EVENT ' + JSON.stringify(event) + '\\n');
  const nameOf = ({ dynamodb }) => dynamodb.Keys.name.S;
  if (event.Records.some((record) => nameOf(record).startsWith('fail'))) throw new TypeError('as it was told');
  if (event.Records.some((record) => nameOf(record).startsWith('kill'))) process.kill(process.pid, 'SIGKILL');
  const failed = event.Records.find((record) => nameOf(record).startsWith('item'));
  return {
    ...(failed && { batchItemFailures: [{ itemIdentifier: failed.dynamodb.SequenceNumber }] }),
    ...(event.state && { state: { boxes: (event.state.boxes ?? 0) + event.Records.length } }),
  };
};
`;

/** A function that reads a table's stream, by an event with these properties; a queue is told of what is discarded. */
export function tableProject(
  event: string,
  { functionProperties = '', startingPosition = 'LATEST' } = {},
): string {
  return `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: packer
      Runtime: nodejs24.x
      Handler: handler.handler
      CodeUri: code/
${functionProperties}
      Events:
        Boxes:
          Type: DynamoDB
          Properties: { Stream: !GetAtt Boxes.StreamArn, StartingPosition: ${startingPosition}${event} }
  Boxes:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: boxes
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: name, AttributeType: S }]
      KeySchema: [{ AttributeName: name, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
      TimeToLiveSpecification: { AttributeName: until, Enabled: true }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
`;
}

export const TO_LOST = ', DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Lost.Arn } }';

export interface BoxRecord {
  eventName: string;
  dynamodb: { Keys: { name: { S: string } }; SequenceNumber: string; [member: string]: unknown };
  [member: string]: unknown;
}

export interface BoxEvent {
  Records: BoxRecord[];
  [member: string]: unknown;
}

export interface TableLoop {
  loop: RunningLoop;
  dynamodb: DynamoDBClient;
  lambda: LambdaClient;
  /** Puts boxes, one after the other. */
  put(...names: string[]): Promise<void>;
  /** The events that the function got, oldest first. */
  events(): BoxEvent[];
  /** The names of the boxes in each of them. */
  batches(): string[][];
  /** Takes what the destination was told. */
  lost(): Promise<Record<string, unknown>[]>;
}

/** Runs such a template until the test ends. */
export async function tableLoop(template: string, options: StartOptions = {}): Promise<TableLoop> {
  const folder = projectFolder({ 'template.yaml': template, 'code/handler.js': HANDLER });
  const loop = await startLoop({ template: `${folder}/template.yaml`, startsAhead: false, ...options });
  const client = { endpoint: loop.endpoint, region: loop.region, credentials: CREDENTIALS };
  const dynamodb = new DynamoDBClient(client);
  const lambda = new LambdaClient(client);
  const sqs = new SQSClient(client);
  onTestFinished(async () => {
    for (const each of [dynamodb, lambda, sqs]) each.destroy();
    await loop.stop();
  });
  const events = (): BoxEvent[] =>
    loop.facts
      .soFar()
      .flatMap((fact) => (fact.kind === 'log' && fact.line.startsWith('EVENT ') ? [fact.line] : []))
      .map((line) => JSON.parse(line.slice('EVENT '.length)));
  return {
    loop,
    dynamodb,
    lambda,
    async put(...names) {
      for (const name of names)
        await dynamodb.send(new PutItemCommand({ TableName: 'boxes', Item: { name: { S: name } } }));
    },
    events,
    batches: () => events().map(({ Records }) => Records.map(({ dynamodb: { Keys } }) => Keys.name.S)),
    async lost() {
      const received = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: `${loop.endpoint}/000000000000/lost`,
          MaxNumberOfMessages: 10,
        }),
      );
      return (received.Messages ?? []).map(({ Body = '' }) => JSON.parse(Body));
    },
  };
}

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
