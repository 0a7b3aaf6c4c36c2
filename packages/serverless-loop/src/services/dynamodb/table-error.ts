import type { TableModel } from '../../template/model.ts';

/** A table of the template that could not be made as the template says. */
export class TableError extends Error {
  readonly logicalId: string;
  /** Of the resource in the template. */
  readonly line: number;

  constructor({ logicalId, line }: TableModel, message: string, options: { cause: unknown }) {
    super(message, options);
    this.logicalId = logicalId;
    this.line = line;
  }
}

/** The message of an error's cause. */
export function reasonOf({ cause }: { cause: unknown }): string {
  return cause instanceof Error ? cause.message : String(cause);
}
