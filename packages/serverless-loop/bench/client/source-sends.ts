import process from 'node:process';
import type { Job } from './job.ts';
import type { Call } from './timed-calls.ts';

type Send = Extract<Job, { kind: 'send' }>;

/** Milliseconds of the clock that all processes of a machine share. */
const now = (): string => (Number(process.hrtime.bigint()) / 1e6).toFixed(3);
/** As the handler of subjects/sources-application.ts looks for it. */
const marked = (): string => `sentAt=${now()};`;

/** Sends what starts a function, by the SDK's client of the source as it comes out of the box; SQS's batches hold ten. */
export function sourceSends({ source, endpoint, target }: Send): Call {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const options = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  const sending = senderOf(source, target, options);
  return async (index) => {
    const send = await sending;
    await send(index);
    return undefined;
  };
}

interface ClientOptions {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
}

/** Loads the one client that it needs. */
async function senderOf(
  source: Send['source'],
  target: string,
  options: ClientOptions,
): Promise<(index: number) => Promise<unknown>> {
  switch (source) {
    case 'invoke': {
      const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
      const client = new LambdaClient(options);
      const Payload = () => JSON.stringify({ mark: marked() });
      return () => client.send(new InvokeCommand({ FunctionName: target, Payload: Payload() }));
    }
    case 'queue':
    case 'queue batch': {
      const { SendMessageBatchCommand, SendMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs');
      const client = new SQSClient(options);
      if (source === 'queue')
        return () => client.send(new SendMessageCommand({ QueueUrl: target, MessageBody: marked() }));
      const Entries = () =>
        Array.from({ length: 10 }, (_, at) => ({ Id: String(at), MessageBody: marked() }));
      return () => client.send(new SendMessageBatchCommand({ QueueUrl: target, Entries: Entries() }));
    }
    case 'topic': {
      const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
      const client = new SNSClient(options);
      return () => client.send(new PublishCommand({ TopicArn: target, Message: marked() }));
    }
    case 'rule': {
      const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
      const client = new EventBridgeClient(options);
      const Entries = () => [
        {
          EventBusName: target,
          Source: 'bench',
          DetailType: 'Sent',
          Detail: JSON.stringify({ mark: marked() }),
        },
      ];
      return () => client.send(new PutEventsCommand({ Entries: Entries() }));
    }
    case 'table': {
      const { DynamoDBClient, PutItemCommand } = await import('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient(options);
      const Item = (index: number) => ({ id: { S: `item-${index}` }, mark: { S: marked() } });
      return (index) => client.send(new PutItemCommand({ TableName: target, Item: Item(index) }));
    }
    case 'stream': {
      const { KinesisClient, PutRecordCommand } = await import('@aws-sdk/client-kinesis');
      const client = new KinesisClient(options);
      return (index) =>
        client.send(
          new PutRecordCommand({
            StreamName: target,
            PartitionKey: String(index),
            Data: new TextEncoder().encode(marked()),
          }),
        );
    }
    case 'bucket': {
      const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
      const client = new S3Client({ ...options, forcePathStyle: true });
      return () => client.send(new PutObjectCommand({ Bucket: target, Key: marked(), Body: 'sent' }));
    }
    case 'api':
      return async () => {
        const response = await fetch(target, { method: 'POST', body: marked() });
        await response.arrayBuffer();
      };
  }
}
