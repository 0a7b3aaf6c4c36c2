import type { Place } from '../../aws/arn.ts';
import type { JsonObject, JsonOperation } from '../../aws/operation.ts';
import type { Report } from '../../facts.ts';
import type { TableModel } from '../../template/model.ts';
import { changeTable } from './change-table.ts';
import { createStore, type Store } from './dynalite.ts';
import { type DynamoDb, dynamoDbService } from './dynamodb.ts';
import { itemFacts } from './item-facts.ts';
import { type WriteListeners, writeItems } from './item-writes.ts';
import { needsOf } from './needs.ts';
import { runAction } from './run-action.ts';
import { withTableName } from './table-name.ts';
import { startTables } from './tables.ts';
import { startTransactions } from './transactions.ts';
import type { ItemWrite } from './write.ts';

export interface EmbeddedOptions {
  place: Place;
  tables: TableModel[];
  report: Report;
  /** Told of every item that changed, after it changed. Must not throw. */
  onWrite?: (write: ItemWrite) => void;
}

type Handle = (input: JsonObject) => Promise<JsonObject | undefined>;

const READS = ['BatchGetItem', 'GetItem', 'Query', 'Scan'];
const WRITES = ['BatchWriteItem', 'DeleteItem', 'PutItem', 'UpdateItem'];
const TAGS = ['ListTagsOfResource', 'TagResource', 'UntagResource'];

/** DynamoDB in this process and in memory, with the template's tables made and ready. Throws TableNotCreatedError. */
export async function startEmbeddedDynamoDb(options: EmbeddedOptions): Promise<DynamoDb> {
  const { place, tables, report, onWrite = () => undefined } = options;
  const store = createStore({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  store.tableDb.awsAccountId = place.accountId;
  store.tableDb.awsRegion = place.region;

  const tableStore = startTables(store);
  for (const table of tables) await tableStore.add(table);

  const listeners: WriteListeners = { facts: itemFacts(report, tableStore.keyNames), onWrite };
  const handles: Record<string, Handle> = {
    ...handlesOf([...READS, ...TAGS], (name, input) => runAction(store, name, input)),
    ...handlesOf(WRITES, (name, input) => writeItems(store, name, input, listeners)),
    ...transactionHandles(store, listeners),
    ...tableStore.handles,
  };

  return {
    service: dynamoDbService(operationsOf(handles, place)),
    tables: {
      has: async (name) => tableStore.keyNames.has(name),
      add: tableStore.add,
      change: (table, before) => changeTable(tableStore.handles, table, before),
      async remove({ name }) {
        await tableStore.handles.DeleteTable({ TableName: name });
      },
    },
    stop: () => close(store),
  };
}

function handlesOf(
  names: string[],
  run: (name: string, input: JsonObject) => ReturnType<Handle>,
): Record<string, Handle> {
  return Object.fromEntries(names.map((name) => [name, (input: JsonObject) => run(name, input)]));
}

function transactionHandles(store: Store, listeners: WriteListeners): Record<string, Handle> {
  const transactions = startTransactions(store, listeners);
  return { TransactWriteItems: transactions.write, TransactGetItems: transactions.get };
}

function operationsOf(handles: Record<string, Handle>, place: Place): Record<string, JsonOperation> {
  return Object.fromEntries(
    Object.entries(handles).map(([name, handle]) => [
      name,
      {
        needs: (input: JsonObject) => needsOf(name, input, place),
        handle: (input: JsonObject) => handle(withTableName(input, place)),
      },
    ]),
  );
}

function close(store: Store): Promise<void> {
  return new Promise((resolve, reject) => {
    store.db.close((error) => (error ? reject(error) : resolve()));
  });
}
