import { type Clock, seconds } from '../clock.ts';
import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import type { EngineParts, Operation } from '../operations/engine-parts.ts';
import type { Change } from '../storage/store.ts';
import { encryptionOf, keyArnOf } from './create-table.ts';
import { describeTable } from './describe-table.ts';
import type { StreamSpecification } from './read-create-table.ts';
import type { Units } from './read-throughput.ts';
import { invalid, readUpdateTable, type TableUpdate } from './read-update-table.ts';
import type { GlobalIndexSettings, TableSettings, Throughput } from './table-settings.ts';
import { updatedIndexes } from './update-indexes.ts';

/** Changes settings alone, without the table being UPDATING meanwhile. */
const AT_ONCE = ['DeletionProtectionEnabled', 'TableName'];

export const updateTable: Operation = (parts, input) => {
  const { tables, transitions, place, clock } = parts;
  const update = readUpdateTable(input);
  const table = tables.known(update.name);
  const before = table.settings;
  if (before.status !== 'ACTIVE') {
    throw new DynamoDbError(
      'ResourceInUseException',
      `Attempt to change a resource which is still in use: Table is being ${before.status === 'CREATING' ? 'created' : before.status === 'DELETING' ? 'deleted' : 'updated'}: ${before.name}`,
    );
  }
  const capacity = withCapacity(before, update, clock);
  const indexed = updatedIndexes(capacity, update);
  const { settings, changes } = withStream(parts, withSettings(indexed, update, parts), update.stream);
  const isSoon = Object.keys(input).some((name) => !AT_ONCE.includes(name) && input[name] != null);
  tables.change(table, { ...settings, status: isSoon ? 'UPDATING' : 'ACTIVE' }, changes);
  const TableDescription = describeTable(table, place);
  if (isSoon) transitions.activateSoon(table);
  return { TableDescription };
};

function withCapacity(settings: TableSettings, update: TableUpdate, clock: Clock): TableSettings {
  const { throughput, billingMode = settings.billingMode } = update;
  const isOnDemand = billingMode === 'PAY_PER_REQUEST';
  if (isOnDemand && throughput) {
    throw invalid(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  const wasOnDemand = settings.billingMode === 'PAY_PER_REQUEST';
  if (!wasOnDemand && throughput) checkChanges(settings.throughput, throughput, 'table');
  const units = isOnDemand ? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 } : throughput;
  const changed: TableSettings = {
    ...settings,
    ...(billingMode && { billingMode }),
    throughput: units ? changedThroughput(settings.throughput, units, clock) : settings.throughput,
    ...(isOnDemand && !wasOnDemand && { onDemandSince: seconds(clock) }),
    ...(update.onDemandThroughput && { onDemandThroughput: update.onDemandThroughput }),
    ...(update.warmThroughput && { warmThroughput: update.warmThroughput }),
  };
  return { ...changed, globalIndexes: indexCapacities(changed, update, wasOnDemand, clock) };
}

/** A change to PROVISIONED names the capacity of every index; one to PAY_PER_REQUEST takes it from them. */
function indexCapacities(
  { globalIndexes, billingMode }: TableSettings,
  { indexUpdates }: TableUpdate,
  wasOnDemand: boolean,
  clock: Clock,
): GlobalIndexSettings[] {
  const isOnDemand = billingMode === 'PAY_PER_REQUEST';
  const unitsOf = (name: string) => {
    const update = indexUpdates.find((of) => of.kind === 'Update' && of.name === name);
    return update?.kind === 'Update' ? update : undefined;
  };
  const unnamed = globalIndexes.filter(({ name }) => !unitsOf(name)?.throughput);
  if (wasOnDemand && !isOnDemand && unnamed.length > 0) {
    throw invalid(
      `ProvisionedThroughput must be specified for index: ${unnamed.map(({ name }) => name).join(',')}`,
    );
  }
  return globalIndexes.map((index) => {
    const update = unitsOf(index.name);
    if (isOnDemand && update?.throughput) {
      throw invalid(
        `ProvisionedThroughput should not be specified for index: ${index.name} when BillingMode is PAY_PER_REQUEST`,
      );
    }
    if (!wasOnDemand && update?.throughput) checkChanges(index.throughput, update.throughput, 'index');
    const units = isOnDemand ? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 } : update?.throughput;
    return {
      ...index,
      ...(update && { status: 'UPDATING' as const }),
      throughput: units ? changedThroughput(index.throughput, units, clock) : index.throughput,
      ...(update?.onDemandThroughput && { onDemandThroughput: update.onDemandThroughput }),
      ...(update?.warmThroughput && { warmThroughput: update.warmThroughput }),
    };
  });
}

function checkChanges(current: Throughput, wanted: Units, what: 'table' | 'index'): void {
  if (current.ReadCapacityUnits !== wanted.ReadCapacityUnits) return;
  if (current.WriteCapacityUnits !== wanted.WriteCapacityUnits) return;
  throw validationError(
    `The provisioned throughput for the ${what} will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the ${what}: ${current.ReadCapacityUnits}. Requested ReadCapacityUnits: ${wanted.ReadCapacityUnits}. Current WriteCapacityUnits provisioned for the ${what}: ${current.WriteCapacityUnits}. Requested WriteCapacityUnits: ${wanted.WriteCapacityUnits}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
  );
}

function changedThroughput(current: Throughput, wanted: Units, clock: Clock): Throughput {
  const differences = [
    wanted.ReadCapacityUnits - current.ReadCapacityUnits,
    wanted.WriteCapacityUnits - current.WriteCapacityUnits,
  ];
  const isLess = differences.some((difference) => difference < 0);
  const isMore = differences.some((difference) => difference > 0);
  return {
    ...current,
    ReadCapacityUnits: wanted.ReadCapacityUnits,
    WriteCapacityUnits: wanted.WriteCapacityUnits,
    NumberOfDecreasesToday: current.NumberOfDecreasesToday + (isLess ? 1 : 0),
    ...(isMore && { LastIncreaseDateTime: seconds(clock) }),
    ...(isLess && { LastDecreaseDateTime: seconds(clock) }),
  };
}

function withSettings(
  settings: TableSettings,
  update: TableUpdate,
  { clock, place }: EngineParts,
): TableSettings {
  const { encryption: _, ...unencrypted } = settings;
  const base = update.encryption && !update.encryption.enabled ? unencrypted : settings;
  return {
    ...base,
    deletionProtection: update.deletionProtection ?? settings.deletionProtection,
    ...(update.encryption?.enabled && { encryption: encryptionOf(keyArnOf(update.encryption.keyId, place)) }),
    ...(update.tableClass && { tableClass: update.tableClass, tableClassSince: seconds(clock) }),
  };
}

function withStream(
  { streams }: EngineParts,
  settings: TableSettings,
  specification: StreamSpecification | undefined,
): { settings: TableSettings; changes: readonly Change[] } {
  if (!specification) return { settings, changes: [] };
  const { stream, ...unstreamed } = settings;
  if (specification.enabled) {
    if (stream)
      throw validationError('Table already has an enabled stream: it is already enabled, disable it first');
    const opened = streams.open(settings, specification.viewType ?? 'KEYS_ONLY');
    const { arn, label, viewType } = opened.settings;
    return {
      settings: { ...settings, stream: { arn, label, viewType }, latestStream: { arn, label } },
      changes: opened.changes,
    };
  }
  if (!stream) throw validationError('Table has no stream to disable');
  return { settings: unstreamed, changes: streams.close(stream.arn) };
}
