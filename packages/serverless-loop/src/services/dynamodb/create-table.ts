import type { TableModel } from '../../template/model.ts';
import type { Engine } from './engine/start-engine.ts';
import { reasonOf, TableError } from './table-error.ts';
import { placeInTemplate } from './table-mismatch.ts';

/** A table of the template that can't be made. */
export class TableNotCreatedError extends TableError {
  override readonly name = 'TableNotCreatedError';

  constructor(table: TableModel, templateFile: string | undefined, options: { cause: unknown }) {
    const { logicalId, line, name } = table;
    super(
      table,
      `Table ${name} (${logicalId}, ${placeInTemplate(line, templateFile)}) can't be created: ${reasonOf(options)}`,
      options,
    );
  }
}

/** Makes the template's table, ready for use. */
export function createActiveTable(engine: Engine, table: TableModel, templateFile?: string): void {
  try {
    engine.createActiveTable(table.createTable);
    if (table.timeToLiveAttribute !== undefined) {
      engine.operations.UpdateTimeToLive({
        TableName: table.name,
        TimeToLiveSpecification: { AttributeName: table.timeToLiveAttribute, Enabled: true },
      });
    }
  } catch (cause) {
    throw new TableNotCreatedError(table, templateFile, { cause });
  }
}
