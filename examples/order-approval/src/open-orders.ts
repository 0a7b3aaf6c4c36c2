import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});
const TableName = process.env.OPEN_TABLE_NAME;

/** Keeps the token by which the decision on an order is sent back. */
export async function keepToken(orderId: string, token: string): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { orderId: { S: orderId } },
      UpdateExpression: 'SET taskToken = :token',
      ExpressionAttributeValues: { ':token': { S: token } },
    }),
  );
}

/** The token of an order that waits; undefined for one that doesn't. */
export async function tokenOf(orderId: string): Promise<string | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { orderId: { S: orderId } } }));
  return Item?.taskToken?.S;
}
