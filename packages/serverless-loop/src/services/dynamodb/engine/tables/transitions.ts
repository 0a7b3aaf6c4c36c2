import type { Clock } from '../clock.ts';
import { StoreWriteError } from '../storage/store-write-error.ts';
import type { Table } from './table.ts';
import type { TableSettings } from './table-settings.ts';
import { activated, type Tables } from './tables.ts';

/** Changes tables after the answer: as on AWS a table is CREATING, UPDATING or DELETING first, but not for long. */
export interface Transitions {
  /** Makes a table and its new indexes ACTIVE, and drops those that are DELETING. */
  activate(table: Table): void;
  /** The same once the answer is out. */
  activateSoon(table: Table): void;
  removeSoon(table: Table): void;
  /** Does at once what is to be done to the table. */
  settle(table: Table): void;
  stop(): void;
}

const RETRY_MS = 1_000;

export function startTransitions(tables: Tables, clock: Clock): Transitions {
  function activate(table: Table): void {
    if (tables.find(table.settings.name) !== table || table.settings.status === 'DELETING') return;
    tables.change(table, withoutOldIndexes(activated(table.settings, clock)));
  }
  const waiting = new Map<Table, { cancel(): void }>();
  function settle(table: Table): void {
    waiting.get(table)?.cancel();
    waiting.delete(table);
    if (table.settings.status !== 'DELETING') activate(table);
    else if (tables.find(table.settings.name) === table) tables.remove(table);
  }
  /** Tries again where the change can't be kept, which the store tells. */
  function settleAfter(delayMs: number, table: Table): void {
    const timer = clock.after(delayMs, () => {
      try {
        settle(table);
      } catch (error) {
        if (!(error instanceof StoreWriteError)) throw error;
        settleAfter(RETRY_MS, table);
      }
    });
    waiting.set(table, timer);
  }
  const settleSoon = (table: Table) => settleAfter(0, table);
  return {
    activate,
    activateSoon: settleSoon,
    removeSoon: settleSoon,
    settle,
    stop() {
      for (const timer of waiting.values()) timer.cancel();
    },
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
  return {
    ...settings,
    globalIndexes,
    attributes: settings.attributes.filter(({ AttributeName }) => used.has(AttributeName)),
  };
}
