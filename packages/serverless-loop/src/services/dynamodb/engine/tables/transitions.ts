import type { Clock } from '../clock.ts';
import { activated, type Tables } from './tables.ts';
import type { Table } from './table.ts';
import type { TableSettings } from './table-settings.ts';

/** What becomes of tables after the answer: as on AWS a table is CREATING, UPDATING or DELETING first, but not for long. */
export interface Transitions {
  /** Makes a table and its new indexes ACTIVE, and drops those that are DELETING. */
  activate(table: Table): void;
  /** The same once the answer is out. */
  activateSoon(table: Table): void;
  removeSoon(table: Table): void;
}

export function startTransitions(tables: Tables, clock: Clock): Transitions {
  function activate(table: Table): void {
    if (tables.find(table.settings.name) !== table || table.settings.status === 'DELETING') return;
    tables.change(table, withoutOldIndexes(activated(table.settings, clock)));
  }
  return {
    activate,
    activateSoon: (table) => clock.after(0, () => activate(table)),
    removeSoon: (table) =>
      clock.after(0, () => {
        if (tables.find(table.settings.name) === table) tables.remove(table);
      }),
  };
}

function withoutOldIndexes(settings: TableSettings): TableSettings {
  const globalIndexes = settings.globalIndexes
    .filter(({ status }) => status !== 'DELETING')
    .map((index) => ({ ...index, status: 'ACTIVE' as const }));
  const used = new Set(
    [settings.keySchema, ...[...globalIndexes, ...settings.localIndexes].map(({ keySchema }) => keySchema)]
      .flat()
      .map(({ AttributeName }) => AttributeName),
  );
  return { ...settings, globalIndexes, attributes: settings.attributes.filter(({ AttributeName }) => used.has(AttributeName)) };
}
