import type { Place } from '../../../aws/arn.ts';
import { frameworkDialect } from '../../../aws/dialect.ts';
import type { JsonService } from '../../../aws/operation.ts';
import { jsonService, type ServiceDescription } from '../../../aws/service.ts';
import type { DynamoDbContext, Run } from './context.ts';
import { ITEM_OPERATIONS } from './item-operations.ts';
import { newRequestId } from './request-ids.ts';
import { STATEMENT_OPERATIONS } from './statement-operations.ts';
import { STREAM_OPERATIONS } from './stream-operations.ts';
import { TABLE_OPERATIONS } from './table-operations.ts';

/**
 * Attributes that an item of 400 KB has at most: 128 with names of one byte, 16,384 of two and the rest of three, each with an
 * empty string for its value, which counts for nothing (DynamoDB guide, "DynamoDB item sizes and formats").
 */
const MAX_ATTRIBUTES = 142_080;

const JSON_PROTOCOL = {
  jsonVersion: '1.0',
  errorNamespace: 'com.amazonaws.dynamodb.v20120810',
  newRequestId,
  internalCode: 'InternalServerError',
  hasChecksum: true,
  headers: { Server: 'Server' },
  compressesAnswers: true,
  isEmptyWithoutOutput: true,
  failsOnEncoding: true,
  tellsNoSyntax: true,
  mostKeys: MAX_ATTRIBUTES,
} as const;

/** Amazon DynamoDB. The order of its checks and their words are its own, so that its engine reads what it gets. */
export const DYNAMODB = {
  title: 'DynamoDB',
  signingName: 'dynamodb',
  dialect: frameworkDialect(),
  speaksForItself: true,
  json: { ...JSON_PROTOCOL, targetPrefix: 'DynamoDB_20120810' },
  operations: { ...ITEM_OPERATIONS, ...STATEMENT_OPERATIONS, ...TABLE_OPERATIONS },
} as const satisfies ServiceDescription<DynamoDbContext>;

/** DynamoDB's streams, under their own target. */
export const DYNAMODB_STREAMS = {
  ...DYNAMODB,
  title: 'DynamoDB Streams',
  json: { ...JSON_PROTOCOL, targetPrefix: 'DynamoDBStreams_20120810' },
  operations: STREAM_OPERATIONS,
} as const satisfies ServiceDescription<DynamoDbContext>;

type Runs<Service extends ServiceDescription<DynamoDbContext>> = Readonly<
  Record<keyof Service['operations'], Run>
>;

export function dynamoDbService(place: Place, runs: Runs<typeof DYNAMODB>): JsonService {
  return done(DYNAMODB, place, runs);
}

export function streamsService(place: Place, runs: Runs<typeof DYNAMODB_STREAMS>): JsonService {
  return done(DYNAMODB_STREAMS, place, runs);
}

/** Throws TypeError unless each operation is both described and done. */
function done(
  service: ServiceDescription<DynamoDbContext>,
  place: Place,
  runs: Readonly<Record<string, Run>>,
): JsonService {
  const { operations, signingName } = service;
  const odd = Object.keys({ ...operations, ...runs }).filter((name) => !operations[name] || !runs[name]);
  if (odd.length > 0) throw new TypeError(`Of ${signingName} only described, or only done: ${odd.join()}`);
  return jsonService(service, { place, runs });
}
