import { validationError } from '../dynamodb-error.ts';
import type { EngineParts, Operation } from '../operations/engine-parts.ts';
import { readRequest } from '../requests/read-request.ts';
import type { Table } from '../tables/table.ts';
import { readTableName } from '../tables/table-name.ts';

export const updateTimeToLive: Operation = (parts, input) => {
  const { tableName, specification } = readRequest(input, (members) => {
    const tableName = readTableName(members);
    members.require('TimeToLiveSpecification');
    const specification = members.structure('TimeToLiveSpecification', 'TimeToLiveSpecification', (of) => {
      of.require('Enabled');
      return {
        enabled: of.boolean('Enabled') ?? false,
        attribute: of.requiredText('AttributeName', { minLength: 1, maxLength: 255 }),
      };
    });
    return { tableName, specification: specification ?? { enabled: false, attribute: '' } };
  });
  const table = parts.tables.known(tableName);
  setTimeToLive(parts, table, specification);
  return {
    TimeToLiveSpecification: { AttributeName: specification.attribute, Enabled: specification.enabled },
  };
};

function setTimeToLive(
  { tables, expirer }: EngineParts,
  table: Table,
  { enabled, attribute }: { enabled: boolean; attribute: string },
): void {
  const { timeToLive, ...others } = table.settings;
  const current = timeToLive?.attribute;
  if (!enabled && current === undefined) throw validationError('TimeToLive is already disabled');
  if (enabled && current === attribute) throw validationError('TimeToLive is already enabled');
  if (current !== undefined && current !== attribute) {
    throw validationError(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${current}`,
    );
  }
  tables.change(table, enabled ? { ...others, timeToLive: { attribute } } : others);
  expirer.wake();
}

export const describeTimeToLive: Operation = ({ tables }, input) => {
  const { timeToLive } = tables.known(readRequest(input, (members) => readTableName(members))).settings;
  return {
    TimeToLiveDescription: timeToLive
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.attribute }
      : { TimeToLiveStatus: 'DISABLED' },
  };
};
