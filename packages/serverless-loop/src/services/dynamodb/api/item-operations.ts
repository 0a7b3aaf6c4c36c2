import { boolean, integer, list, map, oneOf, required, structure, text } from '../../../aws/members.ts';
import { doneByContext } from './context.ts';
import { needsOfParts, onIndex, onTable, onTables } from './needs.ts';
import {
  CAPACITY_DETAIL,
  COLLECTION_METRICS,
  CONSUMED_CAPACITY,
  INDEX_NAME,
  ITEM,
  ITEM_ON_FAILURE,
  LIMIT,
  METRICS_DETAIL,
  TABLE_NAME,
  VALUE,
} from './shapes.ts';

const NAMES = map(text({ max: 65_535 }));
const COMPARISON = oneOf([
  'EQ',
  'NE',
  'IN',
  'LE',
  'LT',
  'GE',
  'GT',
  'BETWEEN',
  'NOT_NULL',
  'NULL',
  'CONTAINS',
  'NOT_CONTAINS',
  'BEGINS_WITH',
]);
const CONDITIONS = map(
  structure({ AttributeValueList: list(VALUE), ComparisonOperator: required(COMPARISON) }),
);

const PROJECTED = { ProjectionExpression: text(), ExpressionAttributeNames: NAMES } as const;
const OLDER_PROJECTED = { AttributesToGet: list(text({ max: 65_535 }), { min: 1 }) } as const;
const CONDITIONAL = {
  ConditionExpression: text(),
  ExpressionAttributeNames: NAMES,
  ExpressionAttributeValues: ITEM,
  ReturnValuesOnConditionCheckFailure: ITEM_ON_FAILURE,
} as const;
const OLDER_CONDITIONAL = {
  Expected: map(
    structure({
      Value: VALUE,
      Exists: boolean(),
      ComparisonOperator: COMPARISON,
      AttributeValueList: list(VALUE),
    }),
  ),
  ConditionalOperator: oneOf(['AND', 'OR']),
} as const;

const KEYED = { TableName: required(TABLE_NAME), Key: required(ITEM) } as const;
const PUT = { TableName: required(TABLE_NAME), Item: required(ITEM) } as const;

const WRITE = {
  ...OLDER_CONDITIONAL,
  ...CONDITIONAL,
  ReturnValues: oneOf(['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW']),
  ReturnConsumedCapacity: CAPACITY_DETAIL,
  ReturnItemCollectionMetrics: METRICS_DETAIL,
} as const;
const WRITTEN = {
  Attributes: ITEM,
  ConsumedCapacity: CONSUMED_CAPACITY,
  ItemCollectionMetrics: COLLECTION_METRICS,
} as const;

const KEYS_OF_TABLE = structure({
  ...OLDER_PROJECTED,
  ...PROJECTED,
  Keys: required(list(ITEM, { min: 1, max: 100 })),
  ConsistentRead: boolean(),
});
const WRITES_OF_TABLE = list(
  structure({
    PutRequest: structure({ Item: required(ITEM) }),
    DeleteRequest: structure({ Key: required(ITEM) }),
  }),
  { min: 1, max: 25 },
);

/** The members that Query and Scan have in common. */
const PAGE = {
  ...OLDER_PROJECTED,
  ...PROJECTED,
  TableName: required(TABLE_NAME),
  IndexName: INDEX_NAME,
  Select: oneOf(['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT']),
  Limit: LIMIT,
  ConsistentRead: boolean(),
  ConditionalOperator: oneOf(['AND', 'OR']),
  ExclusiveStartKey: ITEM,
  ReturnConsumedCapacity: CAPACITY_DETAIL,
  FilterExpression: text(),
  ExpressionAttributeValues: ITEM,
} as const;
const READ_PAGE = {
  Items: list(ITEM),
  Count: integer(),
  ScannedCount: integer(),
  LastEvaluatedKey: ITEM,
  ConsumedCapacity: CONSUMED_CAPACITY,
} as const;

const PARTS = { min: 1, max: 100 } as const;

export const ITEM_OPERATIONS = doneByContext({
  BatchGetItem: {
    input: { RequestItems: required(map(KEYS_OF_TABLE)), ReturnConsumedCapacity: CAPACITY_DETAIL },
    output: {
      Responses: map(list(ITEM)),
      UnprocessedKeys: map(KEYS_OF_TABLE),
      ConsumedCapacity: list(CONSUMED_CAPACITY),
    },
    needs: onTables('BatchGetItem'),
  },
  BatchWriteItem: {
    input: {
      RequestItems: required(map(WRITES_OF_TABLE)),
      ReturnConsumedCapacity: CAPACITY_DETAIL,
      ReturnItemCollectionMetrics: METRICS_DETAIL,
    },
    output: {
      UnprocessedItems: map(WRITES_OF_TABLE),
      ItemCollectionMetrics: map(list(COLLECTION_METRICS)),
      ConsumedCapacity: list(CONSUMED_CAPACITY),
    },
    needs: onTables('BatchWriteItem'),
  },
  DeleteItem: { input: { ...KEYED, ...WRITE }, output: WRITTEN, needs: onTable('DeleteItem') },
  GetItem: {
    input: {
      ...KEYED,
      ...OLDER_PROJECTED,
      ...PROJECTED,
      ConsistentRead: boolean(),
      ReturnConsumedCapacity: CAPACITY_DETAIL,
    },
    output: { Item: ITEM, ConsumedCapacity: CONSUMED_CAPACITY },
    needs: onTable('GetItem'),
  },
  PutItem: { input: { ...PUT, ...WRITE }, output: WRITTEN, needs: onTable('PutItem') },
  Query: {
    input: {
      ...PAGE,
      KeyConditionExpression: text(),
      KeyConditions: CONDITIONS,
      QueryFilter: CONDITIONS,
      ScanIndexForward: boolean(),
    },
    output: READ_PAGE,
    needs: onIndex('Query'),
  },
  Scan: {
    input: {
      ...PAGE,
      ScanFilter: CONDITIONS,
      TotalSegments: integer({ min: 1, max: 1_000_000 }),
      Segment: integer({ min: 0, max: 999_999 }),
    },
    output: READ_PAGE,
    needs: onIndex('Scan'),
  },
  TransactGetItems: {
    input: {
      TransactItems: required(
        list(structure({ Get: required(structure({ ...KEYED, ...PROJECTED })) }), PARTS),
      ),
      ReturnConsumedCapacity: CAPACITY_DETAIL,
    },
    output: { ConsumedCapacity: list(CONSUMED_CAPACITY), Responses: list(structure({ Item: ITEM }), PARTS) },
    needs: needsOfParts,
  },
  TransactWriteItems: {
    input: {
      TransactItems: required(
        list(
          structure({
            ConditionCheck: structure({
              ...KEYED,
              ...CONDITIONAL,
              ConditionExpression: required(text()),
            }),
            Put: structure({ ...PUT, ...CONDITIONAL }),
            Delete: structure({ ...KEYED, ...CONDITIONAL }),
            Update: structure({ ...KEYED, ...CONDITIONAL, UpdateExpression: required(text()) }),
          }),
          PARTS,
        ),
      ),
      ReturnConsumedCapacity: CAPACITY_DETAIL,
      ReturnItemCollectionMetrics: METRICS_DETAIL,
      ClientRequestToken: text({ min: 1, max: 36 }),
    },
    output: {
      ConsumedCapacity: list(CONSUMED_CAPACITY),
      ItemCollectionMetrics: map(list(COLLECTION_METRICS)),
    },
    needs: needsOfParts,
  },
  UpdateItem: {
    input: {
      ...KEYED,
      ...WRITE,
      UpdateExpression: text(),
      AttributeUpdates: map(structure({ Value: VALUE, Action: oneOf(['ADD', 'PUT', 'DELETE']) })),
    },
    output: WRITTEN,
    needs: onTable('UpdateItem'),
  },
});
