import { DynamoDbError } from '../dynamodb-error.ts';
import { globalIndexSettings } from './create-table.ts';
import { checkGlobalIndex, checkProjectedCount, type NewIndex } from './read-indexes.ts';
import { namesOf } from './read-key-schema.ts';
import { type IndexUpdate, invalid, type TableUpdate } from './read-update-table.ts';
import type { AttributeDefinition, TableSettings } from './table-settings.ts';

/** DynamoDB guide, "Quotas": of a table. */
const MAX_GLOBAL_INDEXES = 20;

/** The settings with the index that comes, CREATING, or without the one that goes, DELETING until then. */
export function updatedIndexes(
  settings: TableSettings,
  { indexUpdates, attributes = [] }: TableUpdate,
): TableSettings {
  return indexUpdates.reduce((changed, update) => withUpdate(changed, update, attributes), settings);
}

function withUpdate(
  settings: TableSettings,
  update: IndexUpdate,
  attributes: readonly AttributeDefinition[],
): TableSettings {
  if (update.kind === 'Create') return withIndex(settings, update.index, attributes);
  if (settings.localIndexes.some(({ name }) => name === update.name)) {
    throw invalid(`The index ${update.name} is a local secondary index, which cannot be updated or deleted`);
  }
  if (!settings.globalIndexes.some(({ name }) => name === update.name)) {
    throw new DynamoDbError('ResourceNotFoundException', 'Requested resource not found');
  }
  if (update.kind === 'Update') return settings;
  return {
    ...settings,
    globalIndexes: settings.globalIndexes.map((index) =>
      index.name === update.name ? { ...index, status: 'DELETING' } : index,
    ),
  };
}

function withIndex(
  settings: TableSettings,
  index: NewIndex,
  attributes: readonly AttributeDefinition[],
): TableSettings {
  const { globalIndexes, localIndexes } = settings;
  if ([...globalIndexes, ...localIndexes].some(({ name }) => name === index.name)) {
    throw invalid(`Attempting to create an index which already exists. Index: ${index.name}, already exists`);
  }
  checkGlobalIndex(index, attributes, settings.billingMode === 'PAY_PER_REQUEST');
  if (globalIndexes.length === MAX_GLOBAL_INDEXES) {
    throw invalid(`GlobalSecondaryIndex count exceeds the per-table limit of ${MAX_GLOBAL_INDEXES}`);
  }
  checkProjectedCount([
    ...globalIndexes,
    ...localIndexes,
    { projection: { ProjectionType: 'ALL', ...index.projection } },
  ]);
  const keys = namesOf(index.keySchema);
  const added = attributes.filter(({ AttributeName }) => keys.includes(AttributeName));
  checkSameTypes(settings, added);
  const isKnown = ({ AttributeName }: AttributeDefinition) =>
    namesOf(settings.attributes).includes(AttributeName);
  return {
    ...settings,
    attributes: [...settings.attributes, ...added.filter((definition) => !isKnown(definition))],
    globalIndexes: [...globalIndexes, globalIndexSettings(index)],
  };
}

function checkSameTypes(settings: TableSettings, added: readonly AttributeDefinition[]): void {
  for (const { AttributeName: name, AttributeType: type } of added) {
    const known = settings.attributes.find(({ AttributeName }) => AttributeName === name);
    if (!known || known.AttributeType === type) continue;
    throw invalid(
      `Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: Schema:[SchemaElement: key{${name}:${known.AttributeType}:HASH}] New schema: Schema:[SchemaElement: key{${name}:${type}:HASH}]`,
    );
  }
}
