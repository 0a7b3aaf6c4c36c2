import { validationError } from '../dynamodb-error.ts';
import { checkExpressionMembers } from '../expressions/expression-members.ts';
import { keyRange } from '../expressions/key-range.ts';
import { pathsOfCondition } from '../expressions/paths-of.ts';
import { readExpressions } from '../expressions/read-expressions.ts';
import { allAttributes } from '../items/item-key.ts';
import type { Operation } from '../operations/engine-parts.ts';
import type { Members } from '../requests/members.ts';
import { readExpressionMembers } from '../requests/read-expression-members.ts';
import { readRequest } from '../requests/read-request.ts';
import type { KeyRange } from '../storage/sorted-map.ts';
import type { Index } from '../tables/index-entries.ts';
import type { Table } from '../tables/table.ts';
import { type AttributeValue, type Item, typeOf } from '../values/attribute-value.ts';
import { type EncodedRange, encodedRange } from './key-range-of.ts';
import { answerPage } from './page.ts';
import { checkPaths, checkProjected, checkSelect, readSelection, selectedIndex } from './read-selection.ts';
import { placeOfStartKey, readStartKey } from './start-key.ts';

export const query: Operation = ({ tables }, input) => {
  const request = readRequest(input, (members) => ({
    members,
    selection: readSelection(members),
    limit: readLimit(members),
    isForward: members.boolean('ScanIndexForward') ?? true,
    expressionMembers: readExpressionMembers(members),
  }));
  const { members, selection, limit, isForward } = request;
  checkExpressionMembers('Query', request.expressionMembers);
  checkLimit(limit);
  checkSelect(selection, members, 'Querying');
  const startKey = readStartKey(members);
  const { keyCondition = [], filter, projection } = readExpressions('Query', request.expressionMembers);
  const table = tables.active(selection.tableName);
  const index = selectedIndex(table, selection);
  const key = index?.key ?? table.key;
  const range = encodedRange(keyRange(keyCondition, key), key);
  const order = isForward ? 'forward' : 'backward';
  const after = startKey ? afterStart(startKey, range, order, table, index) : range;
  const filtered = filter ? pathsOfCondition(filter) : [];
  checkFilter(filtered, index ?? table, members.has('QueryFilter') ? 'QueryFilter' : 'Filter Expression');
  checkPaths([...(projection ?? []), ...filtered], table);
  checkProjected([...(projection ?? []), ...filtered], index);
  return answerPage({ table, index, range: after, order, limit, filter, projection, selection });
};

function readLimit(members: Members): number | undefined {
  return members.number('Limit');
}

/** Told in other words than Scan's (nubo-db/dynamodb-conformance, tests/tier3/error-messages/query.test.ts). */
function checkLimit(limit: number | undefined): void {
  if (limit === undefined || limit >= 1) return;
  throw validationError(
    "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
  );
}

/** The rest of the range, after the key at which the page before ended. */
function afterStart(
  startKey: Item,
  range: EncodedRange,
  order: 'forward' | 'backward',
  table: Table,
  index: Index | undefined,
): KeyRange {
  const place = placeOfStartKey(startKey, table, index);
  if (!index && table.key.range.length === 0) {
    throw validationError(
      `The provided exclusive start key is invalid: ExclusiveStartKey: ${shown(startKey)}`,
    );
  }
  if (place < range.from || place >= range.to) {
    throw validationError(
      'The provided starting key is outside query boundaries based on provided conditions',
    );
  }
  // No key follows more closely.
  return order === 'forward' ? { from: `${place}\0`, to: range.to } : { from: range.from, to: place };
}

function shown(key: Item): string {
  const entries = Object.entries(key).map(
    ([name, value]) => `${name}=AttributeValue: {${shownValue(value)}}`,
  );
  return `{${entries.join(', ')}}`;
}

const shownValue = (value: AttributeValue): string => `${typeOf(value)}:${Object.values(value).join()}`;

function checkFilter(
  filtered: readonly (readonly [string, ...unknown[]])[],
  { key }: Pick<Table, 'key'>,
  what: string,
): void {
  const names = new Set(filtered.map(([head]) => head));
  const found = allAttributes(key).find(({ name }) => names.has(name));
  if (!found) return;
  throw validationError(
    `${what} can only contain non-primary key attributes: Primary key attribute: ${found.name}`,
  );
}
