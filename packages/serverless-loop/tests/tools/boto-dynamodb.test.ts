import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';
import { depotTemplate } from './depot.ts';

const python = await findBoto();
const TableName = 'boto';

describe.runIf(python)('DynamoDB as boto3 reads it', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  beforeAll(async () => {
    running = await runLoop(depotTemplate(afterAll));
    boto = botoCaller(python ?? '', running.loop.endpoint);
    await call('CreateTable', {
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });
  const call = (operation: string, params?: Record<string, unknown>) =>
    boto.output('dynamodb', operation, params);

  async function callItems(): Promise<void> {
    const Item = {
      id: { S: 'a' },
      count: { N: '1' },
      bytes: { B: 'YQ==' },
      tags: { SS: ['x', 'y'] },
      none: { NULL: true },
    };
    await call('PutItem', { TableName, Item, ReturnConsumedCapacity: 'TOTAL' });
    expect(await call('GetItem', { TableName, Key: { id: { S: 'a' } } })).toMatchObject({
      Item: { count: { N: '1' } },
    });
    const updated = await call('UpdateItem', {
      TableName,
      Key: { id: { S: 'a' } },
      UpdateExpression: 'ADD #count :one',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'ALL_NEW',
    });
    expect(updated).toMatchObject({ Attributes: { count: { N: '2' } } });
    await call('BatchWriteItem', {
      RequestItems: { [TableName]: [{ PutRequest: { Item: { id: { S: 'b' } } } }] },
    });
    expect(
      await call('BatchGetItem', { RequestItems: { [TableName]: { Keys: [{ id: { S: 'b' } }] } } }),
    ).toMatchObject({
      Responses: { [TableName]: [{ id: { S: 'b' } }] },
    });
    const query = {
      TableName,
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: 'b' } },
      ReturnConsumedCapacity: 'INDEXES',
    };
    expect(await call('Query', query)).toMatchObject({ Count: 1 });
    expect(await call('Scan', { TableName, Limit: 1 })).toMatchObject({ Count: 1, LastEvaluatedKey: {} });
    await call('TransactWriteItems', { TransactItems: [{ Put: { TableName, Item: { id: { S: 'c' } } } }] });
    expect(
      await call('TransactGetItems', { TransactItems: [{ Get: { TableName, Key: { id: { S: 'c' } } } }] }),
    ).toMatchObject({
      Responses: [{ Item: { id: { S: 'c' } } }],
    });
    expect(
      await call('DeleteItem', { TableName, Key: { id: { S: 'c' } }, ReturnValues: 'ALL_OLD' }),
    ).toMatchObject({
      Attributes: { id: { S: 'c' } },
    });
  }

  async function callTables(): Promise<void> {
    const { Table } = await call('DescribeTable', { TableName });
    const { TableArn: ResourceArn } = Object(Table);
    expect(await call('ListTables', { Limit: 1 })).toHaveProperty('LastEvaluatedTableName');
    await call('UpdateTable', { TableName, DeletionProtectionEnabled: true });
    await call('UpdateTable', { TableName, DeletionProtectionEnabled: false });
    await call('UpdateTimeToLive', {
      TableName,
      TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
    });
    expect(await call('DescribeTimeToLive', { TableName })).toMatchObject({
      TimeToLiveDescription: { AttributeName: 'until', TimeToLiveStatus: 'ENABLED' },
    });
    await call('TagResource', { ResourceArn, Tags: [{ Key: 'owner', Value: 'me' }] });
    expect(await call('ListTagsOfResource', { ResourceArn })).toMatchObject({
      Tags: [{ Key: 'owner', Value: 'me' }],
    });
    await call('UntagResource', { ResourceArn, TagKeys: ['owner'] });
    await call('CreateTable', {
      TableName: 'ranged',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byTime',
          KeySchema: [{ AttributeName: 'at', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    });
    // It can be deleted once it is made.
    await expect
      .poll(() => call('DescribeTable', { TableName: 'ranged' }))
      .toMatchObject({ Table: { TableStatus: 'ACTIVE' } });
    await call('DeleteTable', { TableName: 'ranged' });
  }

  async function callStatements(): Promise<void> {
    const insert = (id: string) => ({ Statement: `INSERT INTO "${TableName}" VALUE {'id': '${id}'}` });
    const select = { Statement: `SELECT * FROM "${TableName}" WHERE id = ?`, Parameters: [{ S: 'p' }] };
    await call('ExecuteStatement', insert('p'));
    expect(await call('ExecuteStatement', select)).toMatchObject({ Items: [{ id: { S: 'p' } }] });
    expect(await call('BatchExecuteStatement', { Statements: [select] })).toMatchObject({
      Responses: [{ TableName, Item: { id: { S: 'p' } } }],
    });
    await call('ExecuteTransaction', { TransactStatements: [insert('q'), insert('r')] });
  }

  async function callLimits(): Promise<void> {
    expect(await call('DescribeLimits')).toHaveProperty('TableMaxReadCapacityUnits');
    expect(await call('DescribeEndpoints')).toMatchObject({ Endpoints: [{}] });
    expect(await call('DescribeContributorInsights', { TableName })).toEqual({
      TableName,
      ContributorInsightsStatus: 'DISABLED',
    });
    expect(await call('DescribeKinesisStreamingDestination', { TableName })).toEqual({
      TableName,
      KinesisDataStreamDestinations: [],
    });
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await call('UpdateContinuousBackups', { TableName, PointInTimeRecoverySpecification });
    expect(await call('DescribeContinuousBackups', { TableName })).toMatchObject({
      ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED' },
    });
  }

  test('every operation answers as its model says', async () => {
    await callItems();
    await callStatements();
    await callLimits();
    await callTables();
    const emulated = await boto.emulated('dynamodb');
    expect(emulated.length).toBeGreaterThan(0);
    // No table here has a policy.
    expect(emulated.filter((operation) => !boto.answered.has(`dynamodb.${operation}`))).toEqual([
      'GetResourcePolicy',
    ]);
  });

  test('every error is one of its operation or a common one', async () => {
    const refuse = (operation: string, params: Record<string, unknown>) =>
      boto.refusal('dynamodb', operation, params);
    const Key = { id: { S: 'x' } };
    expect(await refuse('GetItem', { TableName: 'nowhere', Key })).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 400,
    });
    expect(await refuse('GetItem', { TableName, Key: { other: { S: 'x' } } })).toMatchObject({
      code: 'ValidationException',
    });
    expect(
      await refuse('PutItem', { TableName, Item: Key, ConditionExpression: 'attribute_exists(id)' }),
    ).toMatchObject({ code: 'ConditionalCheckFailedException' });
    const { Table } = await boto.output('dynamodb', 'DescribeTable', { TableName });
    const { TableArn: ResourceArn } = Object(Table);
    expect(await refuse('GetResourcePolicy', { ResourceArn })).toEqual({
      code: 'PolicyNotFoundException',
      message: `Resource-based policy not found for the provided ResourceArn: ${ResourceArn}`,
      status: 400,
    });
    const Put = { TableName, Item: Key, ConditionExpression: 'attribute_exists(id)' };
    expect(await refuse('TransactWriteItems', { TransactItems: [{ Put }] })).toMatchObject({
      code: 'TransactionCanceledException',
    });
  });
});
