import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { TableModel } from '../../template/model.ts';
import { objectOf, objectsOf } from './json.ts';
import type { Ask } from './remote-handles.ts';

/** The table of another DynamoDB as the template would have it: by its description, its tags and its time to live. */
export async function describedModel(ask: Ask, table: TableModel, existing: JsonObject): Promise<TableModel> {
  const { timeToLiveAttribute: _, ...others } = table;
  const timeToLiveAttribute = await timeToLiveOf(ask, table.name);
  return {
    ...others,
    createTable: { ...createTableOf(existing), Tags: await tagsOf(ask, table, existing) },
    ...(timeToLiveAttribute !== undefined && { timeToLiveAttribute }),
  };
}

/** The input of CreateTable that makes such a table (API reference, "TableDescription"). */
function createTableOf(existing: JsonObject): JsonObject {
  const { TableName, AttributeDefinitions, KeySchema, DeletionProtectionEnabled = false } = existing;
  // Only a table that was on demand before has a summary (API reference, "BillingModeSummary").
  const { BillingMode = 'PROVISIONED' } = objectOf(existing.BillingModeSummary);
  const capacity = (of: JsonObject) => (BillingMode === 'PROVISIONED' ? provisioned(of) : {});
  const { TableClass } = objectOf(existing.TableClassSummary);
  const { StreamEnabled, StreamViewType } = objectOf(existing.StreamSpecification);
  return {
    TableName,
    AttributeDefinitions,
    KeySchema,
    BillingMode,
    ...capacity(existing),
    GlobalSecondaryIndexes: objectsOf(existing.GlobalSecondaryIndexes).map((index) => ({
      IndexName: index.IndexName,
      KeySchema: index.KeySchema,
      Projection: index.Projection,
      ...capacity(index),
    })),
    DeletionProtectionEnabled,
    ...(StreamEnabled === true && { StreamSpecification: { StreamEnabled, StreamViewType } }),
    ...(TableClass !== undefined && { TableClass }),
  };
}

function provisioned({ ProvisionedThroughput }: JsonObject): JsonObject {
  const { ReadCapacityUnits, WriteCapacityUnits } = objectOf(ProvisionedThroughput);
  return { ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits } };
}

async function timeToLiveOf(ask: Ask, TableName: string): Promise<string | undefined> {
  const { TimeToLiveDescription } = await ask('DescribeTimeToLive', { TableName });
  const { TimeToLiveStatus, AttributeName } = objectOf(TimeToLiveDescription);
  const isOn = TimeToLiveStatus === 'ENABLED' || TimeToLiveStatus === 'ENABLING';
  return isOn && typeof AttributeName === 'string' ? AttributeName : undefined;
}

/** A store that keeps no tags, as older releases of DynamoDB Local, is left without them. */
async function tagsOf(ask: Ask, { createTable }: TableModel, existing: JsonObject): Promise<JsonObject[]> {
  const tags: JsonObject[] = [];
  let NextToken: unknown;
  do {
    try {
      const page = await ask('ListTagsOfResource', {
        ResourceArn: existing.TableArn,
        ...(NextToken !== undefined && { NextToken }),
      });
      tags.push(...objectsOf(page.Tags));
      ({ NextToken } = page);
    } catch (error) {
      if (error instanceof AwsError) return objectsOf(createTable.Tags);
      throw error;
    }
  } while (NextToken !== undefined);
  return tags;
}
