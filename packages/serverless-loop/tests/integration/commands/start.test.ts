import { once } from 'node:events';
import { get } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runInProcess, startInProcess } from '../../command-in-process.ts';
import { projectFolder } from '../../loop-in-process.ts';

test.each([
  ['--port', '65536', 'expected a whole number from 0 to 65535, found "65536"'],
  ['--port', '-1', '--port'],
  ['--port', '80x', 'found "80x"'],
  ['--retry-speed', '0', 'expected a number from 1 to 100000, found "0"'],
  ['--retry-speed', 'fast', 'found "fast"'],
  ['--dynamodb', 'localhost', 'expected a URL such as'],
  ['--dynamodb', 'https://127.0.0.1:8000', 'expected a URL such as http://127.0.0.1:8000'],
  ['--data', '', 'expected a folder, found nothing'],
  ['--otlp', '127.0.0.1:4318', 'expected a URL such as http://127.0.0.1:4318'],
  ['--otlp', 'http://key:secret@127.0.0.1', 'without a user'],
  ['--otlp', 'grpc://127.0.0.1:4317', 'expected a URL such as'],
  ['--listen', 'localhost', 'expected an IP address such as 0.0.0.0, found "localhost"'],
  ['--listen', '0.0.0.0:4580', 'found "0.0.0.0:4580"'],
  ['--allow-host', 'http://loop', 'expected a host name without scheme and port, found "http://loop"'],
  ['--allow-host', 'loop:4580', 'found "loop:4580"'],
  ['--allow-host', '*', 'found "*"'],
  ['--stack-name', '1st', 'expected a letter, then letters, digits and hyphens'],
  ['--stack-name', 'a_b', 'found "a_b"'],
  ['--template', 'no-such.yaml', 'no-such.yaml'],
  ['--config-env', 'nowhere', 'no environment "nowhere"'],
])('start %s %s is refused in plain words', async (option, value, words) => {
  const { status, stderr } = await runInProcess(['start', option, value]);
  expect(status).toBe(2);
  expect(stderr).toContain(words);
  expect(stderr).not.toMatch(/^ {4}at /m);
});

const TEMPLATE = `
Resources:
  Parcels:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
`;

/** The flags of a start that has no functions. */
function startOf(...flags: string[]): string[] {
  const folder = projectFolder({
    'template.yaml': TEMPLATE,
    'samconfig.toml': '[default.deploy.parameters]\nstack_name = "configured"\n',
  });
  const template = path.join(folder, 'template.yaml');
  return ['start', '--port', '0', '--no-watch', '--template', template, ...flags];
}

test('a loop told to listens on every address, and answers to the names it was told', async () => {
  const flags = ['--listen', '0.0.0.0', '--allow-host', 'depot', '--allow-host', 'yard'];
  const loop = await startInProcess(startOf(...flags));
  onTestFinished(async () => void (await loop.stop()));
  const { host, port } = new URL(loop.endpoint);
  expect(host).toBe(`127.0.0.1:${port}`);
  const statusFor = async (name: string) => {
    const headers = { Host: `${name}:${port}` };
    const [response] = await once(get(`${loop.endpoint}/_loop/stack`, { headers }), 'response');
    response.resume();
    return response.statusCode;
  };
  expect(await Promise.all(['127.0.0.1', 'depot', 'yard', 'garden'].map(statusFor))).toEqual([
    200, 200, 200, 403,
  ]);
});

test('the stack has the name that it was told, not the one of samconfig.toml', async () => {
  const loop = await startInProcess(startOf('--stack-name', 'depot-7'));
  onTestFinished(async () => void (await loop.stop()));
  const response = await fetch(`${loop.endpoint}/_loop/stack`);
  expect(await response.text()).toMatch(/depot-7-Parcels-/);
});

test('an address that this machine does not have is named, without a stack trace', async () => {
  const { status, stderr } = await runInProcess(startOf('--listen', '198.51.100.1'));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Can't listen on port 0 of 198\.51\.100\.1: no network interface .*\n$/);
});

test('a DynamoDB that is not there is named, with the ways on', async () => {
  const { status, stderr } = await runInProcess(startOf('--dynamodb', 'http://127.0.0.1:9'));
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^No DynamoDB answers at http:\/\/127\.0\.0\.1:9: .*ECONNREFUSED.*without --dynamodb\.\n$/,
  );
});

test('a taken port is named, with the way to another', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const { status, stderr } = await runInProcess(startOf().with(2, String(port)));

  expect(status).toBe(1);
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
  expect(stderr).toContain('--port');
  expect(stderr).not.toMatch(/^ {4}at /m);
});
