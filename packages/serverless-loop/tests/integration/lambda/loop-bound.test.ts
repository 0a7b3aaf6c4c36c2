import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { folderFunction, testLambda } from './test-lambda.ts';

const SDK = path.resolve(import.meta.dirname, '../../../../../node_modules/@aws-sdk/client-dynamodb');

/** Lists tables by the AWS SDK, and tells what came of it. */
const LISTING = `const { DynamoDBClient, ListTablesCommand } = require(${JSON.stringify(SDK)});
const client = new DynamoDBClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 2000, requestTimeout: 2000 } });
exports.handler = async () => (await client.send(new ListTablesCommand({}))).TableNames;`;

/** Stands for the loop's port. */
async function endpoint() {
  const server = createServer((_request: IncomingMessage, response) => {
    response
      .writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' })
      .end('{"TableNames":["orders"]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

it.each(
  sampleOf<Record<string, string>>(
    [
      { AWS_CONFIG_FILE: 'aws.ini' },
      { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      { AWS_USE_FIPS_ENDPOINT: 'true' },
      { AWS_USE_DUALSTACK_ENDPOINT: 'true' },
    ],
    2,
  ),
)('a call by the AWS SDK ends at the loop although the template declares %o', async (environment) => {
  const code = {
    'index.js': LISTING,
    'aws.ini': '[default]\nignore_configured_endpoint_urls = true\nendpoint_url = http://127.0.0.1:9\n',
  };
  const fn = folderFunction(code, { environment, timeoutMs: 20_000, memorySizeMB: 256 });
  const lambda = await testLambda([fn], { endpoint: await endpoint() });
  expect((await lambda.call()).answer).toEqual(['orders']);
});
