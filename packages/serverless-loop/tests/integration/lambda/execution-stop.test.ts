import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { folderFunction, testFolder } from './test-lambda.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../../..');

it('a program that has stopped its functions ends by itself: nothing is left open', async () => {
  const source = `const { setTimeout: pause } = require('node:timers/promises');
    exports.handler = async ({ ms }) => { await pause(ms); return 'packed'; };`;
  const fn = folderFunction(source, { timeoutMs: 3_000 });
  const program = `
    import { startLambda } from ${JSON.stringify(pathToFileURL(path.join(ROOT, 'packages/serverless-loop/src/services/lambda/functions.ts')))};
    const lambda = await startLambda({
      functions: [${JSON.stringify(fn)}],
      place: { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' },
      endpoint: 'http://127.0.0.1:1',
      report: () => {},
      credentialsFor: () => ({ accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' }),
      xrayDaemonAddress: '127.0.0.1:2000',
      cacheDir: ${JSON.stringify(testFolder())},
      projectDir: '/',
      watch: true,
    });
    const call = (ms) => lambda.invoke({
      functionName: 'packer', requestId: 'req-' + ms, payload: Buffer.from(JSON.stringify({ ms })) });
    const answers = await Promise.all([call(0), call(1), call(60_000)]);
    console.log(answers.map(({ payload, errorType }) => errorType ?? payload.toString()).join());
    await lambda.stop();
    console.log('stopped');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: testFolder() });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  expect(output).toBe('"packed","packed",Sandbox.Timedout\nstopped\n');
  expect(code).toBe(0);
});
