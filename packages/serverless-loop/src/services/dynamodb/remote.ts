import { type Place, parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { Call } from '../../aws/operation.ts';
import type { Report } from '../../facts.ts';
import type { TableModel } from '../../template/model.ts';
import type { Run } from './api/context.ts';
import { DYNAMODB, DYNAMODB_STREAMS, dynamoDbService, streamsService } from './api/service.ts';
import { clearTables } from './clear-tables.ts';
import type { DynamoDb } from './dynamodb.ts';
import { itemFacts } from './item-facts.ts';
import { isConditionFailure } from './item-writes.ts';
import { objectOf } from './json.ts';
import { DynamoDbUnreachableError, type RemoteClient, startRemoteClient } from './remote-client.ts';
import { prepareTable, remoteTables } from './remote-tables.ts';
import { itemsWrittenBy, keyNamesOf } from './written-items.ts';

export interface RemoteOptions {
  /** E.g. `http://127.0.0.1:8000`. */
  url: string;
  place: Place;
  tables: TableModel[];
  /** By its name, for errors about a table. */
  templateFile?: string;
  report: Report;
  /** Time that the tables may take before the URL counts as silent; 10 s where it isn't said. */
  startLimitMs?: number;
  /** Gives the start up. */
  signal?: AbortSignal;
}

const START_LIMIT_MS = 10_000;

/**
 * DynamoDB Local, or whatever speaks its protocol at the URL: the template's missing tables are made, those that exist keep
 * their items and are given its settings. Throws DynamoDbUnreachableError, TableMismatchError, TableNotCreatedError,
 * TableNotChangedError.
 */
export async function startRemoteDynamoDb(options: RemoteOptions): Promise<DynamoDb> {
  const { url, place, tables, report, startLimitMs = START_LIMIT_MS, signal } = options;
  const client = startRemoteClient(url, place);
  const tooLate = AbortSignal.timeout(startLimitMs);
  const givenUp = signal ? AbortSignal.any([signal, tooLate]) : tooLate;
  try {
    const { templateFile } = options;
    for (const table of tables)
      await prepareTable(client, table, { templateFile, report, asking: givenUp, changing: signal });
  } catch (error) {
    client.stop();
    throw error;
  }
  const forward = forwarder(client, tables, report);
  return {
    service: dynamoDbService(
      place,
      runsOf(DYNAMODB.operations, (name, input, call) => forward(name, withTableName(input, place), call)),
    ),
    streams: streamsService(
      place,
      runsOf(DYNAMODB_STREAMS.operations, (name, input, { signal }) =>
        sendToStreams(client, name, withTableName(input, place), signal),
      ),
    ),
    tables: remoteTables(client),
    clear: () => clearTables((name, input) => client.send(name, input)),
    stop: async () => client.stop(),
  };
}

/** Passes the call of every described operation on. */
function runsOf<N extends string>(
  operations: Readonly<Record<N, unknown>>,
  run: (name: string, ...[input, call]: Parameters<Run>) => Promise<JsonObject>,
): Record<N, Run> {
  const runs: Record<string, Run> = Object.fromEntries(
    Object.keys(operations).map((name) => [name, (input, call) => run(name, input, call)]),
  );
  return runs;
}

async function sendToStreams(
  client: RemoteClient,
  name: string,
  input: JsonObject,
  signal: AbortSignal,
): Promise<JsonObject> {
  try {
    return await client.sendToStreams(name, input, signal);
  } catch (error) {
    throw error instanceof DynamoDbUnreachableError ? unavailable(error) : error;
  }
}

function forwarder(client: RemoteClient, tables: TableModel[], report: Report) {
  const keyNames = new Map(tables.map(({ name, createTable }) => [name, keyNamesOf(createTable)]));
  const facts = itemFacts(report, keyNames);

  /** Tables that aren't the template's are asked for their key once. */
  async function learnKeys(tableNames: string[]): Promise<void> {
    for (const name of tableNames) {
      if (keyNames.has(name)) continue;
      const { Table } = await client.send('DescribeTable', { TableName: name });
      keyNames.set(name, keyNamesOf(objectOf(Table)));
    }
  }

  return async (
    operation: string,
    input: JsonObject,
    { signal }: Pick<Call, 'signal'>,
  ): Promise<JsonObject> => {
    const items = itemsWrittenBy(operation, input);
    try {
      const output = await client.send(operation, input, signal);
      await learnKeys(items.map(({ tableName }) => tableName));
      facts.written(operation, items);
      return output;
    } catch (error) {
      if (isConditionFailure(error)) facts.conditionFailed(operation, items);
      throw error instanceof DynamoDbUnreachableError ? unavailable(error) : error;
    }
  };
}

/** For the caller it is as if DynamoDB itself had failed; SDKs try such a call again. */
function unavailable({ message }: DynamoDbUnreachableError): AwsError {
  return new AwsError('InternalServerError', message, { status: 500 });
}

/** `TableName` may be an ARN (API reference, e.g. "PutItem"); gives the input with the bare name. */
function withTableName(input: JsonObject, place: Place): JsonObject {
  const { TableName } = input;
  if (typeof TableName !== 'string' || !TableName.startsWith('arn:')) return input;
  return { ...input, TableName: nameOf(TableName, place) };
}

function nameOf(text: string, place: Place): string {
  const arn = parseArn(text);
  const name = arn?.resource.split('/')[1];
  const isHere =
    arn?.service === 'dynamodb' && arn.region === place.region && arn.accountId === place.accountId;
  if (!isHere || !name) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  return name;
}
