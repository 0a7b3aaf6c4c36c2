import {
  BatchExecuteStatementCommand,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { embeddedUnderTest } from './running-dynamodb.ts';

const box = (number: number, weight: number) => ({
  depot: { S: 'A' },
  number: { N: String(number) },
  weight: { N: String(weight) },
});

async function started() {
  const { client } = await embeddedUnderTest();
  const run = (
    Statement: string,
    more: { Parameters?: { N: string }[]; Limit?: number; NextToken?: string } = {},
  ) => client.send(new ExecuteStatementCommand({ Statement, ...more }));
  const insert = (number: number, weight: number) =>
    run(`INSERT INTO "boxes" VALUE {'depot': 'A', 'number': ${number}, 'weight': ${weight}}`);
  return { client, run, insert };
}

/** DynamoDB guide, "PartiQL statements for DynamoDB": each of the four, with what it says it gives. */
test('a statement inserts, selects, updates and deletes an item', async () => {
  const { run, insert } = await started();
  await insert(1, 5);
  await expect(insert(1, 6)).rejects.toMatchObject({ name: 'DuplicateItemException' });
  const select = `SELECT weight FROM "boxes" WHERE depot = 'A' AND "number" = 1`;
  expect((await run(select)).Items).toEqual([{ weight: { N: '5' } }]);

  const update = `UPDATE "boxes" SET weight = weight + ? WHERE depot = 'A' AND "number" = 1`;
  const { Items } = await run(`${update} RETURNING MODIFIED NEW *`, { Parameters: [{ N: '2' }] });
  expect(Items).toEqual([{ weight: { N: '7' } }]);
  await expect(run(`${update} AND weight = 5`, { Parameters: [{ N: '2' }] })).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
  });

  const remove = `DELETE FROM "boxes" WHERE depot = 'A' AND "number" = 1`;
  expect((await run(`${remove} RETURNING ALL OLD *`)).Items).toEqual([box(1, 7)]);
  expect((await run(select)).Items).toEqual([]);
});

test('the pages of a SELECT are all of its items, in order', async () => {
  const { run, insert } = await started();
  for (const number of [3, 1, 2]) await insert(number, number);
  const found: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const page = await run(`SELECT * FROM "boxes" WHERE depot = 'A' ORDER BY "number" DESC`, {
      Limit: 2,
      ...(NextToken !== undefined && { NextToken }),
    });
    found.push(...(page.Items ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(found).toEqual([box(3, 3), box(2, 2), box(1, 1)]);
});

test('a batch answers each statement by itself', async () => {
  const { client, insert } = await started();
  await insert(1, 5);
  const { Responses } = await client.send(
    new BatchExecuteStatementCommand({
      Statements: [
        { Statement: `SELECT * FROM "boxes" WHERE depot = 'A' AND "number" = 1` },
        { Statement: `SELECT * FROM "none" WHERE depot = 'A' AND "number" = 1` },
        { Statement: `SELECT * FROM "boxes" WHERE depot = 'A' AND "number" = 2` },
      ],
    }),
  );
  expect(Responses).toMatchObject([
    { TableName: 'boxes', Item: box(1, 5) },
    { Error: { Code: 'ResourceNotFound' } },
    { TableName: 'boxes' },
  ]);
  expect(Responses?.[2]).not.toHaveProperty('Item');
});

test('a transaction does all of its statements or none, with the reason of each', async () => {
  const { client, run, insert } = await started();
  await insert(1, 5);
  const transact = (...statements: string[]) =>
    client.send(
      new ExecuteTransactionCommand({ TransactStatements: statements.map((Statement) => ({ Statement })) }),
    );
  const set = `UPDATE "boxes" SET weight = 9 WHERE depot = 'A' AND "number" = 1`;
  const again = `INSERT INTO "boxes" VALUE {'depot': 'A', 'number': 2}`;
  await transact(set, again);
  await expect(transact(set.replace('9', '10'), again)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'None' }, { Code: 'DuplicateItem' }],
  });
  const { Responses } = await transact(`SELECT weight FROM "boxes" WHERE depot = 'A' AND "number" = 1`);
  expect(Responses).toEqual([{ Item: { weight: { N: '9' } } }]);
  expect((await run('SELECT * FROM "boxes"')).Items).toHaveLength(2);
});

test('what a statement may not say is refused', async () => {
  const { client, run } = await started();
  await expect(
    run(`INSERT INTO "boxes" VALUE {'depot': 'A', 'number': 1} RETURNING ALL OLD *`),
  ).rejects.toMatchObject({ name: 'ValidationException' });
  const ofIndex = `SELECT * FROM "boxes"."byNumber" WHERE "number" = 1`;
  await expect(
    client.send(new ExecuteTransactionCommand({ TransactStatements: [{ Statement: ofIndex }] })),
  ).rejects.toThrow('A transaction reads items of tables, not of their indexes');
});
