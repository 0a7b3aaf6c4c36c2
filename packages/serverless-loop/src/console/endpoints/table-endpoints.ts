import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { integer, required, structure, text, unread } from '../../aws/members.ts';
import { keyNamesOf, keyText } from '../../services/dynamodb/written-items.ts';
import { allPages } from '../all-pages.ts';
import { type ConsoleContext, endpoint } from '../context.ts';
import type { FactOnWire } from '../fact-answer.ts';
import { notFound } from '../invalid.ts';

const TABLE = required(text({ min: 1 }));
/** Attributes by their names, as DynamoDB's API writes them. */
const ATTRIBUTES = required(unread(structure({})));
/** Items of a large table that are looked through for the newest. */
const MAX_SCANNED = 10_000;
const PAGES = { service: 'dynamodb', token: { answer: 'LastEvaluatedKey', input: 'ExclusiveStartKey' } };

export const TABLE_ENDPOINTS = {
  'GET /_loop/tables': endpoint({
    purpose: 'the tables, with their keys, indexes and the number of their items',
    input: {},
    async answer(_input, { call, stack }, { signal }) {
      const { TableNames } = await call('dynamodb', 'ListTables', {}, signal);
      const names = Array.isArray(TableNames) ? TableNames.map(String) : [];
      const idOf = new Map(stack().tables.map(({ name, logicalId }) => [name, logicalId]));
      const tables = names.map(async (name) => {
        const table = await describedTable(name, call, signal);
        const indexes = [table.GlobalSecondaryIndexes, table.LocalSecondaryIndexes].flatMap(objectsIn);
        return {
          logicalId: idOf.get(name) ?? '',
          name,
          arn: table.TableArn,
          keys: keyNamesOf(table),
          indexes: indexes.map((index) => ({ name: index.IndexName, keys: keyNamesOf(index) })),
          itemCount: table.ItemCount,
          hasStream: isObject(table.StreamSpecification) && table.StreamSpecification.StreamEnabled === true,
        };
      });
      return { tables: await Promise.all(tables) };
    },
  }),
  'GET /_loop/items': endpoint({
    purpose:
      'items of a table as DynamoDB’s API writes them, the last written one first; of one partition, or of an index, where that is told',
    input: {
      table: TABLE,
      limit: integer({ min: 1, max: 1_000 }),
      partition: text({ min: 1 }),
      index: text({ min: 1 }),
    },
    async answer({ table, limit = 100, partition, index }, context, { signal }) {
      const described = await describedTable(table, context.call, signal);
      const asked = partition === undefined ? undefined : condition(described, partition, index);
      const input = { TableName: table, ...(index !== undefined && { IndexName: index }), ...asked };
      const found = await allPages(
        context.call,
        { ...PAGES, operation: asked ? 'Query' : 'Scan', input, list: 'Items', most: MAX_SCANNED },
        signal,
      );
      const names = keyNamesOf(described);
      const writes = lastWrites(context, table);
      const rows = found
        .map((item) => rowOf(item, keyText(item, names), writes))
        .sort((one, other) => (other.seq ?? 0) - (one.seq ?? 0))
        .slice(0, limit);
      return {
        keys: names,
        items: rows,
        count: found.length,
        hasMore: found.length > rows.length,
      };
    },
  }),
  'GET /_loop/item': endpoint({
    purpose: 'an item by its key as facts and rows have it, such as id=1, with what was written to it',
    input: { table: TABLE, key: required(text({ min: 1 })) },
    async answer({ table, key }, context, { signal }) {
      const names = keyNamesOf(await describedTable(table, context.call, signal));
      const asked = { ...PAGES, operation: 'Scan', input: { TableName: table }, list: 'Items' };
      const all = await allPages(context.call, { ...asked, most: MAX_SCANNED }, signal);
      const item = all.find((each) => keyText(each, names) === key);
      const writes = writesTo(context, table).filter((fact) => fact.key === key);
      if (!item && writes.length === 0) throw notFound(`The table "${table}" has no item ${key}.`);
      return { key, ...(item && { item }), writes };
    },
  }),
  'POST /_loop/item/put': endpoint({
    purpose: 'puts an item, in the place of the one with its key',
    changes: true,
    input: { table: TABLE, item: ATTRIBUTES },
    async answer({ table, item }, { call }, { signal }) {
      await call('dynamodb', 'PutItem', { TableName: table, Item: item }, signal);
      return {};
    },
  }),
  'POST /_loop/item/delete': endpoint({
    purpose: 'deletes an item by its key',
    changes: true,
    input: { table: TABLE, key: ATTRIBUTES },
    async answer({ table, key }, { call }, { signal }) {
      await call('dynamodb', 'DeleteItem', { TableName: table, Key: key }, signal);
      return {};
    },
  }),
};

type Write = Extract<FactOnWire, { kind: 'table.written' }>;

async function describedTable(
  name: string,
  call: ConsoleContext['call'],
  signal: AbortSignal,
): Promise<JsonObject> {
  const { Table } = await call('dynamodb', 'DescribeTable', { TableName: name }, signal);
  return isObject(Table) ? Table : {};
}

/** For the items of one partition: of the table, or of an index. */
function condition(table: JsonObject, partition: string, index: string | undefined): JsonObject {
  const indexes = [table.GlobalSecondaryIndexes, table.LocalSecondaryIndexes].flatMap(objectsIn);
  const [name = ''] = keyNamesOf(indexes.find(({ IndexName }) => IndexName === index) ?? table);
  const attribute = objectsIn(table.AttributeDefinitions).find(({ AttributeName }) => AttributeName === name);
  return {
    KeyConditionExpression: '#partition = :partition',
    ExpressionAttributeNames: { '#partition': name },
    ExpressionAttributeValues: { ':partition': { [String(attribute?.AttributeType ?? 'S')]: partition } },
  };
}

function writesTo({ keptFacts }: ConsoleContext, table: string): Write[] {
  return keptFacts(['tables']).filter(
    (fact): fact is Write => fact.kind === 'table.written' && fact.tableName === table,
  );
}

/** The last one to each key. */
function lastWrites(context: ConsoleContext, table: string): Map<string, Write> {
  return new Map(writesTo(context, table).map((fact) => [fact.key, fact]));
}

function rowOf(item: JsonObject, key: string, writes: ReadonlyMap<string, Write>) {
  const last = writes.get(key);
  return { key, item, ...(last && { writtenAt: last.time, seq: last.seq, operation: last.operation }) };
}

function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
