import { Logger } from '@aws-lambda-powertools/logger';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { answer } from './answers.ts';

const logger = new Logger();
const client = new Tracer().captureAWSv3Client(new DynamoDBClient());

/** The state of an order, without anything of the customer's. */
export const handler = async (
  { pathParameters }: Pick<APIGatewayProxyEventV2, 'pathParameters'>,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> => {
  logger.addContext(context);
  const orderId = pathParameters?.orderId ?? '';
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: process.env.ORDERS_TABLE_NAME,
      Key: { orderId: { S: orderId } },
      ProjectionExpression: 'orderId, #status, createdAt, processedAt',
      ExpressionAttributeNames: { '#status': 'status' },
    }),
  );
  return Item === undefined
    ? answer(404, { message: `There is no order ${orderId}` })
    : answer(200, unmarshall(Item));
};
