import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import type { EngineParts, Operation } from '../operations/engine-parts.ts';
import type { Members } from '../requests/members.ts';
import { readRequest } from '../requests/read-request.ts';
import type { JsonObject } from '../requests/shapes.ts';
import { localName, readTableName } from '../tables/table-name.ts';
import { describeRecord } from './record.ts';
import { iteratorOf, placeOfIterator } from './shard-iterator.ts';
import type { Stream } from './stream.ts';

const MAX_STREAMS = 100;
const MAX_SHARDS = 100;
const MAX_RECORDS = 1000;
/** API reference, "GetRecords": of one answer. */
const MAX_ANSWER_BYTES = 1024 * 1024;
const ARN = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/[^/]+\/stream\/.+$/;
const ITERATOR_TYPES = [
  'TRIM_HORIZON',
  'LATEST',
  'AT_SEQUENCE_NUMBER',
  'AFTER_SEQUENCE_NUMBER',
  'AT_TIMESTAMP',
] as const;

export const listStreams: Operation = ({ streams, place }, input) => {
  const { tableName, limit, start } = readRequest(input, (members) => ({
    tableName: members.has('TableName') ? readTableName(members) : undefined,
    limit: members.number('Limit', { min: 1, max: MAX_STREAMS }) ?? MAX_STREAMS,
    start: members.has('ExclusiveStartStreamArn') ? readArn(members, 'ExclusiveStartStreamArn') : undefined,
  }));
  if (start !== undefined) checkArn(start);
  const name = tableName && localName(tableName, place);
  const all = streams
    .all()
    .map(({ settings }) => settings)
    .filter((settings) => name === undefined || settings.tableName === name)
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const from = start === undefined ? 0 : all.findIndex(({ arn }) => arn > start);
  const page = from < 0 ? [] : all.slice(from, from + limit);
  const more = from >= 0 && from + limit < all.length;
  return {
    Streams: page.map(({ arn, label, tableName }) => ({
      StreamArn: arn,
      StreamLabel: label,
      TableName: tableName,
    })),
    ...(more && { LastEvaluatedStreamArn: page.at(-1)?.arn }),
  };
};

export const describeStream: Operation = (parts, input) => {
  const { arn, filter, start } = readRequest(input, (members) => {
    const arn = readArn(members, 'StreamArn');
    members.number('Limit', { min: 1, max: MAX_SHARDS });
    return { arn, start: readShardId(members, 'ExclusiveStartShardId'), filter: readShardFilter(members) };
  });
  const { settings } = foundStream(parts, arn);
  const isListed = filter === undefined && (start === undefined || start < settings.shardId);
  return {
    StreamDescription: {
      StreamArn: settings.arn,
      StreamLabel: settings.label,
      StreamStatus: settings.ended ? 'DISABLED' : 'ENABLED',
      StreamViewType: settings.viewType,
      CreationRequestDateTime: settings.createdAt,
      TableName: settings.tableName,
      KeySchema: settings.keySchema,
      Shards: isListed ? [describeShard(settings)] : [],
    },
  };
};

/** A stream is one shard, so that nothing is ever a child of it. */
function describeShard({ shardId, firstSequenceNumber, ended }: Stream['settings']): JsonObject {
  return {
    ShardId: shardId,
    SequenceNumberRange: {
      StartingSequenceNumber: firstSequenceNumber,
      ...(ended && { EndingSequenceNumber: ended.sequenceNumber }),
    },
  };
}

export const getShardIterator: Operation = (parts, input) => {
  const { arn, shardId, type, sequenceNumber, timestamp } = readRequest(input, (members) => {
    const arn = readArn(members, 'StreamArn');
    members.require('ShardId');
    const shardId = readShardId(members, 'ShardId');
    members.require('ShardIteratorType');
    const type = members.oneOf('ShardIteratorType', ITERATOR_TYPES) ?? 'LATEST';
    const sequenceNumber = members.text('SequenceNumber', { minLength: 21, maxLength: 40 });
    return { arn, shardId, type, sequenceNumber, timestamp: members.timestamp('Timestamp') };
  });
  const isAtNumber = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER';
  if (isAtNumber && sequenceNumber === undefined) {
    throw validationError(`SequenceNumber is required for ShardIteratorType ${type}`);
  }
  if (!isAtNumber && sequenceNumber !== undefined) {
    throw validationError(`SequenceNumber cannot be specified for ShardIteratorType ${type}`);
  }
  const isAtTime = type === 'AT_TIMESTAMP';
  if (isAtTime !== (timestamp !== undefined)) {
    const verb = isAtTime ? 'is required' : 'cannot be specified';
    throw validationError(`Timestamp ${verb} for ShardIteratorType ${type}`);
  }
  const stream = foundStream(parts, arn);
  if (shardId !== stream.settings.shardId) throw notFound(`Shard not found: ${shardId}`);
  const after =
    timestamp === undefined
      ? placeOf(parts, stream, type, sequenceNumber)
      : placeAtTime(parts, stream, timestamp);
  return { ShardIterator: iteratorOf({ arn, after }, parts.clock.now()) };
};

function placeOf(
  { streams }: EngineParts,
  { settings, records }: Stream,
  type: (typeof ITERATOR_TYPES)[number],
  sequenceNumber = '',
): string {
  if (type === 'TRIM_HORIZON') return '';
  if (type === 'LATEST') return streams.nextSequenceNumber();
  if (!/^\d{21}$/.test(sequenceNumber)) throw validationError(`Invalid SequenceNumber: ${sequenceNumber}`);
  const [oldest] = records.entries();
  const isTrimmed = sequenceNumber < (oldest?.[0] ?? settings.firstSequenceNumber);
  if (isTrimmed && sequenceNumber !== settings.firstSequenceNumber) {
    throw new DynamoDbError(
      'TrimmedDataAccessException',
      'The operation attempted to read past the oldest stream record in a shard.',
    );
  }
  return type === 'AFTER_SEQUENCE_NUMBER' ? sequenceNumber : before(sequenceNumber);
}

/** The first record that was made then or later, in whole seconds as records tell it (API reference, "GetShardIterator"). */
function placeAtTime({ streams, clock }: EngineParts, { records }: Stream, timestamp: number): string {
  if (timestamp * 1_000 > clock.now()) throw validationError('Timestamp cannot be in the future');
  for (const [number, { createdAt }] of records.entries())
    if (Math.floor(createdAt) >= timestamp) return before(number);
  return streams.nextSequenceNumber();
}

/** A text that is less than the number, and greater than all numbers before it. */
const before = (sequenceNumber: string): string => String(BigInt(sequenceNumber) - 1n).padStart(21, '0');

export const getRecords: Operation = (parts, input) => {
  const { clock, place } = parts;
  const { iterator, limit } = readRequest(input, (members) => ({
    iterator: members.requiredText('ShardIterator', { minLength: 1, maxLength: 2048 }),
    limit: members.number('Limit', { min: 1, max: MAX_RECORDS }) ?? MAX_RECORDS,
  }));
  const { arn, after } = placeOfIterator(iterator, clock.now());
  const { settings, records } = foundStream(parts, arn);
  const Records: JsonObject[] = [];
  let last = after;
  let sizeBytes = 0;
  let isAtEnd = true;
  for (const [number, record] of records.entries({ from: `${after}\0` })) {
    if (Records.length === limit || sizeBytes >= MAX_ANSWER_BYTES) {
      isAtEnd = false;
      break;
    }
    Records.push(describeRecord(record, number, settings, place.region));
    sizeBytes += record.sizeBytes;
    last = number;
  }
  const isOver = isAtEnd && settings.ended !== undefined;
  return {
    Records,
    ...(!isOver && { NextShardIterator: iteratorOf({ arn, after: last }, clock.now()) }),
  };
};

const readArn = (members: Members, name: string): string =>
  members.requiredText(name, { minLength: 37, maxLength: 1024 });

const readShardId = (members: Members, name: string): string | undefined =>
  members.text(name, { minLength: 28, maxLength: 65 });

function readShardFilter(members: Members) {
  return members.structure('ShardFilter', 'ShardFilter', (filter) => {
    filter.require('Type');
    filter.require('ShardId');
    return { type: filter.oneOf('Type', ['CHILD_SHARDS']), shardId: readShardId(filter, 'ShardId') };
  });
}

function checkArn(arn: string): void {
  if (!ARN.test(arn)) throw validationError(`Invalid StreamArn: ${arn}`);
}

function foundStream({ streams }: EngineParts, arn: string): Stream {
  checkArn(arn);
  const stream = streams.find(arn);
  if (stream) return stream;
  throw notFound(`Requested resource not found: Stream: ${arn} not found`);
}

const notFound = (message: string) => new DynamoDbError('ResourceNotFoundException', message);
