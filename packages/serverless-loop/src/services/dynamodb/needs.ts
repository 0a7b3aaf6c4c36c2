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
  if (operation === 'DescribeLimits' || operation === 'DescribeEndpoints') return [need(operation, '*')];
  const statements = statementsOf(input);
  if (statements.length > 0) return statements.flatMap((statement) => statementNeeds(statement, place));
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
  return [
    { action: `dynamodb:PartiQL${kind}`, resource: index === undefined ? table : `${table}/index/${index}` },
  ];
}

function statementsOf({ Statement, Statements, TransactStatements }: JsonObject): string[] {
  return [{ Statement }, ...objectsOf(Statements), ...objectsOf(TransactStatements)].flatMap((of) =>
    typeof of.Statement === 'string' ? [of.Statement] : [],
  );
}

/** Of DynamoDB Streams: a stream's ARN is in the call, or in the iterator that it was given. */
export function streamNeedsOf(operation: string, input: JsonObject, place: Place): Need[] {
  const { StreamArn, ShardIterator } = input;
  const arn = typeof ShardIterator === 'string' ? ShardIterator.split('|')[0] : StreamArn;
  const resource = typeof arn === 'string' ? arn : `${tableArn('*', place)}/stream/*`;
  return [{ action: `dynamodb:${operation}`, resource: operation === 'ListStreams' ? '*' : resource }];
}

function tableArn(nameOrArn: string, place: Place): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : formatArn(place, 'dynamodb', `table/${nameOrArn}`);
}
