import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand, runInProcess, startInProcess } from 'serverless-loop/tests';
import { FolderError, factLine, nothingTold, ofFolder } from 'serverless-loop/tests/parts';
import { expect, onTestFinished, test } from 'vitest';
import { ORDER_FUNCTIONS } from '../../unit/app/template.ts';
import { pageOf } from '../../unit/docs/pages.ts';

const PAGE = 'docs/troubleshooting.md';

/** A failing command's words, which the page shows with the usual port and folder. */
async function saidBy(args: string[]): Promise<string> {
  const { status, stderr } = await runInProcess(args);
  expect(status).not.toBe(0);
  return stderr;
}

function expectOnPage(line: string | undefined): void {
  expect(line).toBeTruthy();
  expect(pageOf(PAGE)).toContain(`    ${line}\n`);
}

async function takenPort(): Promise<number> {
  const server = createServer();
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

test('a taken port', async () => {
  const port = String(await takenPort());
  const said = await saidBy(['start', '--port', port]);
  expectOnPage(said.trim().replace(port, '4580'));
});

test('a taken port of the inspector', async () => {
  const port = String(await takenPort());
  // It is this process whose inspector would listen there.
  const start = ['start', '--port', '0', '--no-watch', '--inspect', '--inspect-port', port];
  const said = (await runCommand(start)).stderr;
  expect(pageOf(PAGE)).toContain(`\`${said.split('\n')[0]?.replace(port, '9229')}\``);
  expectOnPage(said.trim().split('\n').at(-1)?.replace(port, '9229'));
});

test('no template, and one that is no YAML', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'troubleshooting-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const template = path.join(folder, 'template.yaml');
  const missing = await saidBy(['start', '--port', '0', '-t', template]);
  expectOnPage(missing.split('\n')[0]?.replace(folder, '…'));

  writeFileSync(
    template,
    'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: [1\n',
  );
  expectOnPage((await saidBy(['start', '--port', '0', '-t', template])).trim());
});

test('an endpoint without a scheme', async () => {
  const env = { AWS_ENDPOINT_URL: 'localhost:4580' };
  const { stderr } = await runInProcess(['env'], { env });
  expectOnPage(stderr.split('\n')[0]);
});

test('an event that is no text', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'troubleshooting-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const event = path.join(folder, 'order.json');
  writeFileSync(event, Buffer.from('{}', 'utf16le'));
  const said = await saidBy(['invoke', 'OrderCreatorFunction', '-e', event]);
  expectOnPage(said.split('\n')[0]?.replace(folder, 'events'));
});

test('a template that is saved while it runs, and a cache on a full disk', () => {
  const paint = (_colour: unknown, text: string) => text;
  const errors = [
    'template.yaml: Orders: AWS::DynamoDB::Table orders holds data that would go with it: put it back, or empty it first, or start the loop again',
  ];
  const saved = { kind: 'template.broken' as const, file: 'template.yaml', errors };
  const options = {
    platformLogs: false,
    verbose: false,
    ids: 'whole' as const,
    retrySpeed: 1,
    told: nothingTold(),
  };
  const told = factLine(saved, { paint, short: (name) => name, ...options });
  expectOnPage(told?.replaceAll('\n', '\n    '));
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
  const refused = ofFolder('…/serverless-loop', full);
  expectOnPage(refused instanceof FolderError ? refused.message : undefined);
});

test.each(['invoke OrderCreatorFunction -e events/order.json', 'scripts/order.ts x', 'env'])(
  'no loop for %s',
  async (command) => {
    const said = await saidBy([...command.split(' '), '--endpoint', 'http://127.0.0.1:1']);
    // A command that works on AWS too says in a second line how to name a stack there.
    expectOnPage(said.split('\n')[0]?.replace('127.0.0.1:1.', '127.0.0.1:4580.'));
  },
);

test('a function that is not there, and a request without a signature', async () => {
  const loop = await startInProcess(['start', '--port', '0', '--no-watch']);
  onTestFinished(async () => {
    await loop.stop();
  });
  const said = await saidBy(['invoke', 'Creator', '-e', 'events/order.json', '--endpoint', loop.endpoint]);
  const [line = ''] = said.split('\n');
  const shipped = ORDER_FUNCTIONS.join(', ');
  expect(line).toContain(ORDER_FUNCTIONS[0]);
  expectOnPage(
    line.replace(loop.endpoint, 'http://127.0.0.1:4580').replace(/it has .*$/, () => `it has ${shipped}`),
  );

  const response = await fetch(loop.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables', 'content-type': 'application/x-amz-json-1.0' },
    body: '{}',
  });
  const { message }: { message: string } = JSON.parse(await response.text());
  expectOnPage(message);
});
