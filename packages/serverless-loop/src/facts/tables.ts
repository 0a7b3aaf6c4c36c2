/** DynamoDB writes an item, or changes a table that it has kept. */
export type TableFact =
  /** A kept table has been given what the template says now. */
  | { kind: 'table.changed'; tableName: string; changes: string[] }
  | { kind: 'table.written'; tableName: string; operation: string; key: string }
  | { kind: 'table.conditionFailed'; tableName: string; operation: string; key: string };
