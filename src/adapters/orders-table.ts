import { createHash } from 'node:crypto';
import { type AttributeValue, ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { canonicalText } from '../orders/canonical-request.ts';
import { type Order, summaryOf } from '../orders/order.ts';
import { OrderNotFound, type OrdersTable } from '../orders/ports.ts';
import { summaryOfStored } from '../orders/stored-order.ts';

/**
 * The orders table in DynamoDB. Each operation is one conditional write. When its condition fails DynamoDB sends the
 * item along (ALL_OLD), so that no read is needed; that item holds the customer's data, so the exception ends here.
 */
export function ordersTable(client: DynamoDBDocumentClient, tableName: string): OrdersTable {
  return {
    async insert(order) {
      const requestHash = requestHashOf(order);
      const there = await itemInTheWay(() =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...order, ...(requestHash && { requestHash }) },
            ConditionExpression: 'attribute_not_exists(orderId)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      if (there === undefined) return { outcome: 'created', order: summaryOf(order) };
      const stored = summaryOfStored(order.orderId, there.item);
      // An item of before there were hashes has none, nor has one whose customer was erased: taken for the same order.
      const storedHash = there.item?.requestHash ?? requestHash;
      return { outcome: storedHash === requestHash ? 'repeated' : 'conflicting', order: stored };
    },

    async markProcessed(orderId, change) {
      const there = await itemInTheWay(() =>
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { orderId },
            UpdateExpression:
              'SET #status = :processed, processedAt = :at, history = list_append(history, :changes)',
            ConditionExpression: '#status = :new',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':new': 'NEW',
              ':processed': change.status,
              ':at': change.at,
              ':changes': [change],
            },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      if (there === undefined) return 'processed';
      if (there.item === undefined) throw new OrderNotFound(orderId);
      // Only NEW and PROCESSED can be read, and NEW would have met the condition.
      summaryOfStored(orderId, there.item);
      return 'already processed';
    },
  };
}

/** Only a key can be used for two orders: without one the id is that of a single invocation. */
function requestHashOf(order: Order): string | undefined {
  if (order.idempotencyKey === undefined) return undefined;
  return createHash('sha256').update(canonicalText(order)).digest('hex');
}

/** Undefined when the write was made; else the item, if any, that did not meet its condition. */
async function itemInTheWay(
  write: () => Promise<unknown>,
): Promise<{ item: Record<string, unknown> | undefined } | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { item: error.Item && unmarshalled(error.Item) };
  }
}

/** lib-dynamodb unmarshalls answers, but not the item inside an exception. */
function unmarshalled(item: Record<string, AttributeValue>): Record<string, unknown> {
  return unmarshall(item);
}
