import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CONSOLE_ENDPOINTS } from '../../../src/console/endpoints/table.ts';
import { MCP_TOOLS } from '../../../src/console/mcp/tools.ts';
import { PACKAGE_FOLDER } from '../../../src/package-folder.ts';
import { projectFolder, runLoop } from '../../loop-in-process.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: |
        exports.handler = async ({ box }) => { console.log('packing', box); if (!box) throw new TypeError('no box'); return box; };
      EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Lost.Arn } } }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Paid:
    Type: AWS::Events::Rule
    Properties: { EventBusName: !Ref Bus, EventPattern: { detail: { status: [PAID] } }, Targets: [{ Id: kept, Arn: !GetAtt Lost.Arn }] }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
`;

let running: Awaited<ReturnType<typeof runLoop>>;
let remove = () => {};
const clients: Client[] = [];
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, (undo) => {
    remove = undo;
  });
  running = await runLoop(`${folder}/template.yaml`);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
afterAll(async () => {
  await running?.stop();
  remove();
});

/** The library's own client: the protocol's other side is not of this project. */
async function connected(headers: Record<string, string> = {}) {
  const client = new Client({ name: 'test', version: '1' });
  clients.push(client);
  const url = new URL(`${running.loop.endpoint}/_loop/mcp`);
  await client.connect(
    Object.assign(new StreamableHTTPClientTransport(url, { requestInit: { headers } }), {}),
  );
  return {
    client,
    async call(name: string, given: Record<string, unknown> = {}) {
      const { content, isError = false } = await client.callTool({ name, arguments: given });
      const [part] = Array.isArray(content) ? content : [];
      return { isError, text: String(part?.text), answer: isError ? undefined : JSON.parse(part?.text) };
    },
  };
}
const withToken = () => connected({ Authorization: `Bearer ${running.loop.token}` });

test('the tools are those of the API, each with what it does and a schema of what it takes', async () => {
  const { client } = await connected();
  expect(client.getServerVersion()).toMatchObject({ name: 'serverless-loop' });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(Object.keys(MCP_TOOLS));
  expect(tools.find(({ name }) => name === 'explain_event')).toMatchObject({
    description: CONSOLE_ENDPOINTS['GET /_loop/event'].purpose,
    inputSchema: { required: ['bus', 'id'], additionalProperties: false },
    annotations: { readOnlyHint: true },
  });
  expect(tools.find(({ name }) => name === 'purge_queue')?.annotations).toMatchObject({
    destructiveHint: true,
  });
  expect(tools.find(({ name }) => name === 'invoke_function')?.inputSchema.properties).toMatchObject({
    type: { enum: ['RequestResponse', 'Event', 'DryRun'] },
  });
});

test('a client finds out why a rule did not match', async () => {
  const { call } = await withToken();
  const put = await call('put_event', {
    bus: 'shop',
    source: 's',
    detailType: 'd',
    detail: { status: 'OPEN' },
  });
  await running.loop.idle();
  const { answer } = await call('explain_event', { bus: 'shop', id: put.answer.id });
  expect(answer.rules).toMatchObject([
    { matches: false, failed: [{ path: 'detail.status', expected: ['PAID'], found: ['OPEN'] }] },
  ]);
});

test('a client follows a failure to its log and the dead-letter queue, and resets', async () => {
  const { call } = await withToken();
  expect((await call('list_resources')).answer).toMatchObject({ stackName: 'test' });
  await call('invoke_function', { name: 'Packer', event: {}, type: 'Event' });
  await running.loop.idle();
  const { answer } = await call('list_invocations', { function: 'Packer', limit: 1 });
  const [{ requestId, attempts }] = answer.invocations;
  expect(attempts).toHaveLength(3);
  const described = await call('describe_invocation', { requestId });
  expect(described.answer.logs).toContainEqual(expect.objectContaining({ message: 'packing undefined' }));
  expect((await call('read_queue', { name: 'lost' })).answer.messages).toMatchObject([
    { why: expect.stringContaining('RetriesExhausted'), again: { do: 'invoke' } },
  ]);
  await call('reset_loop');
  expect((await call('read_queue', { name: 'lost' })).answer.count).toBe(0);
});

test('without the token a client reads and changes nothing', async () => {
  const { call } = await connected();
  expect((await call('list_queues')).isError).toBe(false);
  const refused = await call('reset_loop');
  expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('X-Loop-Token') });
  const wrong = await connected({ 'X-Loop-Token': 'x'.repeat(24) });
  expect((await wrong.call('purge_queue', { name: 'lost' })).isError).toBe(true);
  const right = await connected({ 'X-Loop-Token': running.loop.token });
  expect((await right.call('purge_queue', { name: 'lost' })).isError).toBe(false);
});

test('what a tool refuses is an answer that tells why: a service’s error, an unknown member, an unknown tool', async () => {
  const { call } = await withToken();
  expect(await call('read_queue', { name: 'nothing' })).toMatchObject({
    isError: true,
    text: expect.stringContaining('There is no queue "nothing"'),
  });
  expect((await call('read_logs', { level: 'WARN' })).text).toContain('There is no member "level" here');
  expect((await call('no_such_tool')).text).toContain('There is no tool');
});

test('a page of another site gets nothing, and what is no POST nothing to wait for', async () => {
  const url = `${running.loop.endpoint}/_loop/mcp`;
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const sent = (headers: Record<string, string>) =>
    fetch(url, {
      method: 'POST',
      headers: { Accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify(list),
    });
  expect((await sent({ 'Content-Type': 'application/json' })).status).toBe(200);
  expect((await sent({ 'Content-Type': 'text/plain' })).status).toBe(415);
  for (const Origin of ['https://evil.example', 'null'])
    expect((await sent({ 'Content-Type': 'application/json', Origin })).status).toBe(403);
  expect((await fetch(url)).status).toBe(405);
});

test('the build has the library in one file that needs nothing but Node', () => {
  const file = path.join(PACKAGE_FOLDER, 'dist/sdk.js');
  expect(existsSync(file)).toBe(true);
  const imported = [...readFileSync(file, 'utf8').matchAll(/(?:^|[;}])import[^'"();]*?["']([^"']+)["']/g)];
  expect(imported.map(([, name = '']) => name).filter((name) => !isBuiltin(name))).toEqual([]);
});
