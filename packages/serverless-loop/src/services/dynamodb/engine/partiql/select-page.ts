import { validationError } from '../dynamodb-error.ts';
import { keyRange } from '../expressions/key-range.ts';
import { valueAt } from '../expressions/resolve-path.ts';
import type { KeyTest, Path } from '../expressions/syntax.ts';
import type { CapacityDetail } from '../items/consumed-capacity.ts';
import { encodedRange } from '../queries/key-range-of.ts';
import { answerPage } from '../queries/page.ts';
import { checkPaths, checkProjected } from '../queries/read-selection.ts';
import { placeOfStartKey } from '../queries/start-key.ts';
import type { JsonObject } from '../requests/shapes.ts';
import type { KeyRange } from '../storage/sorted-map.ts';
import type { Index } from '../tables/index-entries.ts';
import type { Table } from '../tables/table.ts';
import { type Item, newItem } from '../values/attribute-value.ts';
import { checkFiltered } from './check-filtered.ts';
import type { SelectStatement } from './read-partiql.ts';
import { conjuncts, keyTestOf } from './split-where.ts';

export interface PageOptions {
  readonly isConsistent: boolean;
  readonly capacity: CapacityDetail;
  readonly limit: number | undefined;
  /** The key after which the page begins. */
  readonly after: Item | undefined;
}

/** The rows of a page, with the key that it ended at and what it consumed. */
export interface SelectedPage {
  readonly rows: readonly Item[];
  readonly lastKey: unknown;
  readonly capacity: unknown;
}

/** Reads a page of a SELECT: of one partition where the WHERE names it, else by a scan. */
export function selectPage(select: SelectStatement, table: Table, options: PageOptions): SelectedPage {
  const index = indexOf(select, table, options);
  const tests = keyTests(select, index ?? table);
  const order = orderOf(select, index ?? table, tests !== undefined);
  const paths = select.selected?.map(({ path }) => path) ?? [];
  checkPaths(paths, table);
  checkProjected(paths, index);
  checkFiltered(select.where, index);
  const answer = answerPage({
    table,
    index,
    order,
    range: rangeOf(tests, table, index, order, options.after),
    limit: options.limit,
    filter: select.where,
    projection: select.selected && heads(paths),
    isScan: tests === undefined,
    selection: {
      tableName: select.table,
      indexName: select.index,
      select: undefined,
      isConsistent: options.isConsistent,
      capacity: options.capacity,
    },
  });
  const rows = rowsIn(answer).map((item) => selectedOf(select, item));
  return { rows, lastKey: answer.LastEvaluatedKey, capacity: answer.ConsumedCapacity };
}

function indexOf(
  { index: name }: SelectStatement,
  table: Table,
  { isConsistent }: PageOptions,
): Index | undefined {
  if (name === undefined) return undefined;
  const index = table.index(name);
  if (!index) throw validationError('The table does not have the specified index');
  if (index.kind === 'global' && isConsistent)
    throw validationError('Strongly consistent read is not supported on Global Secondary Indexes');
  return index;
}

/** The tests of a key condition, when there is an equality for every attribute of the partition key. */
function keyTests({ where }: SelectStatement, { key }: Pick<Table, 'key'>): KeyTest[] | undefined {
  const tests = conjuncts(where).flatMap((condition) => keyTestOf(condition) ?? []);
  const equality = (name: string) => tests.find((test) => test.name === name && test.operator === '=');
  const hash = key.hash.flatMap(({ name }) => equality(name) ?? []);
  if (hash.length < key.hash.length) return undefined;
  const range: KeyTest[] = [];
  for (const { name } of key.range) {
    const test = equality(name) ?? tests.find((one) => one.name === name);
    if (test) range.push(test);
    if (test?.operator !== '=') break;
  }
  return [...hash, ...range];
}

function orderOf(
  { orderBy }: SelectStatement,
  { key }: Pick<Table, 'key'>,
  isKeyed: boolean,
): 'forward' | 'backward' {
  if (orderBy.length > 0 && !isKeyed) {
    throw validationError(
      'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
    );
  }
  const names = [...key.hash, ...key.range].map(({ name }) => name);
  for (const { path } of orderBy)
    if (path.length > 1 || !names.includes(path[0]))
      throw validationError(
        `Variable reference ${path.join('.')} in ORDER BY clause must be part of the primary key`,
      );
  const ofRange = orderBy.find(({ path }) => key.range.some(({ name }) => name === path[0]));
  return ofRange?.descending ? 'backward' : 'forward';
}

function rangeOf(
  tests: readonly KeyTest[] | undefined,
  table: Table,
  index: Index | undefined,
  order: 'forward' | 'backward',
  after: Item | undefined,
): KeyRange {
  const key = index?.key ?? table.key;
  const range: KeyRange = tests ? encodedRange(keyRange(tests, key), key) : {};
  if (!after) return range;
  const place = placeOfStartKey(after, table, index);
  return order === 'forward' ? { ...range, from: `${place}\0` } : { ...range, to: place };
}

/** Whole attributes: the steps inside them are taken once the page is read. */
function heads(paths: readonly Path[]): Path[] {
  return [...new Set(paths.map(([head]) => head))].map((head): Path => [head]);
}

function rowsIn({ Items }: JsonObject): readonly Item[] {
  return Array.isArray(Items) ? Items : [];
}

/** The row that a SELECT makes of an item. */
export function selectedOf({ selected }: SelectStatement, item: Item): Item {
  if (!selected) return item;
  const row = newItem();
  for (const { path, name } of selected) {
    const value = valueAt(item, path);
    if (value !== undefined) row[name] = value;
  }
  return row;
}
