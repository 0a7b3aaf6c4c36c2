import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Difference } from './differences.ts';
import { verdictOf, wordsOf } from './outcome.ts';
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
    fact: 'a transaction of more than 4 MB',
    async observe(subject) {
      const TableName = await createTable(subject, { id: 'S' });
      const text = { S: 'x'.repeat(390 * 1024) };
      const TransactItems = Array.from({ length: 11 }, (_, at) => ({
        Put: { TableName, Item: { id: { S: String(at) }, text } },
      }));
      return verdictOf(subject.client.send(new TransactWriteItemsCommand({ TransactItems })));
    },
    embedded: 'done',
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
    embedded: undefined,
    'DynamoDB Local': [4],
  },
  {
    fact: 'the words for the token of another transaction',
    async observe(subject) {
      const TableName = await createTable(subject, { id: 'S' });
      const write = (id: string) =>
        subject.client.send(
          new TransactWriteItemsCommand({
            TransactItems: [{ Put: { TableName, Item: { id: { S: id } } } }],
            ClientRequestToken: TableName.slice(-36),
          }),
        );
      await write('one');
      return (await wordsOf(write('other'))).includes('ClientRequestToken');
    },
    embedded: true,
    'DynamoDB Local': false,
  },
];
