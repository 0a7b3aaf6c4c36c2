import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import type { Members } from '../requests/members.ts';
import { readRequest } from '../requests/read-request.ts';
import type { JsonObject } from '../requests/shapes.ts';
import {
  checkStream,
  readBillingMode,
  readEncryption,
  readStreamSpecification,
  readTableClass,
} from './read-create-table.ts';
import { type NewIndex, readIndex, readIndexName } from './read-indexes.ts';
import { checkDefinitions, readAttributeDefinitions } from './read-key-schema.ts';
import {
  checkUnits,
  readOnDemandThroughput,
  readThroughput,
  readWarmThroughput,
  type Units,
} from './read-throughput.ts';
import { readNewTableName } from './table-name.ts';
import type { OnDemandThroughput, WarmThroughput } from './table-settings.ts';

export type IndexUpdate =
  | { readonly kind: 'Create'; readonly index: NewIndex }
  | {
      readonly kind: 'Update';
      readonly name: string;
      readonly throughput: Units | undefined;
      readonly onDemandThroughput: OnDemandThroughput | undefined;
      readonly warmThroughput: WarmThroughput | undefined;
    }
  | { readonly kind: 'Delete'; readonly name: string };

export type TableUpdate = ReturnType<typeof readUpdateTable>;

/** Any one of them is an update. */
const UPDATES = [
  'ProvisionedThroughput',
  'BillingMode',
  'StreamSpecification',
  'SSESpecification',
  'TableClass',
  'DeletionProtectionEnabled',
  'OnDemandThroughput',
  'WarmThroughput',
];

/** Reads the input of UpdateTable. Throws what DynamoDB answers for one that no table could take. */
export function readUpdateTable(input: JsonObject) {
  const update = readRequest(input, (members) => ({
    members,
    name: readNewTableName(members),
    attributes: readAttributeDefinitions(members),
    billingMode: readBillingMode(members),
    throughput: readThroughput(members),
    onDemandThroughput: readOnDemandThroughput(members),
    warmThroughput: readWarmThroughput(members),
    stream: readStreamSpecification(members),
    encryption: readEncryption(members),
    tableClass: readTableClass(members),
    deletionProtection: members.boolean('DeletionProtectionEnabled'),
    indexUpdates: readIndexUpdates(members) ?? [],
  }));
  const { members, indexUpdates, throughput, billingMode, attributes, stream } = update;
  if (indexUpdates.length === 0 && !UPDATES.some((name) => members.has(name))) {
    throw validationError(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required for UpdateTable',
    );
  }
  if (billingMode === 'PROVISIONED' && !throughput) {
    throw invalid('ProvisionedThroughput must be specified when BillingMode is PROVISIONED');
  }
  if (throughput) checkUnits(throughput);
  if (attributes) checkDefinitions(attributes);
  checkStream(stream);
  checkIndexUpdates(indexUpdates);
  return update;
}

function readIndexUpdates(members: Members): IndexUpdate[] | undefined {
  return members.structures(
    'GlobalSecondaryIndexUpdates',
    { className: 'GlobalSecondaryIndexUpdate' },
    (update) => {
      const kinds = (['Create', 'Update', 'Delete'] as const).filter((name) => update.has(name));
      const [kind] = kinds;
      if (kind === undefined) {
        throw invalid(
          'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
        );
      }
      if (kinds.length > 1) {
        throw invalid(
          'Only one of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete may be set in one update',
        );
      }
      const read = update.structure(kind, `${kind}GlobalSecondaryIndexAction`, (action) =>
        readAction(action, kind),
      );
      return read ?? { kind: 'Delete', name: '' };
    },
  );
}

function readAction(action: Members, kind: IndexUpdate['kind']): IndexUpdate {
  if (kind === 'Create') return { kind, index: readIndex(action, 'global') };
  const name = readIndexName(action);
  if (kind === 'Delete') return { kind, name };
  return {
    kind,
    name,
    throughput: readThroughput(action),
    onDemandThroughput: readOnDemandThroughput(action),
    warmThroughput: readWarmThroughput(action),
  };
}

export const nameOf = (update: IndexUpdate): string =>
  update.kind === 'Create' ? update.index.name : update.name;

function checkIndexUpdates(updates: readonly IndexUpdate[]): void {
  const names = updates.map(nameOf);
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) {
    throw invalid(
      `Only one global secondary index update per index is allowed simultaneously. Index: ${repeated}`,
    );
  }
  if (updates.filter(({ kind }) => kind !== 'Update').length > 1) {
    throw new DynamoDbError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
}

export const invalid = (message: string) =>
  validationError(`One or more parameter values were invalid: ${message}`);
