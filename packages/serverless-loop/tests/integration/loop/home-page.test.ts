import { type IncomingMessage, request } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { loopPages } from '../../../src/loop/pages.ts';
import { emptyStack } from '../../../src/template/empty-stack.ts';
import { loopUnderTest, projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs24.x, Handler: index.handler, InlineCode: "exports.handler = async () => 1"}
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: boxes}}
`;
/** As a browser opens an address that a person typed. */
const BROWSER = {
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'Sec-Fetch-Site': 'none',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
};

async function startedLoop(files: Record<string, string> = {}) {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, ...files });
  return (await loopUnderTest(`${folder}/template.yaml`)).loop;
}

/** Not by fetch, which sets these headers itself. */
async function get(url: string, headers: Record<string, string>, method = 'GET') {
  const sent = request(url, { method, headers }).end();
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  return { status: answer.statusCode, headers: answer.headers, text: await textOf(answer) };
}

test('a browser that opens the port is told what this is, what runs, and what to type next', async () => {
  const loop = await startedLoop();
  const { status, headers, text } = await get(loop.endpoint, BROWSER);
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  for (const words of [
    'for the stack <b>test</b> in eu-west-1',
    `eval &quot;$(npx serverless-loop env --endpoint ${loop.endpoint})&quot;`,
    '<li><code>Packer</code>',
    'Cloud Control, CloudFormation, CloudWatch, CloudWatch Logs, DynamoDB, DynamoDB Streams, EventBridge, EventBridge Scheduler, EventBridge Schemas, IAM, Kinesis, Lambda, Parameter Store, S3, SNS, SQS, STS, Secrets Manager, X-Ray.',
  ])
    expect(text).toContain(words);
  expect(text).toMatch(/npx serverless-loop invoke Packer +# calls a function; -e FILE gives it an event/);
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  expect(text).not.toMatch(/<script|\son\w+=|(?:src|href)="(?!data:|\/_loop)/);
  expect((await get(loop.endpoint, BROWSER, 'HEAD')).text).toBe('');
});

test('the page shows the steps that the terminal does: those that the project names', async () => {
  const steps = { 'npm run pack': 'packs a parcel' };
  const loop = await startedLoop({ 'package.json': JSON.stringify({ loop: { nextSteps: steps } }) });
  const { text } = await get(loop.endpoint, BROWSER);
  expect(text).toMatch(/npm run pack +# packs a parcel/);
  expect(text).not.toContain('npx serverless-loop invoke');
});

test('what is no page that a person opens is answered as ever', async () => {
  const loop = await startedLoop();
  const signed =
    'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0';
  expect((await get(loop.endpoint, { ...BROWSER, Authorization: signed })).text).toContain(
    '<Name>boxes</Name>',
  );
  expect((await get(loop.endpoint, { Authorization: signed })).text).toContain('<Name>boxes</Name>');
  expect(await get(loop.endpoint, { Accept: '*/*' })).toMatchObject({
    status: 404,
    text: expect.stringContaining('a browser is told at / what this is'),
  });
  expect((await get(loop.endpoint, { ...BROWSER, 'Sec-Fetch-Dest': 'iframe' })).status).toBe(404);
  expect((await get(loop.endpoint, { ...BROWSER, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  expect((await get(`${loop.endpoint}/favicon.ico`, BROWSER)).status).toBe(404);
});

test('a name is text on the page, whatever it holds', () => {
  const place = { partition: 'aws', region: '<b>', accountId: '0' };
  const pages = loopPages(
    () => emptyStack(place, `<script>"&'`),
    () => [],
    ['<i>'],
    {
      endpoint: 'http://127.0.0.1:1',
      nextSteps: () => [{ command: '<u>', purpose: '<s>' }],
      projectFolder: '',
      schedules: { list: () => [], fire: () => expect.unreachable() },
    },
  );
  const { body = '' } = pages({ method: 'GET', path: '/', query: '' }) ?? {};
  expect(body).toContain('&lt;script&gt;&quot;&amp;&#39; on this machine');
  expect(body).not.toMatch(/<script|<b><b>|<i>|<u>|<s>/);
});
