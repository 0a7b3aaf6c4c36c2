import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { type RunningLoop, type StartOptions, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

/**
 * Logs each event that it gets as one line of JSON. A body says what is to be done: `fail` fails the whole batch, `item` only
 * itself, `bad` answers with what is no list of failures.
 */
const HANDLER = `
exports.handler = async (event) => {
  process.stdout.write('EVENT ' + JSON.stringify(event) + '\\n');
  const bodies = event.Records.map(({ body }) => body);
  if (bodies.some((body) => body.startsWith('slow'))) await new Promise((go) => setTimeout(go, 300));
  if (bodies.includes('fail')) throw new TypeError('as it was told');
  if (bodies.includes('bad')) return { batchItemFailures: [{ foo: 'notvalid' }] };
  const failed = event.Records.filter(({ body }) => body === 'item');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
`;

/** A function that reads a queue, by an event with these properties, whose dead letters go to another. */
export function queueProject(event: string, functionProperties = '', queueProperties = ''): string {
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
        Boxes: { Type: SQS, Properties: { Queue: !GetAtt Boxes.Arn${event} } }
  Boxes:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: boxes
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Lost.Arn, maxReceiveCount: 2 }
${queueProperties}
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
`;
}

export interface QueueRecord {
  messageId: string;
  body: string;
  [member: string]: unknown;
}

export interface QueueLoop {
  loop: RunningLoop;
  sqs: SQSClient;
  lambda: LambdaClient;
  send(...bodies: string[]): Promise<string[]>;
  /** The batches that the function got, oldest first. */
  batches(): QueueRecord[][];
  bodiesIn(queueName: string): Promise<string[]>;
  /** Messages of a queue that are visible, and in flight. */
  depth(queueName: string): Promise<[visible: number, inFlight: number]>;
}

/** Runs such a template until the test ends. */
export async function queueLoop(template: string, options: StartOptions = {}): Promise<QueueLoop> {
  const folder = projectFolder({ 'template.yaml': template, 'code/handler.js': HANDLER });
  const loop = await startLoop({ template: `${folder}/template.yaml`, startsAhead: false, ...options });
  const client = { endpoint: loop.endpoint, region: loop.region, credentials: CREDENTIALS };
  const sqs = new SQSClient(client);
  const lambda = new LambdaClient(client);
  onTestFinished(async () => {
    sqs.destroy();
    lambda.destroy();
    await loop.stop();
  });
  const urlOf = (name: string) => `${loop.endpoint}/000000000000/${name}`;
  return {
    loop,
    sqs,
    lambda,
    async send(...bodies) {
      const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl: urlOf('boxes'), Entries }));
      return (sent.Successful ?? []).map(({ MessageId = '' }) => MessageId);
    },
    batches: () =>
      loop.facts
        .soFar()
        .flatMap((fact) => (fact.kind === 'log' && fact.line.startsWith('EVENT ') ? [fact.line] : []))
        .map((line) => JSON.parse(line.slice('EVENT '.length)).Records),
    async bodiesIn(name) {
      const received = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: urlOf(name), MaxNumberOfMessages: 10 }),
      );
      return (received.Messages ?? []).map(({ Body = '' }) => Body);
    },
    async depth(name) {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ['All'] }),
      );
      return [
        Number(Attributes.ApproximateNumberOfMessages),
        Number(Attributes.ApproximateNumberOfMessagesNotVisible),
      ];
    },
  };
}

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
