import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Place } from './place.ts';

/** Domains that nobody can have (RFC 2606): an order of a customer there is none of a customer. */
const NOBODY = /@(.+\.)?example(\.(com|net|org))?$/;

/** The ids of the orders of customers who can't exist. */
export async function testOrders(place: Place, tableName: string, signal: AbortSignal): Promise<string[]> {
  const client = documents(place);
  const found: string[] = [];
  for await (const { Items = [] } of paginateScan(
    { client },
    { TableName: tableName, ProjectionExpression: 'orderId, customer.email', ConsistentRead: true },
  )) {
    signal.throwIfAborted();
    for (const { orderId, customer } of Items) {
      const email: unknown = customer?.email;
      if (typeof orderId === 'string' && typeof email === 'string' && NOBODY.test(email)) found.push(orderId);
    }
  }
  return found;
}

export async function removeOrder(place: Place, tableName: string, orderId: string): Promise<void> {
  await documents(place).send(new DeleteCommand({ TableName: tableName, Key: { orderId } }));
}

function documents(place: Place): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(place.client()));
}
