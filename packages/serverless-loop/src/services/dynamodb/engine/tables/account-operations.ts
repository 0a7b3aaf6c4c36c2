import { seconds } from '../clock.ts';
import { DynamoDbError } from '../dynamodb-error.ts';
import type { EngineParts, Operation } from '../operations/engine-parts.ts';
import { readRequest } from '../requests/read-request.ts';
import type { JsonObject } from '../requests/shapes.ts';
import type { Table } from './table.ts';
import { readTableName } from './table-name.ts';

const ENDPOINT_CACHE_MINUTES = 1440;
const MAX_RECOVERY_DAYS = 35;

/** DynamoDB guide, "Quotas": what an account has without asking for more. */
export const describeLimits: Operation = () => ({
  AccountMaxReadCapacityUnits: 80_000,
  AccountMaxWriteCapacityUnits: 80_000,
  TableMaxReadCapacityUnits: 40_000,
  TableMaxWriteCapacityUnits: 40_000,
});

export const describeEndpoints: Operation = (_parts, _input, { host }) => ({
  Endpoints: [{ Address: host, CachePeriodInMinutes: ENDPOINT_CACHE_MINUTES }],
});

export const describeContinuousBackups: Operation = (parts, input) => {
  const table = backedUp(
    parts,
    readRequest(input, (members) => readTableName(members)),
  );
  return { ContinuousBackupsDescription: describeBackups(parts, table) };
};

/** Keeps the setting; there is nothing to restore from. */
export const updateContinuousBackups: Operation = (parts, input) => {
  const { tableName, specification } = readRequest(input, (members) => {
    const tableName = readTableName(members);
    members.require('PointInTimeRecoverySpecification');
    const specification = members.structure(
      'PointInTimeRecoverySpecification',
      'PointInTimeRecoverySpecification',
      (of) => {
        of.require('PointInTimeRecoveryEnabled');
        return {
          enabled: of.boolean('PointInTimeRecoveryEnabled') ?? false,
          days: of.number('RecoveryPeriodInDays', { min: 1, max: MAX_RECOVERY_DAYS }) ?? MAX_RECOVERY_DAYS,
        };
      },
    );
    return { tableName, specification };
  });
  const table = backedUp(parts, tableName);
  const { pointInTimeRecovery, ...others } = table.settings;
  parts.tables.change(
    table,
    specification?.enabled
      ? {
          ...others,
          pointInTimeRecovery: {
            days: specification.days,
            since: pointInTimeRecovery?.since ?? seconds(parts.clock),
          },
        }
      : others,
  );
  return { ContinuousBackupsDescription: describeBackups(parts, table) };
};

function backedUp({ tables }: EngineParts, tableName: string): Table {
  const table = tables.find(tableName);
  if (table) return table;
  throw new DynamoDbError('TableNotFoundException', `Table not found: ${tableName}`);
}

function describeBackups({ clock }: EngineParts, { settings }: Table): JsonObject {
  const { pointInTimeRecovery } = settings;
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: pointInTimeRecovery
      ? {
          PointInTimeRecoveryStatus: 'ENABLED',
          RecoveryPeriodInDays: pointInTimeRecovery.days,
          EarliestRestorableDateTime: pointInTimeRecovery.since,
          LatestRestorableDateTime: seconds(clock),
        }
      : { PointInTimeRecoveryStatus: 'DISABLED' },
  };
}
