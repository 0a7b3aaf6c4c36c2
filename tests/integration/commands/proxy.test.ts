import { createServer } from 'node:http';
import { runCommand, sampleOf, startInProcess } from 'serverless-loop/tests';
import { expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../loop.ts';

/** A proxy that nothing should come to, and the settings of an environment that lead there. */
async function proxy() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return { asked, url };
}

const namesOf = (url: string) => ({
  HTTP_PROXY: url,
  http_proxy: url,
  HTTPS_PROXY: url,
  https_proxy: url,
  ALL_PROXY: url,
});

// Commands one after the other, each a process.
test('the commands reach the loop past every proxy setting', async () => {
  const loop = await startInProcess(['start', '--port', '0', '--no-watch']);
  onTestFinished(async () => void (await loop.stop()));
  const { asked, url } = await proxy();
  const env = { ...namesOf(url), NODE_USE_ENV_PROXY: '1', AWS_ENDPOINT_URL: loop.endpoint };
  const placed = await runCommand(['invoke', 'OrderCreatorFunction', '-e', 'events/order.json'], {
    env,
  });
  expect(placed).toMatchObject({ status: 0, stderr: '' });
  const { orderId } = JSON.parse(placed.stdout);
  const commands = [
    ['scripts/order.ts', orderId],
    ['env'],
    ['scripts/redrive.ts', '--queue', 'processor', '--dry-run'],
    ['scripts/republish.ts', '--older-than', '1d', '--dry-run'],
    ['scripts/erase.ts', orderId, '--dry-run'],
  ];
  for (const command of sampleOf(commands, 1))
    expect(await runCommand(command, { env })).toMatchObject({ status: 0, stderr: '' });
  expect(asked).toEqual([]);
});

test("a function's own calls reach the loop past the proxy that the template names for others", async () => {
  const { asked, url } = await proxy();
  const variables = Object.entries({ ...namesOf(url), NODE_USE_ENV_PROXY: '1' }).map(
    ([name, value]) => `        ${name}: '${value}'`,
  );
  const folder = projectFolder({
    'template.yaml': `
Transform: AWS::Serverless-2016-10-31
Resources:
  Caller:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      CodeUri: code/
      Environment:
        Variables:
${variables.map((line) => `  ${line}`).join('\n')}
`,
    'code/index.mjs': `import http from 'node:http';
export const handler = async () => {
  const url = process.env.AWS_ENDPOINT_URL + '/_loop/stack';
  const byFetch = await fetch(url).then((answer) => answer.status, String);
  const byHttp = await new Promise((resolve) => http.get(url, ({ statusCode }) => resolve(statusCode)).on('error', String));
  return { byFetch, byHttp };
};`,
  });
  const loop = await startInProcess(['start', '--port', '0', '--no-watch', '-t', `${folder}/template.yaml`]);
  onTestFinished(async () => void (await loop.stop()));
  const { stdout } = await runCommand(['invoke', 'Caller', '--endpoint', loop.endpoint]);
  expect(JSON.parse(stdout)).toEqual({ byFetch: 200, byHttp: 200 });
  expect(asked).toEqual([]);
});
