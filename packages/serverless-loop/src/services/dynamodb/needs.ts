import { formatArn, type Place } from '../../aws/arn.ts';
import type { JsonObject, Need } from '../../aws/operation.ts';
import { shown } from '../../aws/shown.ts';
import { objectOf, objectsOf } from './json.ts';

/** In a transaction each item needs the right of its own kind of call (DynamoDB guide, "Using IAM with transactions"). */
const TRANSACTION_ACTIONS = new Map([
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
  ['ConditionCheck', 'ConditionCheckItem'],
  ['Get', 'GetItem'],
]);

/** The rights that a call needs (Service Authorization Reference, "Amazon DynamoDB"). Takes unchecked input. */
export function needsOf(operation: string, input: JsonObject, place: Place): Need[] {
  const need = (action: string, resource: string): Need => ({ action: `dynamodb:${action}`, resource });
  const { TableName, IndexName, ResourceArn, RequestItems, TransactItems } = input;
  if (operation === 'ListTables') return [need(operation, tableArn('*', place))];
  if (TransactItems !== undefined) {
    return objectsOf(TransactItems).flatMap((item) =>
      Object.entries(item).map(([kind, request]) =>
        need(TRANSACTION_ACTIONS.get(kind) ?? kind, tableArn(shown(objectOf(request).TableName), place)),
      ),
    );
  }
  if (RequestItems !== undefined) {
    return Object.keys(objectOf(RequestItems)).map((name) => need(operation, tableArn(name, place)));
  }
  if (typeof ResourceArn === 'string') return [need(operation, ResourceArn)];
  const table = tableArn(shown(TableName), place);
  return [need(operation, typeof IndexName === 'string' ? `${table}/index/${IndexName}` : table)];
}

function tableArn(nameOrArn: string, place: Place): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : formatArn(place, 'dynamodb', `table/${nameOrArn}`);
}
