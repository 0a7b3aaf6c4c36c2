import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import type { TableModel } from '../../template/model.ts';
import { objectsOf } from './json.ts';

type Handle = (input: JsonObject) => Promise<unknown>;

/** What UpdateTable takes as CreateTable does. */
const SETTINGS = ['BillingMode', 'ProvisionedThroughput', 'DeletionProtectionEnabled', 'TableClass'];

/**
 * Makes an existing table what the new model says, as CloudFormation does: by UpdateTable, whose changes are done when it
 * answers, and UpdateTimeToLive, with the items left alone. Throws AwsError for a change that can't be made.
 */
export async function changeTable(
  handles: Record<'UpdateTable' | 'UpdateTimeToLive' | 'TagResource' | 'UntagResource', Handle>,
  table: TableModel,
  before: TableModel,
): Promise<void> {
  const indexUpdates = indexesToChange(table.createTable, before.createTable);
  const settings = settingsToChange(table.createTable, before.createTable);
  if (Object.keys(settings).length > 0) await handles.UpdateTable({ TableName: table.name, ...settings });
  if (indexUpdates.length > 0) {
    const { AttributeDefinitions } = table.createTable;
    await handles.UpdateTable({
      TableName: table.name,
      AttributeDefinitions,
      GlobalSecondaryIndexUpdates: indexUpdates,
    });
  }
  await changeTimeToLive(handles.UpdateTimeToLive, table, before);
  await changeStream(handles.UpdateTable, table, before);
  await changeTags(handles, table, before);
}

function settingsToChange(after: JsonObject, before: JsonObject): JsonObject {
  const changed = SETTINGS.filter((name) => !isDeepStrictEqual(after[name], before[name]));
  const settings = Object.fromEntries(changed.map((name) => [name, after[name]]));
  if (changed.includes('TableClass')) settings.TableClass ??= 'STANDARD';
  // Protection is off unless the template says otherwise.
  if (changed.includes('DeletionProtectionEnabled')) settings.DeletionProtectionEnabled ??= false;
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
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
function indexesToChange(after: JsonObject, before: JsonObject): JsonObject[] {
  const [wanted, current] = [after, before].map((of) => objectsOf(of.GlobalSecondaryIndexes));
  const named = (indexes: JsonObject[] = [], name: unknown) =>
    indexes.find(({ IndexName }) => IndexName === name);
  for (const index of wanted ?? []) {
    const known = named(current, index.IndexName);
    if (!known || isDeepStrictEqual(keyAndProjection(known), keyAndProjection(index))) continue;
    throw invalid(
      "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name.",
    );
  }
  const updates = [
    ...(current ?? [])
      .filter(({ IndexName }) => !named(wanted, IndexName))
      .map(({ IndexName }) => ({ Delete: { IndexName } })),
    ...(wanted ?? [])
      .filter(({ IndexName }) => !named(current, IndexName))
      .map((index) => ({ Create: index })),
  ];
  if (updates.length > 1) {
    throw invalid('Cannot perform more than one GSI creation or deletion in a single update');
  }
  return updates;
}

const keyAndProjection = ({ KeySchema, Projection }: JsonObject) => ({ KeySchema, Projection });

const invalid = (message: string) => new AwsError('ValidationException', message);
