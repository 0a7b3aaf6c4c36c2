import { type Go, type Members, type ServiceContract, TextBytes, textIn } from '../contract.ts';

const key = (at: string) => ({ id: { S: 'a' }, at: { S: at } });
const NOWHERE = 'arn:aws:dynamodb:eu-west-1:000000000000:table/nowhere';
const TABLE = {
  AttributeDefinitions: ['id', 'at'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'id', KeyType: 'HASH' },
    { AttributeName: 'at', KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

export const DYNAMODB_CONTRACT: ServiceContract = {
  title: 'DynamoDB',
  service: 'dynamodb',
  async good(go) {
    const TableName = 'contract';
    const { TableDescription } = await go('CreateTable', { TableName, ...TABLE });
    await go('CreateTable', { TableName: 'contract-other', ...TABLE });
    await active(go, 'contract-other');
    await callItems(go, TableName);
    await callStatements(go, TableName);
    await go('ListTables');
    await go('DescribeLimits');
    await go('DescribeEndpoints');
    await go('DescribeContributorInsights', { TableName });
    await go('DescribeKinesisStreamingDestination', { TableName });
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await go('UpdateContinuousBackups', { TableName, PointInTimeRecoverySpecification });
    await go('DescribeContinuousBackups', { TableName });
    const TimeToLiveSpecification = { AttributeName: 'until', Enabled: true };
    await go('UpdateTimeToLive', { TableName, TimeToLiveSpecification });
    await go('DescribeTimeToLive', { TableName });
    const resource = { ResourceArn: textIn(TableDescription, 'TableArn') };
    await go('TagResource', { ...resource, Tags: [{ Key: 'a', Value: 'b' }] });
    await go('ListTagsOfResource', resource);
    await go('UntagResource', { ...resource, TagKeys: ['a'] });
    await go('UpdateTable', { TableName, DeletionProtectionEnabled: false });
    await active(go, TableName);
    await go('DeleteTable', { TableName });
  },
  nowhere: { TableName: 'nowhere', ResourceArn: NOWHERE },
  missing: 'ResourceNotFoundException',
  neverRefused: ['DescribeEndpoints', 'DescribeLimits'],
  onlyRefused: ['GetResourcePolicy'],
  refused: [
    ['CreateTable', { TableName: 'contract-other', ...TABLE }, 'ResourceInUseException'],
    ['ListTables', { Limit: 0 }, 'ValidationException'],
    [
      'GetResourcePolicy',
      { ResourceArn: NOWHERE.replace('nowhere', 'contract-other') },
      'PolicyNotFoundException',
    ],
    [
      'UpdateContinuousBackups',
      { TableName: 'nowhere', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
      'TableNotFoundException',
    ],
    ['DescribeContinuousBackups', { TableName: 'nowhere' }, 'TableNotFoundException'],
    ['BatchGetItem', { RequestItems: { nowhere: { Keys: [key('a')] } } }, 'ResourceNotFoundException'],
    [
      'BatchWriteItem',
      { RequestItems: { nowhere: [{ DeleteRequest: { Key: key('a') } }] } },
      'ResourceNotFoundException',
    ],
    [
      'TransactGetItems',
      { TransactItems: [{ Get: { TableName: 'nowhere', Key: key('a') } }] },
      'ResourceNotFoundException',
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          {
            ConditionCheck: {
              TableName: 'contract-other',
              Key: key('a'),
              ConditionExpression: 'attribute_exists(id)',
            },
          },
        ],
      },
      'TransactionCanceledException',
    ],
    ['ExecuteStatement', { Statement: 'SELECT' }, 'ValidationException'],
    ['BatchExecuteStatement', { Statements: [] }, 'ValidationException'],
    ['ExecuteTransaction', { TransactStatements: [] }, 'ValidationException'],
  ],
};

async function callItems(go: Go, TableName: string): Promise<void> {
  const Key = key('a');
  await go('PutItem', { TableName, Item: { ...Key, bytes: { B: new TextBytes('one') }, count: { N: '1' } } });
  await go('GetItem', { TableName, Key });
  await go('UpdateItem', { TableName, Key, UpdateExpression: 'REMOVE nothing', ReturnValues: 'ALL_NEW' });
  const Item = key('b');
  await go('BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item } }] } });
  await go('BatchGetItem', { RequestItems: { [TableName]: { Keys: [Key] } } });
  const ExpressionAttributeValues = { ':id': { S: 'a' } };
  await go('Query', { TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues });
  await go('Scan', { TableName });
  await go('TransactWriteItems', { TransactItems: [{ Put: { TableName, Item } }] });
  await go('TransactGetItems', { TransactItems: [{ Get: { TableName, Key } }] });
  await go('DeleteItem', { TableName, Key, ReturnValues: 'ALL_OLD' });
}

async function callStatements(go: Go, table: string): Promise<void> {
  const insert = (id: string) => ({ Statement: `INSERT INTO "${table}" VALUE {'id': '${id}', 'at': 'a'}` });
  await go('ExecuteStatement', insert('p'));
  await go('BatchExecuteStatement', { Statements: [insert('q')] });
  await go('ExecuteTransaction', { TransactStatements: [insert('r')] });
}

async function active(go: Go, TableName: string): Promise<void> {
  const describe = async (): Promise<Members> => go('DescribeTable', { TableName });
  while (textIn(await describe(), 'Table', 'TableStatus') !== 'ACTIVE')
    await new Promise((resolve) => setTimeout(resolve, 2));
}

export const DYNAMODB_STREAMS_CONTRACT: ServiceContract = {
  title: 'DynamoDB Streams',
  service: 'dynamodbstreams',
  async good(go, other) {
    for (const TableName of ['contract-streamed', 'contract-streamed-other']) {
      const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' };
      await other('dynamodb', 'CreateTable', { TableName, ...TABLE, StreamSpecification });
      await active((operation, input = {}) => other('dynamodb', operation, input), TableName);
    }
    await other('dynamodb', 'PutItem', { TableName: 'contract-streamed', Item: key('a') });
    await go('ListStreams');
    const listed = await go('ListStreams', { TableName: 'contract-streamed' });
    const StreamArn = textIn(listed, 'Streams', 0, 'StreamArn');
    const { StreamDescription } = await go('DescribeStream', { StreamArn });
    const ShardId = textIn(StreamDescription, 'Shards', 0, 'ShardId');
    const at = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    await go('GetRecords', await go('GetShardIterator', at));
  },
  nowhere: { StreamArn: `${NOWHERE}/stream/2026-01-01T00:00:00.000` },
  missing: 'ResourceNotFoundException',
  refused: [
    ['ListStreams', { Limit: 0 }, 'ValidationException'],
    ['GetRecords', { ShardIterator: 'foreign' }, 'ValidationException'],
  ],
};
