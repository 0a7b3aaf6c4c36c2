import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, resource } from './load.ts';

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

  test('with a stream runs without it', () => {
    const stream = 'BillingMode: PAY_PER_REQUEST, StreamSpecification: {StreamViewType: NEW_IMAGE}';
    const stack = load(table(`${key}, ${attributes}, ${stream}`));
    expect(stack.tables[0]?.createTable).not.toHaveProperty('StreamSpecification');
    expect(reportOf(stack, 'It.StreamSpecification')?.status).toBe('not emulated');
  });

  test("whose stream is asked for is refused: nothing here makes the stream's ARN", () => {
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
