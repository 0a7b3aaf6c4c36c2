import type { Place } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { Call } from '../../aws/operation.ts';
import { type Clock, startClock } from '../../clock.ts';
import { complain } from '../../complaint.ts';
import type { Report } from '../../facts.ts';
import type { TableModel } from '../../template/model.ts';
import type { Run } from './api/context.ts';
import { dynamoDbService, streamsService } from './api/service.ts';
import { changeTable } from './change-table.ts';
import { createActiveTable } from './create-table.ts';
import type { DynamoDb } from './dynamodb.ts';
import { DynamoDbError } from './engine/dynamodb-error.ts';
import type { EngineCall } from './engine/operations/engine-parts.ts';
import { type Engine, type EngineOperation, startEngine } from './engine/start-engine.ts';
import { StoreWriteError } from './engine/storage/store-write-error.ts';
import type { TableSettings } from './engine/tables/table-settings.ts';
import { indexModel } from './index-model.ts';
import { itemFacts } from './item-facts.ts';
import { factsOfWrites } from './item-writes.ts';
import { bringToTemplate, keptModel } from './kept-table.ts';
import { polledStreams } from './polled-streams.ts';
import { steadyStreamLabel } from './stream-label.ts';
import { refuseOtherKey } from './table-mismatch.ts';
import type { ItemWrite } from './write.ts';

export interface EmbeddedOptions {
  place: Place;
  tables: TableModel[];
  /** By its name, for errors about a table. */
  templateFile?: string;
  report: Report;
  /** By which items expire and tables change; the machine's own where none is given. */
  clock?: Clock;
  /** The folder in which tables outlive the loop; without it they are in memory. */
  dataDir?: string;
  /** Told of every item that changed, after it changed. Must not throw. */
  onWrite?: (write: ItemWrite) => void;
}

/**
 * DynamoDB in this process, with the template's tables made and ready, or given its settings where they are kept. Throws
 * TableNotCreatedError, and with a `dataDir` TableMismatchError, TableNotChangedError, StoreInUseError, DamagedStoreError.
 */
export async function startEmbeddedDynamoDb(options: EmbeddedOptions): Promise<DynamoDb> {
  const {
    place,
    tables,
    templateFile,
    report,
    clock = startClock(),
    dataDir,
    onWrite = () => undefined,
  } = options;
  const ofStacks = new Set<string>();
  const engine = startEngine({
    clock,
    place,
    streamLabelOf: (arn) => (ofStacks.has(arn) ? steadyStreamLabel(arn) : undefined),
    ...(dataDir !== undefined && { dataDir }),
    report: (problem) => complain('DynamoDB keeps tables and items no longer', problem),
  });
  const keyNames = {
    get: (tableName: string) =>
      engine.findTable(tableName)?.settings.keySchema.map(({ AttributeName }) => AttributeName),
  };
  const facts = itemFacts(report, keyNames);
  engine.observe(({ table, oldItem, item }, { operation }) => {
    if (!oldItem && !item) return;
    onWrite({ tableName: table.settings.name, operation, oldImage: oldItem, newImage: item });
  });
  try {
    const kept = (table: TableModel) => engine.findTable(table.name)?.settings;
    for (const table of tables) refuseOtherKeys(table, kept(table), templateFile);
    for (const table of tables) {
      ofStacks.add(table.arn);
      const settings = kept(table);
      if (!settings) {
        createActiveTable(engine, table, templateFile);
        continue;
      }
      const before = keptModel(table, settings);
      const changes = await bringToTemplate(handlesOf(engine), table, before, templateFile);
      if (changes.length > 0) report({ kind: 'table.changed', tableName: table.name, changes });
    }
  } catch (error) {
    await engine.stop();
    throw error;
  }

  return {
    service: dynamoDbService(
      place,
      runsOf(engine.operations, (name, run) => factsOfWrites(name, run, facts, place)),
    ),
    streams: streamsService(place, runsOf(engine.streamOperations)),
    polled: polledStreams(engine.streams, place),
    tables: {
      has: async (name) => engine.findTable(name) !== undefined,
      async add(table) {
        ofStacks.add(table.arn);
        createActiveTable(engine, table);
      },
      change: (table, before) => changeTable(handlesOf(engine), table, before),
      async remove({ name, arn }) {
        await handlesOf(engine).DeleteTable({ TableName: name });
        ofStacks.delete(arn);
      },
      holdsItems: async (name) =>
        engine.findTable(name) !== undefined &&
        engine.operations.Scan({ TableName: name, Limit: 1 }).Count !== 0,
    },
    clear: async () => engine.empty(),
    stop: () => engine.stop(),
  };
}

/** Refuses other keys and local indexes, which no change of a table can bring. Throws TableMismatchError, before anything is done. */
function refuseOtherKeys(
  table: TableModel,
  kept: TableSettings | undefined,
  templateFile: string | undefined,
): void {
  if (!kept) return;
  const existing = {
    KeySchema: kept.keySchema,
    AttributeDefinitions: kept.attributes,
    LocalSecondaryIndexes: kept.localIndexes.map(indexModel),
  };
  refuseOtherKey(table, existing, templateFile);
}

/** The engine's operations as the service runs them. */
function runsOf<N extends string>(
  operations: Readonly<Record<N, EngineOperation>>,
  observed: (name: string, run: EngineOperation) => EngineOperation = (_, run) => run,
): Record<N, Run> {
  const callOf = engineCalls();
  const entries = Object.entries<EngineOperation>(operations);
  const runs: Record<string, Run> = Object.fromEntries(
    entries.map(([name, operation]) => {
      const run = observed(name, operation);
      return [name, (input: JsonObject, call: Call) => answerOf(run, input, callOf(call))];
    }),
  );
  return runs;
}

/** Calls come at one endpoint, so that its host is read once. */
function engineCalls(): (call: Call) => EngineCall {
  let latest = { endpoint: '', call: { host: '' } };
  return ({ endpoint, traceHeader }) => {
    if (latest.endpoint !== endpoint)
      latest = { endpoint, call: { host: endpoint.replace(/^\w+:\/\//, '') } };
    return traceHeader === undefined ? latest.call : { ...latest.call, traceHeader };
  };
}

/** Answers by the engine, whose refusals are the gateway's; any other error is one of the loop itself. */
function answerOf(run: EngineOperation, input: JsonObject, call?: EngineCall): JsonObject {
  try {
    return run(input, call);
  } catch (error) {
    if (error instanceof StoreWriteError)
      throw new AwsError('InternalServerError', error.message, { status: 500 });
    if (!(error instanceof DynamoDbError)) throw error;
    throw new AwsError(error.name, error.message, { members: error.members });
  }
}

/** For stacks that change tables: an answer comes once the change is made. */
function handlesOf(engine: Engine) {
  const { UpdateTable, UpdateTimeToLive, TagResource, UntagResource, DeleteTable } = engine.operations;
  const settled = (run: EngineOperation) => async (input: JsonObject) => {
    const output = answerOf(run, input);
    engine.settle(String(input.TableName));
    return output;
  };
  return {
    UpdateTable: settled(UpdateTable),
    UpdateTimeToLive: async (input: JsonObject) => answerOf(UpdateTimeToLive, input),
    TagResource: async (input: JsonObject) => answerOf(TagResource, input),
    UntagResource: async (input: JsonObject) => answerOf(UntagResource, input),
    DeleteTable: settled(DeleteTable),
  };
}
