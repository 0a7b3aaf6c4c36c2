import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Difference } from './differences.ts';
import { wordsOf } from './outcome.ts';
import { createTable, type Item, putAll, type Subject } from './subject.ts';

const Key = { id: { S: 'box' } };

/** A table with one item. */
async function tableWith(subject: Subject, item: Item = {}): Promise<string> {
  const TableName = await createTable(subject, { id: 'S' });
  await putAll(subject, TableName, [{ ...Key, ...item }]);
  return TableName;
}

async function get({ client }: Subject, TableName: string): Promise<Item | undefined> {
  return (await client.send(new GetItemCommand({ TableName, Key }))).Item;
}

export const ITEM_DIFFERENCES: Difference[] = [
  {
    fact: 'how numbers are written when they come back',
    async observe(subject) {
      const numbers = { L: [{ N: '0010.500' }, { N: '1e3' }, { N: '-0' }] };
      return (await get(subject, await tableWith(subject, { numbers })))?.numbers;
    },
    embedded: { L: [{ N: '10.5' }, { N: '1000' }, { N: '0' }] },
    'DynamoDB Local': { L: [{ N: '0010.500' }, { N: '1e3' }, { N: '-0' }] },
  },
  {
    fact: 'UPDATED_NEW for one element of a list',
    async observe(subject) {
      const labels = { L: [{ S: 'first' }, { S: 'second' }] };
      const { Attributes } = await subject.client.send(
        new UpdateItemCommand({
          TableName: await tableWith(subject, { labels }),
          Key,
          UpdateExpression: 'SET labels[0] = :label',
          ExpressionAttributeValues: { ':label': { S: 'other' } },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Attributes?.labels?.L?.length;
    },
    embedded: 1,
    'DynamoDB Local': 2,
  },
  {
    fact: 'the words for a key that is not the key of the table',
    async observe(subject) {
      const TableName = await createTable(subject, { id: 'S' });
      const wrong = new GetItemCommand({ TableName, Key: { other: { S: 'a' } } });
      return wordsOf(subject.client.send(wrong));
    },
    embedded: 'The provided key element does not match the schema',
    'DynamoDB Local': 'One of the required keys was not given a value',
  },
  {
    fact: 'a body that is no JSON',
    async observe({ endpoint }) {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'X-Amz-Target': 'DynamoDB_20120810.ListTables',
          Authorization:
            'AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00',
        },
        body: '{',
      });
      return response.status;
    },
    embedded: 400,
    'DynamoDB Local': 500,
    forwarded: 400,
  },
];
