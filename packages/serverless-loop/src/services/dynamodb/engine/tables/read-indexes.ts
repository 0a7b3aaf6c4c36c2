import { validationError } from '../dynamodb-error.ts';
import type { Members } from '../requests/members.ts';
import { checkIndexKey, namesOf, readKeySchema } from './read-key-schema.ts';
import { readOnDemandThroughput, readThroughput, readWarmThroughput, type Units } from './read-throughput.ts';
import { NAME_PATTERN } from './table-name.ts';
import type {
  AttributeDefinition,
  IndexSettings,
  KeySchemaElement,
  OnDemandThroughput,
  Projection,
  WarmThroughput,
} from './table-settings.ts';

/** DynamoDB guide, "Quotas": of a table. */
const MAX_LOCAL_INDEXES = 5;
const MAX_GLOBAL_INDEXES = 20;
const MAX_NAME_LENGTH = 255;
const MAX_PROJECTED_ATTRIBUTES = 100;

export interface NewIndex {
  name: string;
  keySchema: KeySchemaElement[];
  /** As it came: the type may be absent, which is told in words of its own. */
  projection: { ProjectionType?: Projection['ProjectionType']; NonKeyAttributes?: string[] };
  throughput?: Units;
  onDemandThroughput?: OnDemandThroughput;
  warmThroughput?: WarmThroughput;
}

export function readIndex(members: Members, kind: 'global' | 'local'): NewIndex {
  const name = readIndexName(members);
  const keySchema = readKeySchema(members, kind === 'global' ? 8 : 2);
  members.require('Projection');
  const projection = members.structure('Projection', 'Projection', (of) => {
    const ProjectionType = of.oneOf('ProjectionType', ['ALL', 'INCLUDE', 'KEYS_ONLY'] as const);
    const NonKeyAttributes = of.texts('NonKeyAttributes', { minLength: 1, maxLength: 20 }, MAX_NAME_LENGTH);
    return { ...(ProjectionType && { ProjectionType }), ...(NonKeyAttributes && { NonKeyAttributes }) };
  });
  const throughput = readThroughput(members);
  const onDemandThroughput = readOnDemandThroughput(members);
  const warmThroughput = readWarmThroughput(members);
  return {
    name,
    keySchema,
    projection: projection ?? {},
    ...(throughput && { throughput }),
    ...(onDemandThroughput && { onDemandThroughput }),
    ...(warmThroughput && { warmThroughput }),
  };
}

export function readIndexName(members: Members): string {
  return members.requiredText('IndexName', { pattern: NAME_PATTERN, minLength: 3, maxLength: 255 });
}

export function checkLocalIndexes(
  indexes: readonly NewIndex[],
  tableKey: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): void {
  if (indexes.length === 0) throw invalid('List of LocalSecondaryIndexes is empty');
  if (tableKey.length !== 2) {
    throw invalid(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  }
  const tableHash = tableKey[0]?.AttributeName;
  for (const { name, keySchema, projection } of indexes) {
    checkIndexKey(keySchema, definitions, 'local');
    const [hash, range] = namesOf(keySchema);
    if (range === undefined) throw invalid(`Index KeySchema does not have a range key for index: ${name}`);
    if (hash !== tableHash) {
      throw invalid(
        `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${name}. index hash key: ${hash}, table hash key: ${tableHash}`,
      );
    }
    checkProjection(projection);
  }
  checkNames(indexes);
  if (indexes.length > MAX_LOCAL_INDEXES) {
    throw invalid(`Number of LocalSecondaryIndexes exceeds per-table limit of ${MAX_LOCAL_INDEXES}`);
  }
}

export function checkGlobalIndexes(
  indexes: readonly NewIndex[],
  definitions: readonly AttributeDefinition[],
  isOnDemand: boolean,
): void {
  if (indexes.length === 0) throw invalid('List of GlobalSecondaryIndexes is empty');
  for (const index of indexes) checkGlobalIndex(index, definitions, isOnDemand);
  if (indexes.length > MAX_GLOBAL_INDEXES) {
    throw invalid(`GlobalSecondaryIndex count exceeds the per-table limit of ${MAX_GLOBAL_INDEXES}`);
  }
}

export function checkGlobalIndex(
  { name, keySchema, projection, throughput }: NewIndex,
  definitions: readonly AttributeDefinition[],
  isOnDemand: boolean,
): void {
  checkIndexKey(keySchema, definitions, 'global');
  checkProjection(projection);
  if (isOnDemand && throughput) {
    throw invalid(
      `ProvisionedThroughput should not be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  if (!isOnDemand && !throughput) {
    throw invalid(`ProvisionedThroughput must be specified for index: ${name}`);
  }
}

/** The names of all indexes of a table are different. */
export function checkNames(indexes: readonly { name: string }[]): void {
  const names = indexes.map(({ name }) => name);
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) throw invalid(`Duplicate index name: ${repeated}`);
}

/** Of all indexes of a table together: the same attribute of two of them counts twice. */
export function checkProjectedCount(
  indexes: readonly Pick<IndexSettings, 'projection'>[] | readonly NewIndex[],
): void {
  const count = indexes.reduce((sum, { projection }) => sum + (projection.NonKeyAttributes?.length ?? 0), 0);
  if (count <= MAX_PROJECTED_ATTRIBUTES) return;
  throw invalid(
    `Total number of NonKeyAttributes of all indexes ${count} exceeds the limit of ${MAX_PROJECTED_ATTRIBUTES}`,
  );
}

function checkProjection({ ProjectionType, NonKeyAttributes }: NewIndex['projection']): void {
  if (ProjectionType === undefined) throw invalid('Unknown ProjectionType: null');
  if (NonKeyAttributes && ProjectionType !== 'INCLUDE') {
    throw invalid(`ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`);
  }
  if (ProjectionType === 'INCLUDE' && !NonKeyAttributes) {
    throw invalid('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  }
  const repeated = NonKeyAttributes?.find((name, at) => NonKeyAttributes.indexOf(name) !== at);
  if (repeated !== undefined) throw invalid(`Duplicate value in NonKeyAttributes: ${repeated}`);
}

const invalid = (message: string) => validationError(`One or more parameter values were invalid: ${message}`);
