import type { JsonObject } from '../../../src/aws/json-object.ts';
import type { Column } from '../../parts/rows.tsx';
import { Time, useNow } from '../../parts/time.tsx';
import { shortId, shownInRow } from '../../state/words.ts';
import type { ItemRow, Table } from './answers.ts';

/** The keys of the table, and what most of its items have. */
export function itemColumns(
  { keys }: Table,
  names: readonly string[],
  plain: ReadonlyMap<ItemRow, JsonObject>,
): Column<ItemRow>[] {
  const text = (row: ItemRow, name: string) => shownInRow(shortId(textOf(plain.get(row)?.[name])));
  return [
    {
      name: keys.map(shownInRow).join(', '),
      width: 'minmax(0, 2fr)',
      cell: (row) => <code>{keys.map((name) => text(row, name)).join(', ')}</code>,
    },
    ...names.map(
      (name, at): Column<ItemRow> => ({
        name: shownInRow(name),
        width: 'minmax(0, 2fr)',
        from: 360 + at * 180,
        cell: (row) =>
          isTime(plain.get(row)?.[name]) ? <Time at={textOf(plain.get(row)?.[name])} /> : text(row, name),
      }),
    ),
    { name: 'Written', width: '112px', isNumber: true, cell: (row) => <Written row={row} /> },
  ];
}

/** So long a change is marked. */
const NEW_MS = 10_000;

function Written({ row: { writtenAt } }: { row: ItemRow }) {
  const now = useNow();
  if (writtenAt === undefined) return <span class="quiet">before</span>;
  const isNew = now - Date.parse(writtenAt) < NEW_MS;
  return (
    <span class={isNew ? 'good' : 'quiet'}>
      {isNew && <span aria-hidden="true">● </span>}
      <Time at={writtenAt} />
    </span>
  );
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value);
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
