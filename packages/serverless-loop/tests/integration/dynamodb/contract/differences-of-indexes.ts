import { ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Difference } from './differences.ts';
import { verdictOf } from './outcome.ts';
import { createTable, keySchema, putAll, type Subject } from './subject.ts';

const Key = { id: { S: 'box' } };

/** A table with an index on `status`, which is text. */
function tableWithIndex(subject: Subject, projection: 'ALL' | 'KEYS_ONLY' = 'ALL'): Promise<string> {
  const index = {
    IndexName: 'byStatus',
    KeySchema: keySchema(['status']),
    Projection: { ProjectionType: projection },
  };
  return createTable(subject, { id: 'S' }, { attributes: { status: 'S' }, GlobalSecondaryIndexes: [index] });
}

export const INDEX_DIFFERENCES: Difference[] = [
  {
    fact: 'how many large items a page of an index of their keys has',
    async observe(subject) {
      const TableName = await tableWithIndex(subject, 'KEYS_ONLY');
      const large = { status: { S: 'open' }, text: { S: 'x'.repeat(200 * 1024) } };
      await putAll(
        subject,
        TableName,
        Array.from({ length: 7 }, (_, at) => ({ id: { S: String(at) }, ...large })),
      );
      const scan = new ScanCommand({ TableName, IndexName: 'byStatus' });
      return (await subject.client.send(scan)).Count;
    },
    embedded: 7,
    'DynamoDB Local': 6,
  },
  {
    fact: 'an update of the key of an index to another type',
    async observe(subject) {
      const update = new UpdateItemCommand({
        TableName: await tableWithIndex(subject),
        Key,
        UpdateExpression: 'SET #status = :number',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':number': { N: '1' } },
      });
      return verdictOf(subject.client.send(update));
    },
    embedded: 'ValidationException',
    'DynamoDB Local': 'done',
  },
];
