import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Difference } from './differences.ts';
import { verdictOf } from './outcome.ts';
import { createTable, putAll } from './subject.ts';

const Key = { id: { S: 'box' } };

export const TRANSACTION_DIFFERENCES: Difference[] = [
  {
    fact: 'a transaction with an update that does not fit its item',
    async observe(subject) {
      const TableName = await createTable(subject, { id: 'S' });
      await putAll(subject, TableName, [{ ...Key, label: { S: 'text' } }]);
      const Update = {
        TableName,
        Key,
        UpdateExpression: 'ADD label :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      };
      return verdictOf(subject.client.send(new TransactWriteItemsCommand({ TransactItems: [{ Update }] })));
    },
    embedded: 'TransactionCanceledException',
    'DynamoDB Local': 'ValidationException',
  },
  {
    fact: 'the capacity that a transaction consumed',
    async observe(subject) {
      const Put = { TableName: await createTable(subject, { id: 'S' }), Item: Key };
      const { ConsumedCapacity } = await subject.client.send(
        new TransactWriteItemsCommand({ TransactItems: [{ Put }], ReturnConsumedCapacity: 'TOTAL' }),
      );
      return ConsumedCapacity?.map(({ CapacityUnits }) => CapacityUnits);
    },
    embedded: [2],
    'DynamoDB Local': [4],
  },
];
