import { seconds } from '../clock.ts';
import { DynamoDbError } from '../dynamodb-error.ts';
import type { EngineParts, Operation } from '../operations/engine-parts.ts';
import { tableArn } from '../place.ts';
import type { JsonObject } from '../requests/shapes.ts';
import { describeTable } from './describe-table.ts';
import { type NewTable, readCreateTable } from './read-create-table.ts';
import type { NewIndex } from './read-indexes.ts';
import { checkTags } from './read-tags.ts';
import type { Units } from './read-throughput.ts';
import type { Table } from './table.ts';
import { localName } from './table-name.ts';
import type {
  Encryption,
  GlobalIndexSettings,
  IndexSettings,
  TableSettings,
  Throughput,
} from './table-settings.ts';

export const createTable: Operation = (parts, input) => {
  const table = newTable(parts, input);
  const TableDescription = describeTable(table, parts.place);
  parts.transitions.activateSoon(table);
  return { TableDescription };
};

/** Makes a table that is still CREATING. */
export function newTable({ tables, streams, clock, place, newId }: EngineParts, input: JsonObject): Table {
  const request = readCreateTable(input);
  checkTags(request.tags);
  const name = localName(request.name, place);
  if (tables.find(name)) throw new DynamoDbError('ResourceInUseException', `Table already exists: ${name}`);
  const settings = settingsOf(
    { ...request, name },
    { id: newId(), arn: tableArn(place, name), now: seconds(clock) },
    (keyId) => keyArnOf(keyId, place),
  );
  if (!request.stream?.enabled || !request.stream.viewType) return tables.create(settings);
  const stream = streams.open(settings, request.stream.viewType);
  const { arn, label, viewType } = stream.settings;
  return tables.create(
    { ...settings, stream: { arn, label, viewType }, latestStream: { arn, label } },
    stream.changes,
  );
}

function settingsOf(
  table: NewTable,
  { id, arn, now }: { id: string; arn: string; now: number },
  keyArn: (keyId: string | undefined) => string,
): TableSettings {
  const encryption = table.encryption?.enabled ? encryptionOf(keyArn(table.encryption.keyId)) : undefined;
  return {
    name: table.name,
    id,
    arn,
    createdAt: now,
    status: 'CREATING',
    attributes: table.attributes,
    keySchema: table.keySchema,
    throughput: newThroughput(table.throughput),
    globalIndexes: (table.globalIndexes ?? []).map((index) => globalIndexSettings(index)),
    localIndexes: (table.localIndexes ?? []).map(indexSettings),
    deletionProtection: table.deletionProtection,
    tags: table.tags,
    ...(table.billingMode && { billingMode: table.billingMode }),
    ...(table.billingMode === 'PAY_PER_REQUEST' && { onDemandSince: now }),
    ...(table.onDemandThroughput && { onDemandThroughput: table.onDemandThroughput }),
    ...(table.warmThroughput && { warmThroughput: table.warmThroughput }),
    ...(table.tableClass && { tableClass: table.tableClass }),
    ...(encryption && { encryption }),
  };
}

export const encryptionOf = (keyArn: string): Encryption => ({ type: 'KMS', keyArn });

/** Without a key it is AWS's own for DynamoDB. */
export function keyArnOf(
  keyId: string | undefined,
  { partition, region, accountId }: EngineParts['place'],
): string {
  if (keyId?.startsWith('arn:')) return keyId;
  const resource =
    keyId === undefined ? 'alias/aws/dynamodb' : keyId.startsWith('alias/') ? keyId : `key/${keyId}`;
  return `arn:${partition}:kms:${region}:${accountId}:${resource}`;
}

function newThroughput(units: Units | undefined): Throughput {
  return {
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: units?.ReadCapacityUnits ?? 0,
    WriteCapacityUnits: units?.WriteCapacityUnits ?? 0,
  };
}

function indexSettings({ name, keySchema, projection }: NewIndex): IndexSettings {
  const { ProjectionType = 'ALL', NonKeyAttributes } = projection;
  return { name, keySchema, projection: { ProjectionType, ...(NonKeyAttributes && { NonKeyAttributes }) } };
}

export function globalIndexSettings(index: NewIndex): GlobalIndexSettings {
  return {
    ...indexSettings(index),
    status: 'CREATING',
    throughput: newThroughput(index.throughput),
    ...(index.onDemandThroughput && { onDemandThroughput: index.onDemandThroughput }),
    ...(index.warmThroughput && { warmThroughput: index.warmThroughput }),
  };
}
