import { formatArn, type Place } from '../../../aws/arn.ts';
import type { JsonObject, Need } from '../../../aws/operation.ts';
import { shown } from '../../../aws/shown.ts';
import { objectOf, objectsOf } from '../json.ts';

/** The rights that a call needs (Service Authorization Reference, "Amazon DynamoDB"). All take unchecked input. */
type NeedsOf = (input: JsonObject, place: Place) => Need[];

const need = (action: string, resource: string): Need => ({ action: `dynamodb:${action}`, resource });

/** The table that `TableName` names. */
export const onTable =
  (action: string): NeedsOf =>
  ({ TableName }, place) => [need(action, tableArn(shown(TableName), place))];

/** The index that is read, or the table without one. */
export const onIndex =
  (action: string): NeedsOf =>
  ({ TableName, IndexName }, place) => {
    const table = tableArn(shown(TableName), place);
    return [need(action, typeof IndexName === 'string' ? `${table}/index/${IndexName}` : table)];
  };

/** Every table of a batch. */
export const onTables =
  (action: string): NeedsOf =>
  ({ RequestItems }, place) =>
    Object.keys(objectOf(RequestItems)).map((name) => need(action, tableArn(name, place)));

export const onAllTables =
  (action: string): NeedsOf =>
  (_input, place) => [need(action, tableArn('*', place))];

export const onResource =
  (action: string): NeedsOf =>
  ({ ResourceArn }, place) => [
    need(action, typeof ResourceArn === 'string' ? ResourceArn : tableArn('', place)),
  ];

/** For actions that no policy can grant on a resource alone. */
export const onNothing =
  (action: string): NeedsOf =>
  () => [need(action, '*')];

/** A stream's ARN is in the call, or in the iterator that the caller was given. */
export const onStream =
  (action: string): NeedsOf =>
  ({ StreamArn, ShardIterator }, place) => {
    const arn = typeof ShardIterator === 'string' ? ShardIterator.split('|')[0] : StreamArn;
    return [need(action, typeof arn === 'string' ? arn : `${tableArn('*', place)}/stream/*`)];
  };

/** In a transaction each item needs the right of its own kind of call (DynamoDB guide, "Using IAM with transactions"). */
const TRANSACTION_ACTIONS = new Map([
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
  ['ConditionCheck', 'ConditionCheckItem'],
  ['Get', 'GetItem'],
]);

export const needsOfParts: NeedsOf = ({ TransactItems }, place) =>
  objectsOf(TransactItems).flatMap((item) =>
    Object.entries(item).map(([kind, request]) =>
      need(TRANSACTION_ACTIONS.get(kind) ?? kind, tableArn(shown(objectOf(request).TableName), place)),
    ),
  );

export const needsOfStatements: NeedsOf = ({ Statement, Statements, TransactStatements }, place) =>
  [{ Statement }, ...objectsOf(Statements), ...objectsOf(TransactStatements)].flatMap((of) =>
    typeof of.Statement === 'string' ? statementNeeds(of.Statement, place) : [],
  );

const STATEMENT =
  /^\s*(?:(select)\b[\s\S]*?\bfrom|(insert)\s+into|(update)|(delete)\s+from)\s+(?:"((?:[^"]|"")+)"|([\w.-]+?))(?:\s*\.\s*(?:"((?:[^"]|"")+)"|(\w+)))?(?=\s|$)/i;

/** A statement needs the right of its own kind (DynamoDB guide, "IAM policies with PartiQL"); one that can't be read none. */
function statementNeeds(statement: string, place: Place): Need[] {
  const [, select, insert, update, , quoted, bare, quotedIndex, bareIndex] = STATEMENT.exec(statement) ?? [];
  const name = quoted ?? bare;
  if (name === undefined) return [];
  const kind = select ? 'Select' : insert ? 'Insert' : update ? 'Update' : 'Delete';
  const index = quotedIndex ?? bareIndex;
  const table = tableArn(name.replaceAll('""', '"'), place);
  return [need(`PartiQL${kind}`, index === undefined ? table : `${table}/index/${index}`)];
}

function tableArn(nameOrArn: string, place: Place): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : formatArn(place, 'dynamodb', `table/${nameOrArn}`);
}
