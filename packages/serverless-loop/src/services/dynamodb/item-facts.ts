import type { Report } from '../../facts.ts';
import { keyText, type WrittenItem } from './written-items.ts';

/** The attributes that make a table's key, partition key first. Unknown tables have none. */
export type KeyNames = ReadonlyMap<string, readonly string[]>;

/** Reports what became of items by their keys alone: facts never hold an item. */
export function itemFacts(report: Report, keyNames: Pick<KeyNames, 'get'>) {
  const tell =
    (kind: 'table.written' | 'table.conditionFailed') => (operation: string, items: WrittenItem[]) => {
      for (const { tableName, attributes } of items) {
        report({ kind, tableName, operation, key: keyText(attributes, keyNames.get(tableName) ?? []) });
      }
    };
  return { written: tell('table.written'), conditionFailed: tell('table.conditionFailed') };
}

export type ItemFacts = ReturnType<typeof itemFacts>;
