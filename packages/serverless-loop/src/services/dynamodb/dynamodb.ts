import type { JsonService } from '../../aws/operation.ts';
import type { StreamPort } from '../../aws/stream-port.ts';
import type { TableModel } from '../../template/model.ts';

export interface DynamoDb {
  service: JsonService;
  streams: JsonService;
  /** For Lambda, which reads streams for functions; absent where they are another process's. */
  polled?: StreamPort;
  /** For stacks that come, change and go while the loop runs. Each throws what AWS would answer. */
  tables: {
    has(name: string): Promise<boolean>;
    /** Makes a table, ready for use. */
    add(table: TableModel): Promise<void>;
    /** Gives a table other settings and keeps its items. */
    change(table: TableModel, before: TableModel): Promise<void>;
    remove(table: TableModel): Promise<void>;
    /** False for a table that isn't there, too. */
    holdsItems(name: string): Promise<boolean>;
  };
  /** Removes every item of every table, with no record of it in streams. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}
