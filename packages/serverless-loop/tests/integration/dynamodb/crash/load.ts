import { TABLE } from '../../../unit/dynamodb/model/engine-under-test.ts';

/** The `n`th change of the load, which follows from `n` alone: items to put, or one to delete. */
export type Change = { readonly puts: readonly Stored[] } | { readonly deletes: string };

export interface Stored {
  readonly pk: string;
  readonly sk: string;
  readonly n: string;
  /** So long that the journal grows, and is written anew, while the load runs. */
  readonly text: string;
}

const ITEMS = 40;

export function changeOf(n: number): Change {
  const sk = String(n % ITEMS);
  const stored = (pk: string): Stored => ({ pk, sk, n: String(n), text: 'x'.repeat((n % 7) * 1000) });
  if (n % 5 === 0) return { deletes: sk };
  if (n % 3 === 0) return { puts: [stored('left'), stored('middle'), stored('right')] };
  return { puts: [stored('single')] };
}

const item = ({ pk, sk, n, text }: Stored) => ({
  pk: { S: pk },
  sk: { N: sk },
  g: { S: pk },
  n: { N: n },
  text: { S: text },
});

/** The call that makes the change. */
export function callOf(
  change: Change,
): ['PutItem' | 'DeleteItem' | 'TransactWriteItems', Record<string, unknown>] {
  if ('deletes' in change)
    return ['DeleteItem', { TableName: TABLE, Key: { pk: { S: 'single' }, sk: { N: change.deletes } } }];
  const [only, ...more] = change.puts;
  if (only && more.length === 0) return ['PutItem', { TableName: TABLE, Item: item(only) }];
  return [
    'TransactWriteItems',
    { TransactItems: change.puts.map((put) => ({ Put: { TableName: TABLE, Item: item(put) } })) },
  ];
}

/** The table's items: by key, the item as text. */
export type State = ReadonlyMap<string, string>;

export function after(state: State, change: Change): State {
  const next = new Map(state);
  if ('deletes' in change) next.delete(`single ${change.deletes}`);
  else for (const put of change.puts) next.set(`${put.pk} ${put.sk}`, `${put.n} ${put.text}`);
  return next;
}
