import { type AttributeValue, ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Order, type StatusChange, summaryOf } from '../orders/order.ts';
import { OrderNotFound, type OrdersTable } from '../orders/ports.ts';
import { summaryOfStored } from '../orders/stored-order.ts';
import { keyedHashOf, requestHashOf } from './request-hash.ts';

type Item = Record<string, unknown>;

/** The item that was in the way of a write. */
interface InTheWay {
  item: Item | undefined;
  /** The SDK made the call more than once, so the item may be what this very call has written. */
  isAfterRetry: boolean;
}

/**
 * The orders table in DynamoDB. Each operation is one conditional write. When its condition fails DynamoDB sends the
 * item along (ALL_OLD), so that no read is needed; that item holds the customer's data, so the exception ends here.
 */
export function ordersTable(client: DynamoDBDocumentClient, tableName: string): OrdersTable {
  return {
    async insert(order) {
      // Only a key can be used for two orders: without one the id is that of a single invocation.
      const requestHash = order.idempotencyKey === undefined ? undefined : requestHashOf(order);
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
      if (!isOfRequest(order, there.item ?? {})) return { outcome: 'conflicting', order: stored };
      return { outcome: isOwn(there, order) ? 'created' : 'repeated', order: stored };
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
      // A readable item is an order, and a NEW one would have met the condition: it is further on.
      summaryOfStored(orderId, there.item);
      return isOwnChange(there, change) ? 'processed' : 'already processed';
    },
  };
}

/** Was the stored item made of the request that `order` is made of? */
function isOfRequest(order: Order, item: Item): boolean {
  if (order.idempotencyKey === undefined) return true;
  const requestHash = requestHashOf(order);
  if (item.requestHash !== undefined) return item.requestHash === requestHash;
  if (item.keyedHash !== undefined) return item.keyedHash === keyedHashOf(order.idempotencyKey, requestHash);
  // Stored without a key, or before there were hashes: the request itself is there. Where the customer was erased and
  // nothing was kept to tell by, it is refused: taken for the same, another order would be lost.
  return requestHashOf(item) === requestHash;
}

/**
 * Is the stored order the one that this call has stored? Then the answer to a try was lost, and the SDK's next try met
 * what that one had written. Its time tells it from the order of an earlier call.
 */
function isOwn({ item, isAfterRetry }: InTheWay, { createdAt }: Order): boolean {
  return isAfterRetry && item?.createdAt === createdAt;
}

/** The same for a change of status. */
function isOwnChange({ item, isAfterRetry }: InTheWay, { at }: StatusChange): boolean {
  return isAfterRetry && item?.processedAt === at;
}

/** Undefined when the write was made; else the item, if any, that did not meet its condition. */
async function itemInTheWay(write: () => Promise<unknown>): Promise<InTheWay | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const { Item: item, $metadata } = error;
    return { item: item && unmarshalled(item), isAfterRetry: ($metadata.attempts ?? 1) > 1 };
  }
}

/** lib-dynamodb unmarshalls answers, but not the item inside an exception. */
function unmarshalled(item: Record<string, AttributeValue>): Item {
  return unmarshall(item);
}
