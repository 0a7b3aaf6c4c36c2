import { onTestFinished } from 'vitest';
import type { Fact, Report } from '../../../src/facts.ts';
import { startGateway } from '../../../src/gateway/gateway.ts';
import type { DynamoDb } from '../../../src/services/dynamodb/dynamodb.ts';
import { type EmbeddedOptions, startEmbeddedDynamoDb } from '../../../src/services/dynamodb/embedded.ts';
import type { ItemWrite } from '../../../src/services/dynamodb/write.ts';
import type { TableModel } from '../../../src/template/model.ts';

import { clientFor } from './contract/subject.ts';

export const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };

export interface Running {
  endpoint: string;
  stop(): Promise<void>;
}

/** The embedded store behind a gateway on a free port. */
export async function runEmbedded(options: Partial<EmbeddedOptions> = {}): Promise<Running> {
  const { report = () => undefined } = options;
  return serve(await startEmbeddedDynamoDb({ place, tables: [], report, ...options }), report);
}

export async function serve(dynamodb: DynamoDb, report: Report): Promise<Running> {
  const gateway = await startGateway({ port: 0 });
  gateway.serve({
    json: [dynamodb.service, dynamodb.streams],
    rest: [],
    identify: () => ({}),
    authorize: () => undefined,
    report,
  });
  return {
    endpoint: gateway.endpoint,
    async stop() {
      await gateway.stop();
      await dynamodb.stop();
    },
  };
}

/** A table as the template would give it, with the key `depot` and `number`. */
export function boxesTable(more: Partial<TableModel> = {}): TableModel {
  return {
    logicalId: 'Boxes',
    name: 'boxes',
    arn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/boxes',
    line: 12,
    createTable: {
      TableName: 'boxes',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'depot', KeyType: 'HASH' },
        { AttributeName: 'number', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'depot', AttributeType: 'S' },
        { AttributeName: 'number', AttributeType: 'N' },
      ],
    },
    ...more,
  };
}

/** The embedded store with these tables, and all it tells, until the test ends. */
export async function embeddedUnderTest(tables: TableModel[] = [boxesTable()]) {
  const facts: Fact[] = [];
  const writes: ItemWrite[] = [];
  const running = await runEmbedded({
    tables,
    report: (fact) => facts.push(fact),
    onWrite: (write) => writes.push(write),
  });
  const client = clientFor(running.endpoint);
  onTestFinished(async () => {
    client.destroy();
    await running.stop();
  });
  return { client, facts, writes, endpoint: running.endpoint };
}
