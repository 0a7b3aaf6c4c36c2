import { isObject, type JsonObject } from '../../aws/json-object.ts';

/** Calls an operation of DynamoDB, with inputs and outputs as its API has them. */
export type DynamoDbCall = (operation: string, input: JsonObject) => JsonObject | Promise<JsonObject>;

/** BatchWriteItem takes no more (DynamoDB API reference). */
const BATCH = 25;

/** Deletes every item of every table; the tables stay. */
export async function clearTables(call: DynamoDbCall): Promise<void> {
  let from: JsonObject = {};
  do {
    const { TableNames, LastEvaluatedTableName } = await call('ListTables', from);
    for (const name of arrayOf(TableNames)) await clearTable(call, String(name));
    from = LastEvaluatedTableName === undefined ? {} : { ExclusiveStartTableName: LastEvaluatedTableName };
  } while (from.ExclusiveStartTableName !== undefined);
}

async function clearTable(call: DynamoDbCall, TableName: string): Promise<void> {
  const { Table } = await call('DescribeTable', { TableName });
  const keySchema = arrayOf(isObject(Table) ? Table.KeySchema : undefined);
  const names = keySchema.map((key) => (isObject(key) ? String(key.AttributeName) : ''));
  const keys = Object.fromEntries(names.map((name, at) => [`#k${at}`, name]));
  const scan = {
    TableName,
    ProjectionExpression: Object.keys(keys).join(', '),
    ExpressionAttributeNames: keys,
  };
  let from: JsonObject = {};
  do {
    const { Items, LastEvaluatedKey } = await call('Scan', { ...scan, ...from });
    const requests = arrayOf(Items).map((Key) => ({ DeleteRequest: { Key } }));
    for (let at = 0; at < requests.length; at += BATCH)
      await call('BatchWriteItem', { RequestItems: { [TableName]: requests.slice(at, at + BATCH) } });
    from = LastEvaluatedKey === undefined ? {} : { ExclusiveStartKey: LastEvaluatedKey };
  } while (from.ExclusiveStartKey !== undefined);
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
