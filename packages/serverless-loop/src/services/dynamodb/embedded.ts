import type { Place } from '../../aws/arn.ts';
import type { Call, JsonObject, JsonOperation } from '../../aws/operation.ts';
import { type Clock, startClock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { TableModel } from '../../template/model.ts';
import { asAwsError } from './aws-errors.ts';
import { changeTable } from './change-table.ts';
import { createActiveTable, prepareActiveTable } from './create-table.ts';
import { type DynamoDb, dynamoDbService, streamsService } from './dynamodb.ts';
import type { EngineCall } from './engine/operations/engine-parts.ts';
import { type Engine, type EngineOperation, startEngine } from './engine/start-engine.ts';
import { itemFacts } from './item-facts.ts';
import { factsOfWrites } from './item-writes.ts';
import { needsOf, streamNeedsOf } from './needs.ts';
import { steadyStreamLabel } from './stream-label.ts';
import { tableKeyNames } from './table-keys.ts';
import type { ItemWrite } from './write.ts';

export interface EmbeddedOptions {
  place: Place;
  tables: TableModel[];
  report: Report;
  /** By which items expire and tables change; the machine's own where none is given. */
  clock?: Clock;
  /** Where tables outlive the loop; without it they are in memory. */
  dataDir?: string;
  /** Told of every item that changed, after it changed. Must not throw. */
  onWrite?: (write: ItemWrite) => void;
}

/**
 * DynamoDB in this process, with the template's tables made and ready. Throws TableNotCreatedError, and with a `dataDir`
 * TableMismatchError, StoreInUseError, DamagedStoreError.
 */
export async function startEmbeddedDynamoDb(options: EmbeddedOptions): Promise<DynamoDb> {
  const { place, tables, report, clock = startClock(), dataDir, onWrite = () => undefined } = options;
  const ofStacks = new Set<string>();
  const engine = startEngine({
    clock,
    place,
    streamLabelOf: (arn) => (ofStacks.has(arn) ? steadyStreamLabel(arn) : undefined),
    ...(dataDir !== undefined && { dataDir }),
  });
  const keyNames = tableKeyNames(engine);
  const facts = itemFacts(report, keyNames);
  engine.observe(({ table, oldItem, item }, { operation }) => {
    if (!oldItem && !item) return;
    onWrite({ tableName: table.settings.name, operation, oldImage: oldItem, newImage: item });
  });
  try {
    for (const table of tables) {
      ofStacks.add(table.arn);
      prepareActiveTable(engine, table);
    }
  } catch (error) {
    await engine.stop();
    throw error;
  }

  return {
    service: dynamoDbService(
      operationsOf(engine.operations, place, needsOf, (name, run) => factsOfWrites(name, run, facts, place)),
    ),
    streams: streamsService(operationsOf(engine.streamOperations, place, streamNeedsOf)),
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
    },
    clear: async () => engine.empty(),
    stop: () => engine.stop(),
  };
}

type Needs = (operation: string, input: JsonObject, place: Place) => ReturnType<JsonOperation['needs']>;

function operationsOf(
  operations: Readonly<Record<string, EngineOperation>>,
  place: Place,
  needs: Needs,
  observed: (name: string, run: EngineOperation) => EngineOperation = (_, run) => run,
): Record<string, JsonOperation> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, run]) => {
      const handle = observed(name, run);
      return [
        name,
        {
          needs: (input: JsonObject) => needs(name, input, place),
          handle: async (input: JsonObject, { endpoint }: Call) =>
            answerOf(handle, input, { host: endpoint.slice('http://'.length) }),
        },
      ];
    }),
  );
}

function answerOf(run: EngineOperation, input: JsonObject, call?: EngineCall): JsonObject {
  try {
    return run(input, call);
  } catch (error) {
    throw asAwsError(error);
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
