import { send } from '../../app/loop-api.ts';
import { Detail } from '../../parts/detail.tsx';
import type { Table } from './answers.ts';
import { ItemEditor } from './item-editor.tsx';

export function NewItem({ table }: { table: Table }) {
  const item = Object.fromEntries(table.keys.map((name) => [name, { S: '' }]));
  return (
    <Detail title="Put an item">
      <ItemEditor
        item={item}
        onPut={async (next) => {
          await send('item/put', { table: table.name, item: next });
          return 'The item is written.';
        }}
      />
    </Detail>
  );
}
