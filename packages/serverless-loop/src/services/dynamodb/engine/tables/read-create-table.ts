import { validationError } from '../dynamodb-error.ts';
import type { Members } from '../requests/members.ts';
import { readRequest } from '../requests/read-request.ts';
import type { JsonObject } from '../requests/shapes.ts';
import {
  checkGlobalIndexes,
  checkLocalIndexes,
  checkNames,
  checkProjectedCount,
  type NewIndex,
  readIndex,
} from './read-indexes.ts';
import {
  checkDefinitions,
  checkTableKey,
  namesOf,
  readAttributeDefinitions,
  readKeySchema,
} from './read-key-schema.ts';
import { readTags } from './read-tags.ts';
import {
  checkUnits,
  readOnDemandThroughput,
  readThroughput,
  readWarmThroughput,
  type Units,
} from './read-throughput.ts';
import { readNewTableName } from './table-name.ts';
import type {
  AttributeDefinition,
  BillingMode,
  KeySchemaElement,
  OnDemandThroughput,
  StreamViewType,
  TableClass,
  Tag,
  WarmThroughput,
} from './table-settings.ts';

export interface StreamSpecification {
  enabled: boolean;
  viewType?: StreamViewType | undefined;
}

export interface NewTable {
  name: string;
  attributes: AttributeDefinition[];
  keySchema: KeySchemaElement[];
  billingMode: BillingMode | undefined;
  throughput: Units | undefined;
  onDemandThroughput: OnDemandThroughput | undefined;
  warmThroughput: WarmThroughput | undefined;
  globalIndexes: NewIndex[] | undefined;
  localIndexes: NewIndex[] | undefined;
  stream: StreamSpecification | undefined;
  encryption: { enabled: boolean; keyId?: string | undefined } | undefined;
  tableClass: TableClass | undefined;
  deletionProtection: boolean;
  tags: Tag[];
}

/** Reads the input of CreateTable. Throws what DynamoDB answers for one that no table can be made of, in its order. */
export function readCreateTable(input: JsonObject): NewTable {
  const table = readRequest(input, readMembers);
  checkThroughput(table);
  checkDefinitions(table.attributes);
  checkTableKey(table.keySchema, table.attributes);
  const { globalIndexes = [], localIndexes = [] } = table;
  const isOnDemand = table.billingMode === 'PAY_PER_REQUEST';
  if (!table.globalIndexes && !table.localIndexes && table.attributes.length !== table.keySchema.length) {
    throw invalid(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  if (table.localIndexes) checkLocalIndexes(localIndexes, table.keySchema, table.attributes);
  if (table.globalIndexes) checkGlobalIndexes(globalIndexes, table.attributes, isOnDemand);
  checkNames([...localIndexes, ...globalIndexes]);
  checkProjectedCount([...localIndexes, ...globalIndexes]);
  checkAllUsed(table);
  checkStream(table.stream);
  return table;
}

function readMembers(members: Members): NewTable {
  const name = readNewTableName(members);
  members.require('AttributeDefinitions');
  const indexesOf = (member: string, className: string, kind: 'global' | 'local') =>
    members.structures(member, { className }, (index) => readIndex(index, kind));
  return {
    name,
    attributes: readAttributeDefinitions(members) ?? [],
    billingMode: readBillingMode(members),
    throughput: readThroughput(members),
    keySchema: readKeySchema(members, 2),
    localIndexes: indexesOf('LocalSecondaryIndexes', 'LocalSecondaryIndex', 'local'),
    globalIndexes: indexesOf('GlobalSecondaryIndexes', 'GlobalSecondaryIndex', 'global'),
    onDemandThroughput: readOnDemandThroughput(members),
    warmThroughput: readWarmThroughput(members),
    stream: readStreamSpecification(members),
    encryption: readEncryption(members),
    tableClass: readTableClass(members),
    deletionProtection: members.boolean('DeletionProtectionEnabled') ?? false,
    tags: readTags(members) ?? [],
  };
}

export const readBillingMode = (members: Members): BillingMode | undefined =>
  members.oneOf('BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST']);

export const readTableClass = (members: Members): TableClass | undefined =>
  members.oneOf('TableClass', ['STANDARD', 'STANDARD_INFREQUENT_ACCESS']);

export function readStreamSpecification(members: Members): StreamSpecification | undefined {
  return members.structure('StreamSpecification', 'StreamSpecification', (specification) => {
    specification.require('StreamEnabled');
    return {
      enabled: specification.boolean('StreamEnabled') ?? false,
      viewType: specification.oneOf('StreamViewType', [
        'NEW_IMAGE',
        'OLD_IMAGE',
        'NEW_AND_OLD_IMAGES',
        'KEYS_ONLY',
      ] as const),
    };
  });
}

export function readEncryption(members: Members): NewTable['encryption'] {
  return members.structure('SSESpecification', 'SSESpecification', (specification) => {
    specification.oneOf('SSEType', ['AES256', 'KMS']);
    return {
      enabled: specification.boolean('Enabled') ?? false,
      keyId: specification.text('KMSMasterKeyId'),
    };
  });
}

export function checkStream(stream: StreamSpecification | undefined): void {
  if (stream?.enabled && !stream.viewType) {
    throw invalid('StreamViewType is required when StreamEnabled is true');
  }
  if (stream && !stream.enabled && stream.viewType) {
    throw invalid('StreamViewType cannot be specified when StreamEnabled is false');
  }
}

function checkThroughput({ billingMode, throughput }: NewTable): void {
  if (billingMode === 'PAY_PER_REQUEST') {
    if (!throughput) return;
    throw invalid(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (!throughput) {
    throw invalid(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  checkUnits(throughput);
}

function checkAllUsed({ attributes, keySchema, globalIndexes = [], localIndexes = [] }: NewTable): void {
  const defined = namesOf(attributes);
  const keys = [keySchema, ...[...globalIndexes, ...localIndexes].map((index) => index.keySchema)];
  const used = [...new Set(keys.flatMap(namesOf))];
  if (defined.every((name) => used.includes(name))) return;
  throw invalid(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${used.join(', ')}]`,
  );
}

const invalid = (message: string) => validationError(`One or more parameter values were invalid: ${message}`);
