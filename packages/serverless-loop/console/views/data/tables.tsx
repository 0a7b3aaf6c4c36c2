import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useNames } from '../../app/use-names.ts';
import { Empty, Problem, Waiting } from '../../parts/notice.tsx';
import { Rows } from '../../parts/rows.tsx';
import { ChoiceField, TextField } from '../../parts/text-field.tsx';
import { useMemo, useState } from '../../preact.ts';
import { formatAddress } from '../../state/address.ts';
import { columnsOf, plainItem } from '../../state/attributes.ts';
import { fits, parseFilter } from '../../state/filter.ts';
import type { ItemRow, ItemsAnswer, Table, TablesAnswer } from './answers.ts';
import { itemColumns } from './item-columns.tsx';
import { ItemDetail } from './item-detail.tsx';
import { NewItem } from './new-item.tsx';

/** Items that are asked for at once: the newest. */
const MAX_ITEMS = 500;
const MAX_COLUMNS = 4;
/** An address never has it as the key of an item: that has an `=`. */
const NEW = 'new';

export function Tables() {
  const { address, facts } = useConsole();
  const written = facts.groups.tables;
  const { value, error } = useAnswer('tables', () => ask<TablesAnswer>('tables'), [written]);
  const [, opened] = address.opened;
  const table = value?.tables.find(({ name }) => name === opened) ?? value?.tables[0];
  if (error !== undefined) return <Sheet>{<Problem text={error} />}</Sheet>;
  if (!value) return <Sheet>{<Waiting />}</Sheet>;
  if (!table)
    return (
      <Empty title="The stack has no table">
        <p>A resource AWS::DynamoDB::Table or AWS::Serverless::SimpleTable of the template is shown here.</p>
      </Empty>
    );
  return <Items key={table.name} table={table} tables={value.tables} />;
}

function Sheet({ children }: { children: preact.JSX.Element }) {
  return <div class="sheet">{children}</div>;
}

function Items({ table, tables }: { table: Table; tables: readonly Table[] }) {
  const { address, facts, go } = useConsole();
  const nameOf = useNames();
  const [partition, setPartition] = useState('');
  const [index, setIndex] = useState('');
  const members = {
    table: table.name,
    limit: MAX_ITEMS,
    partition: partition || undefined,
    index: (partition && index) || undefined,
  };
  const { value, error } = useAnswer(JSON.stringify(members), () => ask<ItemsAnswer>('items', members), [
    facts.groups.tables,
  ]);
  const all = value?.items ?? [];
  const filter = useMemo(() => parseFilter(address.filter), [address.filter]);
  const plain = useMemo(() => new Map(all.map((row) => [row, plainItem(row.item)])), [value]);
  const rows = all.filter((row) => fits(plain.get(row) ?? {}, filter));
  const columns = useMemo(
    () => itemColumns(table, columnsOf([...plain.values()], table.keys, MAX_COLUMNS), plain),
    [table, plain],
  );
  const key = address.opened[2];
  const hrefOf = ({ key: own }: Pick<ItemRow, 'key'>) =>
    formatAddress({ view: 'data', opened: ['tables', table.name, own], filter: address.filter });
  const keys = table.indexes.find(({ name }) => name === index)?.keys ?? table.keys;
  return (
    <>
      <div class="toolbar">
        {tables.length > 1 && (
          <ChoiceField
            label="Table"
            value={table.name}
            of={tables.map(({ name }) => [name, nameOf(name)] as const)}
            onValue={(name) => go({ view: 'data', opened: ['tables', name] })}
          />
        )}
        {table.indexes.length > 0 && (
          <ChoiceField
            label="Query"
            value={index}
            of={[['', 'the table'], ...table.indexes.map(({ name }) => [name, `index ${name}`] as const)]}
            onValue={setIndex}
          />
        )}
        <TextField
          label={`${keys[0] ?? 'Key'} is`}
          text={partition}
          onText={setPartition}
          placeholder="any"
        />
        <a class="button" href={hrefOf({ key: NEW })}>
          Put an item
        </a>
      </div>
      <div class="split">
        <Rows
          label={`Items of ${nameOf(table.name)}, the newest first`}
          rows={rows}
          keyOf={({ key: own }) => own}
          hrefOf={hrefOf}
          columns={columns}
          chosen={key}
          empty={<NoItems isFiltered={all.length > 0 || partition !== ''} problem={error} />}
          end={
            value &&
            `${nameOf(table.name)}: ${rows.length} of ${table.itemCount} items${value.hasMore ? `, the newest ${MAX_ITEMS} are here` : ''}.`
          }
        />
        {key === NEW && <NewItem table={table} />}
        {key !== undefined && key !== NEW && <ItemDetail table={table} itemKey={key} />}
      </div>
    </>
  );
}

function NoItems({ isFiltered, problem }: { isFiltered: boolean; problem: string | undefined }) {
  if (problem !== undefined)
    return (
      <Empty title="The items could not be read">
        <Problem text={problem} />
      </Empty>
    );
  if (isFiltered) return <Empty title="No item fits" />;
  return (
    <Empty title="The table is empty">
      <p>An item that a function writes is shown here at once.</p>
      <a class="button" href="#/do">
        Invoke a function
      </a>
    </Empty>
  );
}
