import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ComposeProject, composeProject } from './compose-project.ts';
import { findDocker } from './docker.ts';
import { quoted } from './troubleshooting.ts';

const docker = await findDocker();

describe.runIf(docker.expected)('docker compose up -d --wait', () => {
  describe('with a table of another shape in DynamoDB Local', () => {
    const project = composeProject(docker);
    afterAll(() => project.stop());

    test('fails, and the log of the loop says what is wrong with the table', async () => {
      await project.compose('up', '-d', '--wait', 'dynamodb-local');
      const tableName = await createTableOfAnotherShape(await project.dynamoDbEndpoint());

      await expect(project.compose('up', '-d', '--wait')).rejects.toMatchObject({
        stderr: expect.stringContaining(`container ${project.network}${quoted('-loop-1 exited (1)')}`),
      });

      const { stdout } = await project.compose('logs', 'loop');
      expect(stdout).toContain(
        `Table ${tableName}${quoted(' exists with the key id (N, HASH), but OrdersTable')}`,
      );
    });
  });

  describe('with the port of DynamoDB Local taken', () => {
    const inTheWay = createServer();
    let port: string;
    let project: ComposeProject;
    beforeAll(async () => {
      await once(inTheWay.listen(0, '127.0.0.1'), 'listening');
      port = String(Object(inTheWay.address()).port);
      project = composeProject(docker, port);
    });
    afterAll(async () => {
      inTheWay.close();
      await project.stop();
    });

    test('fails, and names the address', async () => {
      await expect(project.compose('up', '-d', '--wait', 'dynamodb-local')).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`127.0.0.1:${port}${quoted(': bind: address already in use')}`),
      });
    });
  });
});

async function createTableOfAnotherShape(endpoint: string): Promise<string> {
  const tableName: string = JSON.parse(readFileSync('env.json', 'utf8')).Parameters.ORDERS_TABLE_NAME;
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  client.destroy();
  return tableName;
}
