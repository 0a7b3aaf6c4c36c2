import { validationError } from '../dynamodb-error.ts';
import type { Path } from '../expressions/syntax.ts';
import type { CapacityDetail } from '../items/consumed-capacity.ts';
import { allAttributes } from '../items/item-key.ts';
import { keyIsScalar } from '../items/plan-write.ts';
import { readCapacityDetail } from '../items/write-item.ts';
import type { Members } from '../requests/members.ts';
import type { Index } from '../tables/index-entries.ts';
import type { Table } from '../tables/table.ts';
import { NAME_PATTERN, readTableName } from '../tables/table-name.ts';

const SELECTS = ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'] as const;
export type Select = (typeof SELECTS)[number];

/** The members that Query and Scan have in common. */
export interface Selection {
  readonly tableName: string;
  readonly indexName: string | undefined;
  readonly select: Select | undefined;
  readonly isConsistent: boolean;
  readonly capacity: CapacityDetail;
}

export function readSelection(members: Members): Selection {
  return {
    select: members.oneOf('Select', SELECTS),
    indexName: members.text('IndexName', { pattern: NAME_PATTERN, minLength: 3, maxLength: 255 }),
    capacity: readCapacityDetail(members),
    tableName: readTableName(members),
    isConsistent: members.boolean('ConsistentRead') ?? false,
  };
}

/** Refuses a selection that doesn't go with a projection (API reference, "Query" and "Scan", Select). */
export function checkSelect(
  { select, indexName }: Selection,
  members: Members,
  verb: 'Querying' | 'Scanning',
): void {
  const projection = ['ProjectionExpression', 'AttributesToGet'].find((name) => members.has(name));
  if (select === 'SPECIFIC_ATTRIBUTES' && !projection) {
    throw validationError(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (select === 'COUNT' && projection) {
    throw validationError(`Cannot specify the ${projection} when choosing to get only the Count`);
  }
  if ((select === 'ALL_ATTRIBUTES' || select === 'ALL_PROJECTED_ATTRIBUTES') && projection) {
    throw validationError(`Cannot specify the ${projection} when choosing to get ${select}`);
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && indexName === undefined) {
    throw validationError(`ALL_PROJECTED_ATTRIBUTES can be used only when ${verb} using an IndexName`);
  }
}

/** The index that is asked for. Throws ValidationException for none that can be read so. */
export function selectedIndex(
  table: Table,
  { indexName, isConsistent, select }: Selection,
): Index | undefined {
  if (indexName === undefined) return undefined;
  const settings = table.settings.globalIndexes.find(({ name }) => name === indexName);
  const index = table.index(indexName);
  if (settings?.status === 'CREATING') {
    throw validationError(`Cannot read from backfilling global secondary index: ${indexName}`);
  }
  if (!index) throw validationError(`The table does not have the specified index: ${indexName}`);
  if (index.kind === 'global' && isConsistent) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  if (index.kind === 'global' && index.projected && select === 'ALL_ATTRIBUTES') {
    throw validationError(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${indexName} because its projection type is not ALL`,
    );
  }
  return index;
}

/** Refuses paths into keys, and those to what a global index does not have. */
export function checkPaths(paths: readonly Path[], table: Table): void {
  const nested = new Set(paths.filter(({ length }) => length > 1).map(([head]) => head));
  const key = allAttributes(table.key).find(({ name }) => nested.has(name));
  if (key) throw keyIsScalar('Key', key.name);
  for (const index of table.indexes) {
    const indexKey = allAttributes(index.key).find(({ name }) => nested.has(name));
    if (indexKey) throw keyIsScalar('IndexKey', indexKey.name);
  }
}

export function checkProjected(paths: readonly Path[], index: Index | undefined): void {
  const { projected } = index ?? {};
  if (index?.kind !== 'global' || !projected) return;
  const absent = paths.map(([head]) => head).filter((name) => !projected.has(name));
  if (absent.length === 0) return;
  throw validationError(
    `One or more parameter values were invalid: Global secondary index ${index.name} does not project [${absent.join(', ')}]`,
  );
}
