import { describe, expect, test } from 'vitest';
import { load, problemsOf } from './load.ts';

describe("SAM's simple table", () => {
  test('has a text key named id unless told otherwise', () => {
    const stack = load(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Rows: {Type: AWS::Serverless::SimpleTable}
  Sums: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: sums, PrimaryKey: {Name: year, Type: Number}}}
`);
    expect(stack.tables[0]?.createTable).toMatchObject({
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    expect(stack.tables[1]?.createTable).toMatchObject({
      TableName: 'sums',
      AttributeDefinitions: [{ AttributeName: 'year', AttributeType: 'N' }],
    });
  });

  test('refuses another type of key', () => {
    const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Rows: {Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: a, Type: Text}}}`;
    expect(problemsOf(template)).toEqual([
      'template.yaml:3: Rows: PrimaryKey.Type, expected String, Number or Binary, found "Text"',
    ]);
  });
});
