import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});

export async function handler(event) {
  const { QUEUE_URL: QueueUrl } = process.env;
  const { MessageId } = await sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }),
  );
  return MessageId !== undefined;
}
