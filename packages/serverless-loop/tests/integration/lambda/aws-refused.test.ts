import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { folderFunction, forAllTests, testFolder, testLambda } from './test-lambda.ts';

const WAYS = [
  ['fetch', "(await fetch('https://s3.eu-west-1.amazonaws.com/x').catch((error) => error)).cause.code"],
  [
    'https',
    "await via((resolve) => ended(require('https').get('https://bedrock.us-east-1.amazonaws.com/'), resolve))",
  ],
  [
    'net',
    "await via((resolve) => ended(require('net').connect(5432, 'db.x.eu-west-1.rds.amazonaws.com'), resolve))",
  ],
  [
    'the metadata service',
    "(await fetch('http://169.254.169.254/latest/').catch((error) => error)).cause.code",
  ],
] as const;

const CONNECTING = `const via = (begin) => new Promise((resolve) => begin(resolve));
  const ended = (request, resolve) => request.on('error', (error) => resolve(error.code)).on('response', (r) => resolve(r.statusCode));
  const ways = [${WAYS.map(([, expression]) => `async () => ${expression}`).join()}];
  exports.handler = async ({ way }) => ways[way]();`;

const running = forAllTests((atEnd) => testLambda([folderFunction(CONNECTING, {}, atEnd)], {}, atEnd));

it.each(WAYS.map(([name], way) => [name, way] as const))(
  'a function that connects to AWS is refused, and named: %s',
  async (_name, way) => {
    const { call, facts } = running();
    const before = facts.ofKind('aws.refused').length;
    expect((await call({ way })).answer).toBe('ECONNREFUSED');
    expect(facts.ofKind('aws.refused').slice(before)).toMatchObject([
      { functionName: 'packer', host: expect.stringMatching(/amazonaws\.com$|^169/) },
    ]);
  },
);

// aws-sdk-js issues 3236 and 3999: version 2 doesn't know AWS_ENDPOINT_URL.
it('what an SDK has signed for AWS comes to the loop, a bucket in its host too', async () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.headers.host?.replace(/\d+$/, 'port')} ${request.method} ${request.url}`);
    response.end('from the loop');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const code = `const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/s3/aws4_request' };
    const get = (url) => new Promise((resolve, reject) => require('https').get(url, { headers }, (response) => {
      response.on('data', (chunk) => resolve(String(chunk))); }).on('error', reject));
    exports.handler = async () => [await get('https://dynamodb.eu-west-1.amazonaws.com/'), await get('https://my.bucket.s3.eu-west-1.amazonaws.com/a/b?c=d')];`;
  const lambda = await testLambda([folderFunction(code)], { endpoint: `http://127.0.0.1:${port}` });
  expect((await lambda.call()).answer).toEqual(['from the loop', 'from the loop']);
  expect(requests).toEqual(['127.0.0.1:port GET /', '127.0.0.1:port GET /my.bucket/a/b?c=d']);
  expect(lambda.facts.ofKind('aws.refused')).toEqual([]);
});

/* Step Functions API reference, "StartSyncExecution": the SDKs put `sync-` before the host of any endpoint. */
it('what an SDK sends to the endpoint by the name of StartSyncExecution comes to the loop', async () => {
  const server = createServer((request, response) => {
    response.end(`${request.headers.host?.replace(/\d+$/, 'port')} ${request.url}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const code = `const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/states/aws4_request' };
    exports.handler = () => new Promise((resolve, reject) => require('http').get({ host: 'sync-127.0.0.1', port: ${port}, headers }, (response) => {
      response.on('data', (chunk) => resolve(String(chunk))); }).on('error', reject));`;
  const lambda = await testLambda([folderFunction(code)], { endpoint: `http://127.0.0.1:${port}` });
  expect((await lambda.call()).answer).toBe('127.0.0.1:port /');
});

/** Answers each event, the arguments of a curl, with the status of the proxy and of the host. */
const BOOTSTRAP = `#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while :; do
  head=$(mktemp)
  event=$(curl -sS -D "$head" "$api/invocation/next" | tr -d '"')
  id=$(tr -d '\\r' < "$head" | sed -n 's/^Lambda-Runtime-Aws-Request-Id: //Ip')
  status=$(curl -sS -o /dev/null -w '%{http_connect} %{http_code}' --max-time 5 $event 2>/dev/null)
  curl -sS -o /dev/null "$api/invocation/$id/response" -d "\\"$status\\""
done
`;

// As Go's net/http and the SDKs for Go and Rust read HTTPS_PROXY (AWS SDKs and Tools reference, "Using HTTP proxies").
it('a bootstrap reaches no AWS by a client that heeds proxies, and all else', async () => {
  const server = createServer((_request, response) => void response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  // Another name of this machine, which no list of exceptions has.
  const other = `http://0.0.0.0:${typeof address === 'object' ? address?.port : 0}/`;
  const codeUri = testFolder({ bootstrap: BOOTSTRAP });
  chmodSync(path.join(codeUri, 'bootstrap'), 0o755);
  const code = { kind: 'folder', codeUri } as const;
  const fn = functionModel({ runtime: 'provided.al2023', timeoutMs: 20_000, code });
  const lambda = await testLambda([fn]);
  const answerOf = async (event: string) => (await lambda.call(event)).answer;
  expect(await answerOf('https://sqs.eu-west-1.amazonaws.com/')).toBe('403 000');
  expect(await answerOf('http://169.254.169.254/latest/meta-data/')).toBe('000 403');
  expect(await answerOf(other)).toBe('000 200');
  expect(await answerOf(`--proxytunnel ${other}`)).toBe('200 200');
  expect(lambda.facts.ofKind('aws.refused').map(({ host }) => host)).toEqual([
    'sqs.eu-west-1.amazonaws.com',
    '169.254.169.254',
  ]);
  await lambda.stop();
  const free = await testLambda([fn], { allowsAws: true });
  // No proxy at all.
  expect((await free.call(`--proxytunnel ${other}`)).answer).toBe('000 200');
});
