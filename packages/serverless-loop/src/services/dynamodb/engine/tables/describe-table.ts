import { type Place, tableArn } from '../place.ts';
import type { JsonObject } from '../requests/shapes.ts';
import type { Table } from './table.ts';
import type { GlobalIndexSettings, IndexSettings, TableSettings } from './table-settings.ts';

/** DynamoDB guide, "Understanding DynamoDB warm throughput": of a table or index that is on demand. */
const WARM_ON_DEMAND = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 };

/** A TableDescription (API reference): members that don't apply are absent. */
export function describeTable(table: Table, place: Place): JsonObject {
  const { settings } = table;
  const isThere = settings.status !== 'CREATING';
  return defined({
    AttributeDefinitions: settings.attributes,
    TableName: settings.name,
    KeySchema: settings.keySchema,
    TableStatus: settings.status,
    CreationDateTime: settings.createdAt,
    ProvisionedThroughput: settings.throughput,
    TableSizeBytes: table.sizeBytes(),
    ItemCount: table.items.size,
    TableArn: settings.arn,
    TableId: settings.id,
    BillingModeSummary: billingModeSummary(settings),
    LocalSecondaryIndexes: some(settings.localIndexes.map((index) => describeIndex(table, index, place))),
    GlobalSecondaryIndexes: some(
      settings.globalIndexes.map((index) => describeGlobalIndex(table, index, place)),
    ),
    StreamSpecification: settings.stream && { StreamEnabled: true, StreamViewType: settings.stream.viewType },
    LatestStreamLabel: settings.latestStream?.label,
    LatestStreamArn: settings.latestStream?.arn,
    SSEDescription: settings.encryption && {
      Status: 'ENABLED',
      SSEType: settings.encryption.type,
      KMSMasterKeyArn: settings.encryption.keyArn,
    },
    TableClassSummary: settings.tableClass && {
      TableClass: settings.tableClass,
      ...(settings.tableClassSince !== undefined && { LastUpdateDateTime: settings.tableClassSince }),
    },
    DeletionProtectionEnabled: settings.deletionProtection,
    OnDemandThroughput: settings.onDemandThroughput,
    WarmThroughput: isThere ? warmThroughput(settings, settings) : undefined,
  });
}

/** DeleteTable tells only so much (API reference, "DeleteTable", sample response). */
export function describeDeleted(table: Table): JsonObject {
  const { settings } = table;
  return defined({
    TableName: settings.name,
    TableStatus: 'DELETING',
    ProvisionedThroughput: settings.throughput,
    TableSizeBytes: 0,
    ItemCount: 0,
    TableArn: settings.arn,
    TableId: settings.id,
    BillingModeSummary: billingModeSummary(settings),
    LatestStreamLabel: settings.latestStream?.label,
    LatestStreamArn: settings.latestStream?.arn,
    DeletionProtectionEnabled: settings.deletionProtection,
  });
}

function describeIndex(
  table: Table,
  { name, keySchema, projection }: IndexSettings,
  place: Place,
): JsonObject {
  const index = table.index(name);
  return {
    IndexName: name,
    KeySchema: keySchema,
    Projection: projection,
    IndexSizeBytes: index?.sizeBytes() ?? 0,
    ItemCount: index?.entries.size ?? 0,
    IndexArn: `${tableArn(place, table.settings.name)}/index/${name}`,
  };
}

function describeGlobalIndex(table: Table, index: GlobalIndexSettings, place: Place): JsonObject {
  return defined({
    ...describeIndex(table, index, place),
    IndexStatus: index.status,
    Backfilling: index.status === 'CREATING' && table.settings.status === 'UPDATING' ? false : undefined,
    ProvisionedThroughput: index.throughput,
    OnDemandThroughput: index.onDemandThroughput,
    WarmThroughput: index.status === 'CREATING' ? undefined : warmThroughput(index, table.settings),
  });
}

function warmThroughput(of: TableSettings | GlobalIndexSettings, { billingMode }: TableSettings): JsonObject {
  const provisioned = {
    ReadUnitsPerSecond: of.throughput.ReadCapacityUnits,
    WriteUnitsPerSecond: of.throughput.WriteCapacityUnits,
  };
  const units = of.warmThroughput ?? (billingMode === 'PAY_PER_REQUEST' ? WARM_ON_DEMAND : provisioned);
  return { ...units, Status: 'ACTIVE' };
}

/** Absent for a table that was always provisioned without saying so. */
function billingModeSummary({ billingMode, onDemandSince, status }: TableSettings): JsonObject | undefined {
  if (billingMode === undefined) return undefined;
  if (onDemandSince === undefined || status === 'CREATING') return { BillingMode: billingMode };
  return { BillingMode: billingMode, LastUpdateToPayPerRequestDateTime: onDemandSince };
}

const some = (list: JsonObject[]): JsonObject[] | undefined => (list.length > 0 ? list : undefined);

function defined(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
