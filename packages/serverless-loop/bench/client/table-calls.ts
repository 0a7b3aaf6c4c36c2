import {
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { httpCaller } from './http-caller.ts';
import type { Job, TableOperation } from './job.ts';
import { type PreparedCalls, socketCalls } from './socket-calls.ts';
import type { Call } from './timed-calls.ts';

type Table = Pick<Extract<Job, { kind: 'table' }>, 'endpoint' | 'tableName' | 'keyName'>;

/** Items of a partition that Query reads whole. */
export const PAGE_ITEMS = 100;
const PARTITIONS = 10;
const BATCH = 25;

/** Calls a table with an SDK client as it comes out of the box. */
export function sdkCalls(operation: TableOperation, table: Table): Call {
  const client = clientOf(table.endpoint);
  const inputs = inputsOf(table);
  const send = {
    PutItem: (index: number) => client.send(new PutItemCommand(inputs.PutItem(index))),
    GetItem: (index: number) => client.send(new GetItemCommand(inputs.GetItem(index))),
    UpdateItem: (index: number) => client.send(new UpdateItemCommand(inputs.UpdateItem(index))),
    Query: (index: number) => client.send(new QueryCommand(inputs.Query(index))),
  }[operation];
  return async (index) => {
    await send(index);
    return undefined;
  };
}

/** Calls a table without an SDK, by Node's HTTP client. */
export function rawCalls(operation: TableOperation, table: Table): Call {
  const call = httpCaller(table.endpoint, 'dynamodb');
  const input = inputsOf(table)[operation];
  return async (index) => {
    await call('/', headersOf(operation), JSON.stringify(input(index)));
    return undefined;
  };
}

/** Calls a table by plain sockets. */
export function plainCalls(operation: TableOperation, table: Table): PreparedCalls {
  const input = inputsOf(table)[operation];
  return socketCalls(table.endpoint, {
    service: 'dynamodb',
    headers: headersOf(operation),
    bodyOf: (index) => JSON.stringify(input(index)),
  });
}

const headersOf = (operation: TableOperation) => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `DynamoDB_20120810.${operation}`,
});

/** Fills the partitions that Query reads; the table's sort key is the number `at`. */
export async function fillPages({ endpoint, tableName, keyName }: Table): Promise<void> {
  const client = clientOf(endpoint);
  for (let partition = 0; partition < PARTITIONS; partition++) {
    for (let from = 0; from < PAGE_ITEMS; from += BATCH) {
      const items = Array.from({ length: BATCH }, (_, index) => ({
        ...benchItem(keyName, partition),
        at: { N: String(from + index) },
      }));
      const requests = items.map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }));
    }
  }
  client.destroy();
}

function inputsOf({ tableName: TableName, keyName }: Table) {
  const keyAt = (index: number) => ({ [keyName]: keyOf(index) });
  return {
    PutItem: (index: number) => ({ TableName, Item: benchItem(keyName, index) }),
    GetItem: (index: number) => ({ TableName, Key: keyAt(index) }),
    UpdateItem: (index: number) => ({
      TableName,
      Key: keyAt(index),
      UpdateExpression: 'SET #status = :processed, processedAt = :at',
      ConditionExpression: '#status <> :cancelled',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':processed': { S: 'PROCESSED' },
        ':cancelled': { S: 'CANCELLED' },
        ':at': { S: '2026-01-01T00:00:01.000Z' },
      },
    }),
    Query: (index: number) => ({
      TableName,
      KeyConditionExpression: '#key = :key',
      ExpressionAttributeNames: { '#key': keyName },
      ExpressionAttributeValues: { ':key': keyOf(index % PARTITIONS) },
    }),
  };
}

function clientOf(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}

const keyOf = (index: number) => ({ S: `bench-${String(index).padStart(36, '0')}` });

/** An item about as large as an order, in DynamoDB's JSON. */
export function benchItem(keyName: string, index: number) {
  const address = {
    line1: { S: '1 Example Street' },
    city: { S: 'Exampleville' },
    postcode: { S: '12345' },
    country: { S: 'US' },
  };
  return {
    [keyName]: keyOf(index),
    status: { S: 'NEW' },
    createdAt: { S: '2026-01-01T00:00:00.000Z' },
    customer: { M: { name: { S: 'Bench Customer' }, email: { S: 'bench@example.com' } } },
    snacks: { L: [{ M: { sku: { S: 'pretzel-salted' }, quantity: { N: '2' } } }] },
    delivery: { M: { method: { S: 'STANDARD' }, address: { M: address } } },
    snackCount: { N: '1' },
    totalQuantity: { N: '2' },
  };
}
