import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { startWriter, type WriteListener } from './items/writer.ts';
import type { EngineCall, EngineParts, Operation } from './operations/engine-parts.ts';
import { OPERATIONS, STREAM_OPERATIONS } from './operations/operations.ts';
import type { Place } from './place.ts';
import type { JsonObject } from './requests/shapes.ts';
import { folderStore } from './storage/folder-store.ts';
import { memoryStore } from './storage/memory-store.ts';
import { type Streams, startStreams } from './streams/streams.ts';
import { newTable } from './tables/create-table.ts';
import type { Table } from './tables/table.ts';
import { startTables } from './tables/tables.ts';
import { startTransitions } from './tables/transitions.ts';
import { startTokens } from './transactions/tokens.ts';
import { startExpirer } from './ttl/expirer.ts';

export interface EngineOptions {
  readonly clock: Clock;
  readonly place: Place;
  /** The folder in which tables outlive the process; without it they are in memory. */
  readonly dataDir?: string;
  /** Told of what is wrong with the folder and does not stop the engine. */
  readonly report?: (problem: unknown) => void;
  readonly newId?: () => string;
  /** For a table whose stream is to have a label of its own, by the table's ARN. */
  readonly streamLabelOf?: (tableArn: string) => string | undefined;
}

/** Takes an input as JSON gives it, answers the same; throws DynamoDbError. */
export type EngineOperation = (input: JsonObject, call?: EngineCall) => JsonObject;

export interface Engine {
  readonly operations: Readonly<Record<keyof typeof OPERATIONS, EngineOperation>>;
  readonly streamOperations: Readonly<Record<keyof typeof STREAM_OPERATIONS, EngineOperation>>;
  /** CreateTable, with a table that is ACTIVE when it returns. */
  createActiveTable(input: JsonObject): void;
  /** Brings what a call began on a table to its end at once: it is ACTIVE with its new indexes filled, or gone. */
  settle(name: string): void;
  /** The table of this name, in whatever state. */
  findTable(name: string): Table | undefined;
  /** Calls the listener with every write once it is done. */
  observe(listener: WriteListener): void;
  /** Streams, for those that follow them within this process. */
  streams: Pick<Streams, 'find' | 'nextSequenceNumber' | 'onRecords' | 'traceHeaderOf'>;
  /** Removes all items and the records of all streams, without a record or a word of it; the tables stay. */
  empty(): void;
  stop(): Promise<void>;
}

/** DynamoDB in this process. Throws StoreInUseError or DamagedStoreError for a folder that can't be used. */
export function startEngine(options: EngineOptions): Engine {
  const { clock, place, dataDir, report = () => undefined } = options;
  const { newId = randomUUID, streamLabelOf } = options;
  const store = dataDir === undefined ? memoryStore() : folderStore(dataDir, { onProblem: report });
  const streams = startStreams({
    store,
    clock,
    place,
    newId,
    ...(streamLabelOf && { labelOf: streamLabelOf }),
  });
  const tables = startTables({ store, clock, place });
  const writer = startWriter(store, streams);
  const expirer = startExpirer(tables, writer, clock);
  const transitions = startTransitions(tables, clock);
  const tokens = startTokens(clock);
  const parts: EngineParts = {
    clock,
    place,
    tables,
    writer,
    streams,
    tokens,
    transitions,
    expirer,
    newId,
  };

  let stopped = false;
  const checkRunning = () => {
    if (stopped) throw new Error('The engine is stopped');
  };

  return {
    operations: bound(OPERATIONS, parts, checkRunning),
    streamOperations: bound(STREAM_OPERATIONS, parts, checkRunning),
    createActiveTable: (input) => transitions.activate(newTable(parts, input)),
    settle(name) {
      const table = tables.find(name);
      if (table) transitions.settle(table);
    },
    findTable: (name) => tables.find(name),
    observe: writer.observe,
    streams,
    empty() {
      checkRunning();
      const all = [...tables.all()];
      store.commit([...all.map(({ items }) => items.clear()), ...streams.emptied()]);
      for (const table of all) table.emptied();
      tokens.forgetAll();
      expirer.wake();
    },
    async stop() {
      stopped = true;
      expirer.stop();
      transitions.stop();
      await store.close();
    },
  };
}

function bound<N extends string>(
  operations: Readonly<Record<N, Operation>>,
  parts: EngineParts,
  checkRunning: () => void,
): Record<N, EngineOperation> {
  const entries = Object.entries<Operation>(operations);
  const byName: Record<string, EngineOperation> = Object.fromEntries(
    entries.map(([name, operation]) => [
      name,
      (input, call = { host: `dynamodb.${parts.place.region}.amazonaws.com` }) => {
        checkRunning();
        // An operation is through with its writes when it returns.
        parts.streams.tracedBy(call.traceHeader);
        return operation(parts, input, call);
      },
    ]),
  );
  return byName;
}
