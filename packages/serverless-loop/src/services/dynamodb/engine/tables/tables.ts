import type { Clock } from '../clock.ts';
import { DynamoDbError } from '../dynamodb-error.ts';
import type { Place } from '../place.ts';
import type { Change, Store } from '../storage/store.ts';
import type { Item } from '../values/attribute-value.ts';
import { readItem } from '../values/read-value.ts';
import { startTable, type Table } from './table.ts';
import { localName } from './table-name.ts';
import type { TableSettings } from './table-settings.ts';

/** All tables of the place, kept in the store. */
export interface Tables {
  /** For calls on items, by name or ARN: a table that is there. Throws ResourceNotFoundException. */
  active(nameOrArn: string): Table;
  /** For calls on tables, in whatever state. Throws ResourceNotFoundException. */
  known(nameOrArn: string): Table;
  find(nameOrArn: string): Table | undefined;
  names(): string[];
  all(): Iterable<Table>;
  /** Does in the same batch whatever else is made with it. */
  create(settings: TableSettings, also?: readonly Change[]): Table;
  /** Gives the table other settings; what else changes is done in the same batch. */
  change(table: Table, settings: TableSettings, also?: readonly Change[]): void;
  remove(table: Table, also?: readonly Change[]): void;
}

export function startTables({ store, clock, place }: { store: Store; clock: Clock; place: Place }): Tables {
  const settingsByName = store.map<TableSettings>('tables', readSettings);
  const tables = new Map<string, Table>();
  const itemsOf = ({ id }: TableSettings) => store.map<Item>(`items/${id}`, readItem);

  for (const [, kept] of [...settingsByName.entries()]) {
    const settings = settled(kept, clock);
    if (settings) tables.set(settings.name, startTable(settings, itemsOf(settings)));
    else store.commit([settingsByName.remove(kept.name), itemsOf(kept).clear()]);
  }

  const find = (nameOrArn: string) => tables.get(localName(nameOrArn, place));

  return {
    find,
    active(nameOrArn) {
      const table = find(nameOrArn);
      if (table && (table.settings.status === 'ACTIVE' || table.settings.status === 'UPDATING')) return table;
      throw new DynamoDbError('ResourceNotFoundException', 'Requested resource not found');
    },
    known(nameOrArn) {
      const table = find(nameOrArn);
      if (table) return table;
      throw new DynamoDbError(
        'ResourceNotFoundException',
        `Requested resource not found: Table: ${localName(nameOrArn, place)} not found`,
      );
    },
    names: () => [...tables.keys()].sort(),
    all: () => tables.values(),
    create(settings, also = []) {
      store.commit([settingsByName.put(settings.name, settings), ...also]);
      const table = startTable(settings, itemsOf(settings));
      tables.set(settings.name, table);
      return table;
    },
    change(table, settings, also = []) {
      store.commit([settingsByName.put(settings.name, settings), ...also]);
      table.change(settings);
    },
    remove(table, also = []) {
      store.commit([settingsByName.remove(table.settings.name), table.items.clear(), ...also]);
      tables.delete(table.settings.name);
    },
  };
}

/** Ends the work of a process that died: a table or index that was being made is there, one being deleted is gone. */
function settled(settings: TableSettings, clock: Clock): TableSettings | undefined {
  if (settings.status === 'DELETING') return undefined;
  const globalIndexes = settings.globalIndexes
    .filter(({ status }) => status !== 'DELETING')
    .map((index) => ({ ...index, status: 'ACTIVE' as const }));
  return activated({ ...settings, globalIndexes }, clock);
}

/** The settings of a table once it is ready. */
export function activated(settings: TableSettings, clock: Clock): TableSettings {
  const isOnDemand = settings.billingMode === 'PAY_PER_REQUEST';
  return {
    ...settings,
    status: 'ACTIVE',
    ...(isOnDemand && { onDemandSince: settings.onDemandSince ?? clock.now() / 1000 }),
  };
}

/** Written by this engine, and whole: the store sees to it. */
function readSettings(json: unknown): TableSettings {
  return JSON.parse(JSON.stringify(json));
}
