import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { createTable, keySchema, type Subject } from './subject.ts';

export function tablesContract(subject: () => Subject): void {
  describe('a table', () => {
    test('is described as it was created', async () => {
      const { client } = subject();
      const TableName = await createTable(subject(), { depot: 'S', number: 'N' });
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      expect(Table).toMatchObject({
        TableName,
        TableStatus: 'ACTIVE',
        KeySchema: keySchema(['depot', 'number']),
        TableArn: expect.stringMatching(new RegExp(`^arn:aws:dynamodb:.*:table/${TableName}$`)),
      });
    });

    test('is listed, a page at a time', async () => {
      const { client } = subject();
      const names = [await createTable(subject(), { id: 'S' }), await createTable(subject(), { id: 'S' })];
      const listed: string[] = [];
      let start: string | undefined;
      do {
        const page = await client.send(
          new ListTablesCommand({
            Limit: 1,
            ...(start === undefined ? {} : { ExclusiveStartTableName: start }),
          }),
        );
        listed.push(...(page.TableNames ?? []));
        start = page.LastEvaluatedTableName;
      } while (start !== undefined);
      expect(listed).toEqual(expect.arrayContaining(names));
      expect(new Set(listed).size).toBe(listed.length);
    });

    test('can be created once only', async () => {
      const { client } = subject();
      const TableName = await createTable(subject(), { id: 'S' });
      const again = new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: keySchema(['id']),
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      });
      await expect(client.send(again)).rejects.toMatchObject({ name: 'ResourceInUseException' });
    });

    test('is gone with its items once deleted', async () => {
      const { client } = subject();
      const TableName = await createTable(subject(), { id: 'S' });
      await client.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' } } }));
      await client.send(new DeleteTableCommand({ TableName }));
      await waitUntilTableNotExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName });
      const get = new GetItemCommand({ TableName, Key: { id: { S: 'a' } } });
      await expect(client.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    });

    test('that does not exist is not found', async () => {
      const { client } = subject();
      const TableName = `missing-${randomUUID()}`;
      for (const command of [
        new DescribeTableCommand({ TableName }),
        new DeleteTableCommand({ TableName }),
        new DescribeTimeToLiveCommand({ TableName }),
      ]) {
        await expect(client.send(command)).rejects.toMatchObject({
          name: 'ResourceNotFoundException',
          $metadata: { httpStatusCode: 400 },
        });
      }
    });

    test('that is protected is not deleted, until it no longer is', async () => {
      const { client } = subject();
      const TableName = await createTable(subject(), { id: 'S' }, { DeletionProtectionEnabled: true });
      const protection = async () =>
        (await client.send(new DescribeTableCommand({ TableName }))).Table?.DeletionProtectionEnabled;
      expect(await protection()).toBe(true);
      const remove = new DeleteTableCommand({ TableName });
      await expect(client.send(remove)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('protected against deletion'),
      });
      await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
      expect(await protection()).toBe(false);
      await client.send(remove);
    });

    test('is not found by its name in capital letters', async () => {
      const TableName = (await createTable(subject(), { id: 'S' })).toUpperCase();
      await expect(subject().client.send(new DescribeTableCommand({ TableName }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    });

    test('needs definitions for its key', async () => {
      const { client } = subject();
      const create = new CreateTableCommand({
        TableName: `contract-${randomUUID()}`,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: keySchema(['id']),
        AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }],
      });
      await expect(client.send(create)).rejects.toMatchObject({ name: 'ValidationException' });
    });
  });

  test('time to live is off, can be set, and is then described', async () => {
    const { client } = subject();
    const TableName = await createTable(subject(), { id: 'S' });
    const before = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(before.TimeToLiveDescription?.TimeToLiveStatus).toBe('DISABLED');
    const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
    const update = new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification });
    expect((await client.send(update)).TimeToLiveSpecification).toEqual(TimeToLiveSpecification);
    const after = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(after.TimeToLiveDescription).toEqual({ AttributeName: 'expires', TimeToLiveStatus: 'ENABLED' });
  });
}
