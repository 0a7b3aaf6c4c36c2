import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Fact } from '../../../src/facts.ts';
import { startGateway } from '../../../src/gateway/gateway.ts';
import { startEmbeddedDynamoDb } from '../../../src/services/dynamodb/embedded.ts';
import { startIam } from '../../../src/services/iam/authorize.ts';
import { boxesTable, place } from './running-dynamodb.ts';

const table = boxesTable();
const role = {
  name: 'reader-role',
  arn: 'arn:aws:iam::123456789012:role/reader-role',
  statements: [{ effect: 'Allow' as const, actions: ['dynamodb:Get*'], resources: [table.arn] }],
};
const Item = { depot: { S: 'A' }, number: { N: '1' } };

async function guardedTable() {
  const facts: Fact[] = [];
  const report = (fact: Fact) => facts.push(fact);
  const gateway = await startGateway({ port: 0 });
  const iam = startIam({ roles: [role], place, report });
  const dynamodb = await startEmbeddedDynamoDb({ place, tables: [table], report });
  gateway.serve({
    json: [dynamodb.service],
    rest: [],
    identify: iam.identify,
    authorize: iam.authorize,
    report,
  });
  onTestFinished(async () => {
    await gateway.stop();
    await dynamodb.stop();
  });
  const clientWith = (credentials: { accessKeyId: string; secretAccessKey: string }) =>
    new DynamoDBClient({ endpoint: gateway.endpoint, region: 'eu-west-1', maxAttempts: 1, credentials });
  return {
    facts,
    asFunction: clientWith(iam.credentialsFor({ name: 'reader', role })),
    asDeveloper: clientWith({ accessKeyId: 'AKIADEVELOPER', secretAccessKey: 'x' }),
  };
}

describe('a function', () => {
  test('does what its role allows', async () => {
    const { asFunction } = await guardedTable();
    expect(
      (await asFunction.send(new GetItemCommand({ TableName: 'boxes', Key: Item }))).Item,
    ).toBeUndefined();
  });

  test('is refused all else, as DynamoDB words it, and nothing is written', async () => {
    const { asFunction, facts } = await guardedTable();
    await expect(asFunction.send(new PutItemCommand({ TableName: 'boxes', Item }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::123456789012:assumed-role/reader-role/reader is not authorized to perform: dynamodb:PutItem on resource: ${table.arn} because no identity-based policy allows the dynamodb:PutItem action`,
      $metadata: { httpStatusCode: 400 },
    });
    expect(facts).toEqual([
      {
        kind: 'call.denied',
        caller: 'reader',
        action: 'dynamodb:PutItem',
        resource: table.arn,
        reason: "none of its role's policies allows it",
      },
    ]);
  });

  test('is refused before its input is checked', async () => {
    const { asFunction } = await guardedTable();
    await expect(asFunction.send(new PutItemCommand({ TableName: 'boxes', Item: {} }))).rejects.toMatchObject(
      {
        name: 'AccessDeniedException',
      },
    );
  });
});

test('the developer does all', async () => {
  const { asDeveloper, facts } = await guardedTable();
  await asDeveloper.send(new PutItemCommand({ TableName: 'boxes', Item }));
  expect(facts).toMatchObject([{ kind: 'table.written' }]);
});
