import path from 'node:path';
import { type AttributeValue, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { clientOptions, type LoopUnderTest, MET_ONCE } from '../../../loop.ts';
import { ROOT } from '../../../unit/app/template.ts';

export const TEMPLATE = path.join(ROOT, 'template.yaml');

/** The stack that the names in events/ and in env.json are of, where the files have it. */
export const AS_IN_THE_FILES = {
  stackName: 'serverless-snacks-dev',
  region: 'eu-west-1',
  accountId: '123456789012',
};

export interface Invoked {
  answer: Record<string, unknown>;
  functionError: string | undefined;
}

/** The running system, as far as a file of events/ is tried on it. */
export type System = ReturnType<typeof systemOf>;

export function systemOf({ loop, factsOf }: LoopUnderTest) {
  const lambda = new LambdaClient(clientOptions(loop));
  const events = new EventBridgeClient(clientOptions(loop));
  const sqs = new SQSClient(clientOptions(loop));
  const dynamodb = new DynamoDBClient(clientOptions(loop));
  const orders = DynamoDBDocumentClient.from(dynamodb);

  function output(name: string): string {
    const value = loop.outputs[name];
    if (value === undefined) throw new Error(`the template has no output ${name}`);
    return value;
  }

  const invoke = (functionOutput: string, InvocationType: 'Event' | 'RequestResponse', Payload: string) =>
    lambda.send(new InvokeCommand({ FunctionName: output(functionOutput), InvocationType, Payload }));

  async function answerOf(functionOutput: string, event: string): Promise<Invoked> {
    const { Payload, FunctionError } = await invoke(functionOutput, 'RequestResponse', event);
    return { answer: JSON.parse(new TextDecoder().decode(Payload)), functionError: FunctionError };
  }

  return {
    createOrder: (event: string) => answerOf('OrderCreatorFunctionName', event),
    processOrder: (event: string) => answerOf('OrderProcessorFunctionName', event),
    async createOrderAsync(event: string) {
      await invoke('OrderCreatorFunctionName', 'Event', event);
      await loop.idle();
    },
    /** Publishes the event of an EventBridge envelope, and waits until everybody is done with it. */
    async publish(envelope: Record<string, unknown>) {
      const Entries = [
        {
          EventBusName: output('OrderBusName'),
          Source: String(envelope.source),
          DetailType: String(envelope['detail-type']),
          Detail: JSON.stringify(envelope.detail),
        },
      ];
      await events.send(new PutEventsCommand({ Entries }));
      await loop.idle();
    },
    /** Nothing is being delivered or processed any more. */
    settled: () => loop.idle(),
    writeCount: () => factsOf('table.written').length,
    async storedOrder(orderId: unknown): Promise<Record<string, unknown> | undefined> {
      const Key = { orderId };
      return (await orders.send(new GetCommand({ TableName: output('OrdersTableName'), Key }))).Item;
    },
    /** Stores an item as `aws dynamodb put-item --item file://…` would. */
    putItem: (Item: Record<string, AttributeValue>) =>
      dynamodb.send(new PutItemCommand({ TableName: output('OrdersTableName'), Item })),
    forgetOrder: (orderId: string) =>
      orders.send(new DeleteCommand({ TableName: output('OrdersTableName'), Key: { orderId } })),
    /** The one message of a queue, as `aws sqs receive-message --message-attribute-names All` shows it. */
    async messageOf(queueOutput: string): Promise<Message> {
      const receive = new ReceiveMessageCommand({
        ...MET_ONCE,
        QueueUrl: output(queueOutput),
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['AWSTraceHeader'],
      });
      const { Messages: [message] = [] } = await sqs.send(receive);
      if (!message) throw new Error(`there is no message in ${queueOutput}`);
      return message;
    },
  };
}
