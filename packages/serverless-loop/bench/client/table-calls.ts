import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { httpCaller } from './http-caller.ts';
import type { Job } from './job.ts';
import type { Call } from './timed-calls.ts';

type Table = Pick<Extract<Job, { kind: 'table' }>, 'endpoint' | 'tableName' | 'keyName'>;

/** Puts items with an SDK client as it comes out of the box. */
export function sdkPuts({ endpoint, tableName, keyName }: Table): Call {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return async (index) => {
    await client.send(new PutItemCommand({ TableName: tableName, Item: benchItem(keyName, index) }));
    return undefined;
  };
}

/** Puts items, or gets those that were put, without an SDK. */
export function rawCalls(operation: 'PutItem' | 'GetItem', { endpoint, tableName, keyName }: Table): Call {
  const call = httpCaller(endpoint, 'dynamodb');
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
  };
  return (index) => {
    const input = { TableName: tableName, Item: benchItem(keyName, index) };
    const key = { TableName: tableName, Key: { [keyName]: keyOf(index) } };
    return call('/', headers, JSON.stringify(operation === 'PutItem' ? input : key));
  };
}

const keyOf = (index: number) => ({ S: `bench-${String(index).padStart(36, '0')}` });

/** An item about as large as an order, in DynamoDB's JSON. */
function benchItem(keyName: string, index: number) {
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
