import type { TableModel } from '../../template/model.ts';
import type { Engine } from './engine/start-engine.ts';
import { placeInTemplate } from './table-mismatch.ts';

/** A table of the template that can't be made. */
export class TableNotCreatedError extends Error {
  override readonly name = 'TableNotCreatedError';
  readonly logicalId: string;
  /** Of the resource in the template. */
  readonly line: number;

  constructor(
    { logicalId, line, name }: TableModel,
    templateFile: string | undefined,
    options: { cause: unknown },
  ) {
    const { cause } = options;
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Table ${name} (${logicalId}, ${placeInTemplate(line, templateFile)}) can't be created: ${reason}`,
      options,
    );
    this.logicalId = logicalId;
    this.line = line;
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
