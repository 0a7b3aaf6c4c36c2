import { DatabaseSync } from 'node:sqlite';
import type { Change, Store, StoredMap } from '../../src/services/dynamodb/engine/storage/store.ts';

/**
 * The store's interface on Node's SQLite: a row a key, the value as JSON. As the store it is compared with, it is durable
 * against the death of the process and not against that of the machine (synchronous = OFF).
 */
export function sqliteStore(file: string): Store {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
  database.exec(
    'CREATE TABLE IF NOT EXISTS kept (map TEXT, key BLOB, value TEXT, PRIMARY KEY (map, key)) WITHOUT ROWID',
  );
  const insert = database.prepare('INSERT OR REPLACE INTO kept VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM kept WHERE map = ? AND key = ?');
  const clear = database.prepare('DELETE FROM kept WHERE map = ?');
  const one = database.prepare('SELECT value FROM kept WHERE map = ? AND key = ?');
  const some = database.prepare(
    'SELECT key, value FROM kept WHERE map = ? AND key >= ? AND key < ? ORDER BY key',
  );
  const bytes = (key: string) => Buffer.from(key, 'latin1');

  function map<V>(name: string, read: (json: unknown) => V): StoredMap<V> {
    const change = (key: string | undefined, apply: () => void, value?: unknown): Change => ({
      map: name,
      apply,
      ...(key !== undefined && { key }),
      ...(value !== undefined && { value }),
    });
    return {
      get size() {
        return Number(database.prepare('SELECT count(*) AS n FROM kept WHERE map = ?').get(name)?.n);
      },
      get(key) {
        const row = one.get(name, bytes(key));
        return row ? read(JSON.parse(String(row.value))) : undefined;
      },
      *entries({ from = '', to = '\xff'.repeat(8) } = {}) {
        for (const { key, value } of some.iterate(name, bytes(from), bytes(to))) {
          const found = key instanceof Uint8Array ? Buffer.from(key).toString('latin1') : '';
          yield [found, read(JSON.parse(String(value)))] as const;
        }
      },
      put: (key, value) => change(key, () => insert.run(name, bytes(key), JSON.stringify(value)), value),
      remove: (key) => change(key, () => remove.run(name, bytes(key))),
      clear: () => change(undefined, () => clear.run(name)),
    };
  }

  return {
    map,
    names: () =>
      database
        .prepare('SELECT DISTINCT map FROM kept')
        .all()
        .map(({ map: name }) => String(name)),
    commit(changes) {
      // A single statement is a transaction of its own.
      if (changes.length > 1) database.exec('BEGIN');
      for (const one of changes) one.apply();
      if (changes.length > 1) database.exec('COMMIT');
    },
    async close() {
      database.close();
    },
  };
}
