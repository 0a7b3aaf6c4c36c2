import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { shown } from '../../aws/shown.ts';
import type { Action, Store } from './dynalite.ts';
import { objectOf } from './json.ts';
import { checked, runAction } from './run-action.ts';

const UPDATE_TYPES: Action['types'] = {
  TableName: { type: 'String', required: true, tableName: true, regex: '[a-zA-Z0-9_.-]+' },
  TimeToLiveSpecification: {
    type: 'FieldStruct<TimeToLiveSpecification>',
    notNull: true,
    children: {
      AttributeName: {
        type: 'String',
        notNull: true,
        lengthGreaterThanOrEqual: 1,
        lengthLessThanOrEqual: 255,
      },
      Enabled: { type: 'Boolean', notNull: true },
    },
  },
};

/** Keeps each table's time-to-live setting. Nothing expires: on AWS an item may outlive its time by days. */
export function startTimeToLive(store: Store) {
  const attributes = new Map<string, string>();
  const mustExist = (tableName: string) => runAction(store, 'DescribeTable', { TableName: tableName });
  return {
    enable(tableName: string, attributeName: string): void {
      attributes.set(tableName, attributeName);
    },
    forget(tableName: string): void {
      attributes.delete(tableName);
    },
    async update(input: JsonObject): Promise<JsonObject> {
      const { TableName, TimeToLiveSpecification } = checked(input, UPDATE_TYPES, undefined, store);
      const tableName = String(TableName);
      const { AttributeName, Enabled } = objectOf(TimeToLiveSpecification);
      await mustExist(tableName);
      refuseNoChange(attributes.get(tableName), String(AttributeName), Enabled === true);
      if (Enabled) attributes.set(tableName, String(AttributeName));
      else attributes.delete(tableName);
      return { TimeToLiveSpecification: { AttributeName, Enabled } };
    },
    async describe(input: JsonObject): Promise<JsonObject> {
      const disabled = await runAction(store, 'DescribeTimeToLive', input);
      const AttributeName = attributes.get(shown(input.TableName));
      if (AttributeName === undefined) return disabled ?? {};
      return { TimeToLiveDescription: { AttributeName, TimeToLiveStatus: 'ENABLED' } };
    },
  };
}

/** Setting what is set already is an error in DynamoDB. */
function refuseNoChange(current: string | undefined, wanted: string, enabled: boolean): void {
  if (!enabled && current === undefined) throw invalid('TimeToLive is already disabled');
  if (enabled && current === wanted) throw invalid('TimeToLive is already enabled');
  if (current !== undefined && current !== wanted) {
    throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
