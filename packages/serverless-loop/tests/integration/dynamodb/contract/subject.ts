import { randomUUID } from 'node:crypto';
import {
  type AttributeDefinition,
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

/** `forwarded`: DynamoDB Local behind the loop, as `npm start -- --dynamodb URL` has it. */
export type StoreName = 'embedded' | 'DynamoDB Local' | 'forwarded';

/** The DynamoDB that the contract is checked on. */
export interface Subject {
  store: StoreName;
  endpoint: string;
  client: DynamoDBClient;
}

export type Item = Record<string, AttributeValue>;

/** Key ids are of letters and digits only, as DynamoDB Local wants them. */
export function clientFor(endpoint: string, accessKeyId = 'contract'): DynamoDBClient {
  const credentials = { accessKeyId, secretAccessKey: 'contract' };
  return new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
}

/** `{ id: 'S' }` or `{ depot: 'S', number: 'N' }`: partition key, then sort key. */
export type Key = Record<string, 'S' | 'N' | 'B'>;

/** Makes a table of a name that nobody else has, and waits until it is ACTIVE. */
export async function createTable(
  { client }: Subject,
  key: Key,
  more: { attributes?: Key } & Pick<
    CreateTableCommandInput,
    'DeletionProtectionEnabled' | 'GlobalSecondaryIndexes' | 'StreamSpecification'
  > = {},
): Promise<string> {
  const { attributes = {}, ...others } = more;
  const TableName = `contract-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keySchema(Object.keys(key)),
      AttributeDefinitions: definitions({ ...key, ...attributes }),
      ...others,
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName });
  return TableName;
}

export function keySchema(names: string[]): NonNullable<CreateTableCommandInput['KeySchema']> {
  return names.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' }));
}

function definitions(attributes: Key): AttributeDefinition[] {
  return Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
    AttributeName,
    AttributeType,
  }));
}

export async function putAll({ client }: Subject, TableName: string, items: Item[]): Promise<void> {
  for (const Item of items) await client.send(new PutItemCommand({ TableName, Item }));
}
