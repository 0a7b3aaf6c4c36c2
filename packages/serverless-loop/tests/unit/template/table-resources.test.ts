import { describe, expect, test } from 'vitest';
import { load, problemsOf, resource } from './load.ts';

const key = 'KeySchema: [{AttributeName: id, KeyType: HASH}]';
const attributes = 'AttributeDefinitions: [{AttributeName: id, AttributeType: S}]';
const table = (properties: string) => resource('AWS::DynamoDB::Table', properties);

describe('a table', () => {
  test('becomes the input of CreateTable', () => {
    const [it] = load(
      table(`TableName: rows, BillingMode: PAY_PER_REQUEST, ${key},
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: at, AttributeType: N}],
      GlobalSecondaryIndexes: [{IndexName: byAt, KeySchema: [{AttributeName: at, KeyType: HASH}], Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [a]}}],
      TimeToLiveSpecification: {AttributeName: ends, Enabled: true}, SSESpecification: {SSEEnabled: true}, Tags: []`),
    ).tables;
    expect(it).toEqual({
      logicalId: 'It',
      name: 'rows',
      arn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/rows',
      line: 2,
      timeToLiveAttribute: 'ends',
      createTable: {
        TableName: 'rows',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'id', AttributeType: 'S' },
          { AttributeName: 'at', AttributeType: 'N' },
        ],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byAt',
            KeySchema: [{ AttributeName: 'at', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
          },
        ],
      },
    });
  });

  test('with throughput has it as numbers', () => {
    const throughput = 'ProvisionedThroughput: {ReadCapacityUnits: "5", WriteCapacityUnits: 6}';
    expect(load(table(`${key}, ${attributes}, ${throughput}`)).tables[0]?.createTable).toMatchObject({
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
    });
  });

  test.each([
    ['true', true],
    ['"false"', undefined],
  ])('protected against deletion: %s', (written, expected) => {
    const properties = `${key}, ${attributes}, BillingMode: PAY_PER_REQUEST, DeletionProtectionEnabled: ${written}`;
    expect(load(table(properties)).tables[0]?.createTable.DeletionProtectionEnabled).toBe(expected);
  });

  test('has the stream, the class and the tags that the template gives it, and the name of the stream', () => {
    const stack = load(`${table(`${key}, ${attributes}, BillingMode: PAY_PER_REQUEST, TableName: rows,
      TableClass: STANDARD_INFREQUENT_ACCESS, Tags: [{Key: team, Value: snacks}],
      StreamSpecification: {StreamViewType: NEW_IMAGE}`)}
Outputs:
  Stream:
    Value: !GetAtt It.StreamArn`);
    expect(stack.tables[0]?.createTable).toMatchObject({
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      Tags: [{ Key: 'team', Value: 'snacks' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    expect(stack.outputs).toMatchObject([
      {
        value: expect.stringMatching(
          /^arn:aws:dynamodb:eu-west-1:123456789012:table\/rows\/stream\/2025-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/,
        ),
      },
    ]);
  });

  test('without a stream has no ARN of one', () => {
    const template = `${table(`${key}, ${attributes}, BillingMode: PAY_PER_REQUEST`)}
Outputs:
  Stream:
    Value: !GetAtt It.StreamArn`;
    expect(problemsOf(template)).toEqual([
      'template.yaml:9: Stream: It.StreamArn: not emulated, or no attribute of AWS::DynamoDB::Table',
    ]);
  });

  test.each([
    [
      `${attributes}, KeySchema: [{AttributeName: other, KeyType: HASH}], BillingMode: PAY_PER_REQUEST`,
      'KeySchema[0].AttributeName, expected one of the AttributeDefinitions (id), found "other"',
    ],
    [
      `${attributes}, ${key}`,
      'ProvisionedThroughput, expected a map, or "BillingMode: PAY_PER_REQUEST", found nothing',
      2,
    ],
    [
      `${key}, AttributeDefinitions: [{AttributeName: id, AttributeType: String}], BillingMode: PAY_PER_REQUEST`,
      'AttributeDefinitions[0].AttributeType, expected S or N or B, found "String"',
    ],
    [
      `${key}, ${attributes}, BillingMode: FREE`,
      'BillingMode, expected PAY_PER_REQUEST or PROVISIONED, found "FREE"',
    ],
    [`${key}, ${attributes}, BillingMode: PAY_PER_REQUEST, Name: a`, 'Name, no such property'],
  ])('with %s is refused with its line', (properties, message, line = 4) => {
    expect(problemsOf(table(properties))).toContain(`template.yaml:${line}: It: ${message}`);
  });
});
