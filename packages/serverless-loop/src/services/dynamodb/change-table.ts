import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import type { TableModel } from '../../template/model.ts';
import { objectsOf } from './json.ts';

type Handle = (input: JsonObject) => Promise<unknown>;

/** What UpdateTable takes as CreateTable does. */
const SETTINGS = ['BillingMode', 'ProvisionedThroughput', 'DeletionProtectionEnabled'];

/**
 * Makes an existing table what the new model says, as CloudFormation does: by UpdateTable and UpdateTimeToLive, with the
 * items left alone. Throws AwsError for a change that the store can't make.
 */
export async function changeTable(
  handles: { UpdateTable: Handle; UpdateTimeToLive: Handle },
  table: TableModel,
  before: TableModel,
): Promise<void> {
  refuseOtherIndexes(table, before);
  const settings = settingsToChange(table.createTable, before.createTable);
  if (Object.keys(settings).length > 0) await handles.UpdateTable({ TableName: table.name, ...settings });
  await changeTimeToLive(handles.UpdateTimeToLive, table, before);
}

function settingsToChange(after: JsonObject, before: JsonObject): JsonObject {
  const changed = SETTINGS.filter((name) => !isDeepStrictEqual(after[name], before[name]));
  const settings = Object.fromEntries(changed.map((name) => [name, after[name]]));
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

/** An index that is made or dropped while there are items is not emulated. */
function refuseOtherIndexes(table: TableModel, before: TableModel): void {
  const names = ({ createTable }: TableModel) =>
    objectsOf(createTable.GlobalSecondaryIndexes).map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    }));
  if (isDeepStrictEqual(names(table), names(before))) return;
  throw new AwsError(
    'ValidationException',
    `The loop can't change the global secondary indexes of the table ${table.name} while it runs.`,
  );
}
