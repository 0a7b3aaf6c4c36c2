import type { TableFact } from '../../../facts/tables.ts';
import type { FactLines } from '../fact-words.ts';

export const TABLE_LINES: FactLines<TableFact> = {
  'table.changed': (fact, { wait, name }) =>
    `${name(fact.tableName)} is kept, and ${wait('changed as the template was')}: ${fact.changes.join(', ')}`,
  'table.written': (fact, { name }) => `${name(fact.tableName)} ${fact.operation} ${fact.key}`,
  'table.conditionFailed': (fact, { wait, name }) =>
    `${name(fact.tableName)} ${fact.operation} ${fact.key} ${wait('condition not met')}`,
};
