import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import type { TableModel } from '../../template/model.ts';
import { objectsOf } from './json.ts';

type Handle = (input: JsonObject) => Promise<unknown>;

/** The operations of DynamoDB that change a table. */
export type TableHandles = Record<
  'UpdateTable' | 'UpdateTimeToLive' | 'TagResource' | 'UntagResource',
  Handle
>;

/** Members that UpdateTable takes as CreateTable does. */
const SETTINGS = ['BillingMode', 'ProvisionedThroughput', 'DeletionProtectionEnabled', 'TableClass'];

/** Of a table whose template says nothing. */
const DEFAULTS: JsonObject = { TableClass: 'STANDARD', DeletionProtectionEnabled: false };

/**
 * Makes an existing table what the new model says, as CloudFormation does: by UpdateTable, whose changes are done when it
 * answers, and UpdateTimeToLive, with the items left alone. Throws AwsError for a change that can't be made.
 */
export async function changeTable(
  handles: TableHandles,
  table: TableModel,
  before: TableModel,
): Promise<void> {
  const { gone, come } = indexesToChange(table.createTable, before.createTable);
  const settings = settingsToChange(table.createTable, before.createTable);
  const updateIndexes = (updates: JsonObject[]) =>
    updates.length === 0
      ? undefined
      : handles.UpdateTable({
          TableName: table.name,
          AttributeDefinitions: table.createTable.AttributeDefinitions,
          GlobalSecondaryIndexUpdates: updates,
        });
  // A change of the capacity mode names every index that is there, and an index that comes is of the new mode.
  await updateIndexes(gone);
  if (Object.keys(settings).length > 0) await handles.UpdateTable({ TableName: table.name, ...settings });
  await updateIndexes(come);
  await changeTimeToLive(handles.UpdateTimeToLive, table, before);
  await changeStream(handles.UpdateTable, table, before);
  await changeTags(handles, table, before);
}

function settingsToChange(after: JsonObject, before: JsonObject): JsonObject {
  const wanted = (name: string) => after[name] ?? DEFAULTS[name];
  const changed = SETTINGS.filter((name) => !isDeepStrictEqual(wanted(name), before[name] ?? DEFAULTS[name]));
  const settings = changed.map((name) => [name, wanted(name)]).filter(([, value]) => value !== undefined);
  const capacities = indexCapacities(after, before);
  return {
    ...Object.fromEntries(settings),
    ...(capacities.length > 0 && { GlobalSecondaryIndexUpdates: capacities }),
  };
}

/** Of the indexes that stay: those whose capacity is another one. */
function indexCapacities(after: JsonObject, before: JsonObject): JsonObject[] {
  return indexesOf(after).flatMap(({ IndexName, ProvisionedThroughput }) => {
    const known = named(indexesOf(before), IndexName);
    if (!known || ProvisionedThroughput === undefined) return [];
    if (isDeepStrictEqual(known.ProvisionedThroughput, ProvisionedThroughput)) return [];
    return [{ Update: { IndexName, ProvisionedThroughput } }];
  });
}

async function changeTimeToLive(update: Handle, table: TableModel, before: TableModel): Promise<void> {
  const [wanted, current] = [table.timeToLiveAttribute, before.timeToLiveAttribute];
  if (wanted === current) return;
  const set = (AttributeName: string, Enabled: boolean) =>
    update({ TableName: table.name, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (current !== undefined) await set(current, false);
  if (wanted !== undefined) await set(wanted, true);
}

/** A stream has its view type for good: another one is a new stream (API reference, "StreamSpecification"). */
async function changeStream(update: Handle, table: TableModel, before: TableModel): Promise<void> {
  const wanted = table.createTable.StreamSpecification;
  const current = before.createTable.StreamSpecification;
  if (isDeepStrictEqual(wanted, current)) return;
  const set = (StreamSpecification: unknown) => update({ TableName: table.name, StreamSpecification });
  if (current !== undefined) await set({ StreamEnabled: false });
  if (wanted !== undefined) await set(wanted);
}

async function changeTags(
  { TagResource, UntagResource }: Record<'TagResource' | 'UntagResource', Handle>,
  { arn, createTable }: TableModel,
  before: TableModel,
): Promise<void> {
  const [wanted, current] = [objectsOf(createTable.Tags), objectsOf(before.createTable.Tags)];
  const gone = current.filter(({ Key }) => !wanted.some((tag) => tag.Key === Key));
  const Tags = wanted.filter((tag) => !current.some((other) => isDeepStrictEqual(tag, other)));
  if (gone.length > 0) await UntagResource({ ResourceArn: arn, TagKeys: gone.map(({ Key }) => Key) });
  if (Tags.length > 0) await TagResource({ ResourceArn: arn, Tags });
}

/** One index comes or goes with an update of a stack, and none becomes another (template reference, "AWS::DynamoDB::Table"). */
function indexesToChange(after: JsonObject, before: JsonObject): { gone: JsonObject[]; come: JsonObject[] } {
  const [wanted, current] = [indexesOf(after), indexesOf(before)];
  for (const index of wanted) {
    const known = named(current, index.IndexName);
    if (!known || isDeepStrictEqual(keyAndProjection(known), keyAndProjection(index))) continue;
    throw invalid(
      "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name.",
    );
  }
  const gone = current.filter(({ IndexName }) => !named(wanted, IndexName));
  const come = wanted.filter(({ IndexName }) => !named(current, IndexName));
  if (gone.length + come.length > 1) {
    throw invalid('Cannot perform more than one GSI creation or deletion in a single update');
  }
  return {
    gone: gone.map(({ IndexName }) => ({ Delete: { IndexName } })),
    come: come.map((index) => ({ Create: index })),
  };
}

const indexesOf = ({ GlobalSecondaryIndexes }: JsonObject) => objectsOf(GlobalSecondaryIndexes);

const named = (indexes: readonly JsonObject[], name: unknown) =>
  indexes.find(({ IndexName }) => IndexName === name);

const keyAndProjection = ({ KeySchema, Projection }: JsonObject) => ({ KeySchema, Projection });

const invalid = (message: string) => new AwsError('ValidationException', message);
