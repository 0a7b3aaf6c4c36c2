import { integer, required, structure, text, unread } from '../../aws/members.ts';

import { endpoint } from '../context.ts';

const TABLE = required(text({ min: 1 }));
/** Attributes by their names, as DynamoDB's API writes them. */
const ATTRIBUTES = required(unread(structure({})));

export const TABLE_ENDPOINTS = {
  'GET /_loop/items': endpoint({
    purpose: 'items of a table, as DynamoDB’s API writes them, in the order of a scan',
    input: { table: TABLE, limit: integer({ min: 1, max: 1_000 }) },
    async answer({ table, limit = 100 }, { call }, { signal }) {
      const { Items, LastEvaluatedKey } = await call(
        'dynamodb',
        'Scan',
        { TableName: table, Limit: limit },
        signal,
      );
      return { items: Items, hasMore: LastEvaluatedKey !== undefined };
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
