import type { JsonObject } from '../../aws/json-object.ts';
import { shown } from '../../aws/shown.ts';
import { objectOf, objectsOf } from './json.ts';

/** An item that a call writes, by what the call says of it. */
export interface WrittenItem {
  tableName: string;
  /** The whole item, or its key only. */
  attributes: JsonObject;
}

/** The items that a call's input asks to write; none for calls that only read. */
export function itemsWrittenBy(operation: string, input: JsonObject): WrittenItem[] {
  switch (operation) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [itemOf(input)];
    case 'BatchWriteItem':
      return Object.entries(objectOf(input.RequestItems)).flatMap(([tableName, requests]) =>
        objectsOf(requests).map((request) => ({
          tableName,
          attributes: itemOf(objectOf(request.PutRequest ?? request.DeleteRequest)).attributes,
        })),
      );
    case 'TransactWriteItems':
      return objectsOf(input.TransactItems).flatMap(({ Put, Update, Delete }) =>
        objectsOf([Put ?? Update ?? Delete]).map(itemOf),
      );
    default:
      return [];
  }
}

/** The item of every part of a TransactWriteItems, of those that only check too. */
export function partsOfTransaction({ TransactItems }: JsonObject): WrittenItem[] {
  return objectsOf(TransactItems).map(({ Put, Update, Delete, ConditionCheck }) =>
    itemOf(objectOf(Put ?? Update ?? Delete ?? ConditionCheck)),
  );
}

function itemOf({ TableName, Item, Key }: JsonObject): WrittenItem {
  return { tableName: shown(TableName), attributes: objectOf(Item ?? Key) };
}

/** `orderId=abc`, and never another attribute of the item. */
export function keyText(attributes: JsonObject, keyNames: readonly string[]): string {
  return keyNames.map((name) => `${name}=${Object.values(objectOf(attributes[name])).join()}`).join(', ');
}

/** The partition key's name, then the sort key's, from the input of CreateTable or the answer of DescribeTable. */
export function keyNamesOf(table: JsonObject): string[] {
  return objectsOf(table.KeySchema).map(({ AttributeName }) => shown(AttributeName));
}
