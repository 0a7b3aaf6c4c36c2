import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

const client = new SNSClient();

export const handler = async ({ sections }) => {
  for (const section of sections)
    await client.send(
      new PublishCommand({ TopicArn: process.env.NEWS, Message: JSON.stringify({ section }) }),
    );
};
