import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../aws/operation.ts';
import type { TableModel } from '../../template/model.ts';
import { isSameIndex } from './index-model.ts';
import { objectOf, objectsOf } from './json.ts';

/** Differences of the template from the kept table, in a few words each. */
export function changesInWords(table: TableModel, kept: TableModel): string[] {
  const [now, before] = [table.createTable, kept.createTable];
  return [
    ...(modeOf(now) === modeOf(before) ? [] : [modeOf(now)]),
    ...indexChanges(table, kept),
    ...(streamOf(now) === streamOf(before) ? [] : [streamOf(now)]),
    ...(timeToLiveOf(table) === timeToLiveOf(kept) ? [] : [timeToLiveOf(table)]),
    ...(classOf(now) === classOf(before) ? [] : [classOf(now)]),
    ...(protectionOf(now) === protectionOf(before) ? [] : [protectionOf(now)]),
    ...(isDeepStrictEqual(tagsOf(now), tagsOf(before)) ? [] : ['tags']),
  ];
}

function modeOf({ BillingMode, ProvisionedThroughput }: JsonObject): string {
  if (BillingMode === 'PAY_PER_REQUEST') return 'paid by request';
  const { ReadCapacityUnits, WriteCapacityUnits } = objectOf(ProvisionedThroughput);
  return `${ReadCapacityUnits} read and ${WriteCapacityUnits} write units`;
}

function indexChanges(table: TableModel, kept: TableModel): string[] {
  const [wanted, current] = [table, kept].map(({ createTable }) =>
    objectsOf(createTable.GlobalSecondaryIndexes),
  );
  const named = (indexes: readonly JsonObject[] | undefined, { IndexName }: JsonObject) =>
    indexes?.find((index) => index.IndexName === IndexName);
  const gone = (current ?? []).filter((index) => !named(wanted, index));
  const others = (wanted ?? []).flatMap((index) => {
    const known = named(current, index);
    if (!known) return [`new index ${index.IndexName}`];
    if (!isSameIndex(index, known, table, kept)) return [`index ${index.IndexName} made anew`];
    const isAsBefore =
      index.ProvisionedThroughput === undefined ||
      isDeepStrictEqual(index.ProvisionedThroughput, known.ProvisionedThroughput);
    return isAsBefore ? [] : [`units of index ${index.IndexName}`];
  });
  return [...gone.map(({ IndexName }) => `no index ${IndexName}`), ...others];
}

function streamOf({ StreamSpecification }: JsonObject): string {
  const { StreamViewType } = objectOf(StreamSpecification);
  return StreamViewType === undefined ? 'no stream' : `stream of ${StreamViewType}`;
}

function timeToLiveOf({ timeToLiveAttribute }: TableModel): string {
  return timeToLiveAttribute === undefined ? 'no time to live' : `time to live by ${timeToLiveAttribute}`;
}

function classOf({ TableClass = 'STANDARD' }: JsonObject): string {
  return `table class ${TableClass}`;
}

function protectionOf({ DeletionProtectionEnabled = false }: JsonObject): string {
  return DeletionProtectionEnabled === true ? 'deletion protection' : 'no deletion protection';
}

function tagsOf({ Tags }: JsonObject): string[] {
  return objectsOf(Tags)
    .map(({ Key, Value }) => `${Key}=${Value}`)
    .sort();
}
