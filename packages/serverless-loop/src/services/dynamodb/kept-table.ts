import type { JsonObject } from '../../aws/json-object.ts';
import type { TableModel } from '../../template/model.ts';
import { changeTable, type TableHandles } from './change-table.ts';
import type { TableSettings, Throughput } from './engine/tables/table-settings.ts';
import { indexModel, isSameIndex } from './index-model.ts';
import { objectsOf } from './json.ts';
import { changesInWords } from './kept-table-changes.ts';
import { reasonOf, TableError } from './table-error.ts';
import { placeInTemplate } from './table-mismatch.ts';

/** A kept table that can't be given the template's settings. */
export class TableNotChangedError extends TableError {
  override readonly name = 'TableNotChangedError';

  constructor(table: TableModel, templateFile: string | undefined, options: { cause: unknown }) {
    const { logicalId, line, name } = table;
    super(
      table,
      `Table ${name} is kept with other settings, and can't be given those of ${logicalId} (${placeInTemplate(line, templateFile)}): ${reasonOf(options)} Its items are as they were.`,
      options,
    );
  }
}

/**
 * Gives a table, `kept` as the template would have it, the settings of the template, as deployments would: one index at a time goes or comes, and one that
 * is another now goes first, as it is made of the items. Resolves to the changes in words. Throws TableNotChangedError.
 */
export async function bringToTemplate(
  handles: TableHandles,
  table: TableModel,
  kept: TableModel,
  templateFile?: string,
): Promise<string[]> {
  let now = kept;
  const changes = changesInWords(table, now);
  const become = async (next: TableModel) => {
    await changeTable(handles, next, now);
    now = next;
  };
  const wanted = indexesOf(table);
  try {
    const other = indexesOf(now).filter((index) => !wanted.some((it) => isSameIndex(it, index, table, now)));
    for (const index of other)
      await become(
        withIndexes(
          now,
          indexesOf(now).filter(({ IndexName }) => IndexName !== index.IndexName),
        ),
      );
    const stay = indexesOf(now).map(({ IndexName }) => IndexName);
    await become(
      withIndexes(
        table,
        wanted.filter(({ IndexName }) => stay.includes(IndexName)),
      ),
    );
    for (const index of wanted)
      if (!stay.includes(index.IndexName)) await become(withIndexes(table, [...indexesOf(now), index]));
  } catch (cause) {
    throw new TableNotChangedError(table, templateFile, { cause });
  }
  return changes;
}

/** A table of the engine as the template would have it. */
export function keptModel({ timeToLiveAttribute: _, ...table }: TableModel, kept: TableSettings): TableModel {
  const isProvisioned = kept.billingMode !== 'PAY_PER_REQUEST';
  const capacity = (throughput: Throughput) => (isProvisioned ? provisioned(throughput) : {});
  return {
    ...table,
    createTable: {
      TableName: kept.name,
      AttributeDefinitions: kept.attributes,
      KeySchema: kept.keySchema,
      BillingMode: isProvisioned ? 'PROVISIONED' : 'PAY_PER_REQUEST',
      ...capacity(kept.throughput),
      GlobalSecondaryIndexes: kept.globalIndexes.map((index) => ({
        ...indexModel(index),
        ...capacity(index.throughput),
      })),
      DeletionProtectionEnabled: kept.deletionProtection,
      ...(kept.stream && {
        StreamSpecification: { StreamEnabled: true, StreamViewType: kept.stream.viewType },
      }),
      ...(kept.tableClass && { TableClass: kept.tableClass }),
      Tags: kept.tags,
    },
    ...(kept.timeToLive && { timeToLiveAttribute: kept.timeToLive.attribute }),
  };
}

function provisioned({ ReadCapacityUnits, WriteCapacityUnits }: Throughput): JsonObject {
  return { ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits } };
}

const indexesOf = ({ createTable }: TableModel) => objectsOf(createTable.GlobalSecondaryIndexes);

function withIndexes(table: TableModel, indexes: readonly JsonObject[]): TableModel {
  return { ...table, createTable: { ...table.createTable, GlobalSecondaryIndexes: indexes } };
}
