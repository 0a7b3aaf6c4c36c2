import {
  document,
  integer,
  list,
  map,
  number,
  oneOf,
  required,
  structure,
  text,
} from '../../../aws/members.ts';

/** Lists and maps hold values again, and the engine alone reads them. */
export const VALUE = document();
export const ITEM = map(VALUE);
export const NAME_PATTERN = '[a-zA-Z0-9_.-]+';

/** A name of 3 to 255 characters, or an ARN, in most operations. */
export const TABLE_NAME = text({ min: 1, max: 1024 });
export const INDEX_NAME = text({ min: 3, max: 255, pattern: NAME_PATTERN });

export const CAPACITY_DETAIL = oneOf(['INDEXES', 'TOTAL', 'NONE']);
export const METRICS_DETAIL = oneOf(['SIZE', 'NONE']);
export const ITEM_ON_FAILURE = oneOf(['ALL_OLD', 'NONE']);

export const KEY_SCHEMA = list(
  structure({
    AttributeName: required(text({ min: 1, max: 255 })),
    KeyType: required(oneOf(['HASH', 'RANGE'])),
  }),
  { min: 1 },
);

export const VIEW_TYPE = oneOf(['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY']);

const CAPACITY = structure({
  ReadCapacityUnits: number(),
  WriteCapacityUnits: number(),
  CapacityUnits: number(),
});

export const CONSUMED_CAPACITY = structure({
  TableName: TABLE_NAME,
  CapacityUnits: number(),
  ReadCapacityUnits: number(),
  WriteCapacityUnits: number(),
  Table: CAPACITY,
  LocalSecondaryIndexes: map(CAPACITY),
  GlobalSecondaryIndexes: map(CAPACITY),
});

export const COLLECTION_METRICS = structure({
  ItemCollectionKey: ITEM,
  SizeEstimateRangeGB: list(number()),
});

export const LIMIT = integer({ min: 1 });
