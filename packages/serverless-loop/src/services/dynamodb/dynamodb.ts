import { randomFillSync } from 'node:crypto';
import type { JsonOperation, JsonService } from '../../aws/operation.ts';
import type { TableModel } from '../../template/model.ts';

export interface DynamoDb {
  service: JsonService;
  streams: JsonService;
  /** For stacks that come, change and go while the loop runs. Each throws what AWS would answer. */
  tables: {
    has(name: string): Promise<boolean>;
    /** Makes a table, ready for use. */
    add(table: TableModel): Promise<void>;
    /** Gives a table other settings and keeps its items. */
    change(table: TableModel, before: TableModel): Promise<void>;
    remove(table: TableModel): Promise<void>;
  };
  /** Deletes every item of every table. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Attributes that an item of 400 KB has at most: 128 with names of one byte, 16,384 of two and the rest of three, each with an
 * empty string for its value, which counts for nothing (DynamoDB guide, "DynamoDB item sizes and formats").
 */
const MOST_ATTRIBUTES = 142_080;

export function dynamoDbService(operations: Record<string, JsonOperation>): JsonService {
  return {
    targetPrefix: 'DynamoDB_20120810',
    signingName: 'dynamodb',
    jsonVersion: '1.0',
    errorNamespace: 'com.amazonaws.dynamodb.v20120810',
    newRequestId,
    internalCode: 'InternalServerError',
    hasChecksum: true,
    mostKeys: MOST_ATTRIBUTES,
    operations,
  };
}

const BASE32_HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
const REQUEST_ID_LENGTH = 52;

/** Asking for random bytes takes as long for one id as for many. */
const IDS_AT_ONCE = 64;

const newRequestId = requestIds();

/** Makes ids in DynamoDB's own form: 52 digits and capital letters. */
function requestIds(): () => string {
  const random = Buffer.alloc(REQUEST_ID_LENGTH * IDS_AT_ONCE);
  let at = random.length;
  return () => {
    if (at === random.length) {
      randomFillSync(random);
      for (const [index, byte] of random.entries()) random[index] = BASE32_HEX.charCodeAt(byte & 31);
      at = 0;
    }
    at += REQUEST_ID_LENGTH;
    return random.toString('latin1', at - REQUEST_ID_LENGTH, at);
  };
}

/** DynamoDB's streams, under their own target. */
export function streamsService(operations: Record<string, JsonOperation>): JsonService {
  return { ...dynamoDbService(operations), targetPrefix: 'DynamoDBStreams_20120810' };
}
