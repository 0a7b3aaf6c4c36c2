import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderView } from '../../../src/services/lambda/environments/own-view.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { folderFunction, testLambda, writeFiles } from './test-lambda.ts';

/** Of the machine's /tmp a function sees the folder on the way to what runs it, where the checkout lies there. */
const OF_THE_CHECKOUT = import.meta.dirname.startsWith('/tmp/')
  ? [import.meta.dirname.split('/')[2] ?? '']
  : [];

/** Writes `MB` megabytes to a file of /tmp, and tells what is there. */
const WRITER = `const fs = require('node:fs');
  const { execFileSync } = require('node:child_process');
  exports.handler = async ({ name = 'kept', MB = 0, hangs }) => {
    if (hangs) await new Promise((resolve) => setTimeout(resolve, 60_000));
    const before = fs.readdirSync(require('node:os').tmpdir()).filter((each) => !${JSON.stringify(OF_THE_CHECKOUT)}.includes(each));
    let code = 'written';
    try {
      const fd = fs.openSync('/tmp/' + name, 'w');
      for (let left = MB; left > 0; left -= 1) fs.writeSync(fd, Buffer.alloc(1024 * 1024));
      fs.closeSync(fd);
    } catch (error) { code = error.code; }
    const seen = execFileSync('/bin/ls', ['/tmp'], { encoding: 'utf8' }).split('\\n').includes(name);
    return { before, code, seen };
  };`;

// Lambda guide, "Configure ephemeral storage for Lambda functions": /tmp has 512 to 10,240 MB, "each execution environment".
describe.runIf(canMount())('/tmp', () => {
  it("is the environment's own: nothing of the machine's is there, nor of another environment's", async () => {
    const other = { name: 'other', logicalId: 'Other' };
    const lambda = await testLambda([folderFunction(WRITER), folderFunction(WRITER, other)]);
    const nothingElse = { before: [], code: 'written', seen: true };
    expect((await lambda.call()).answer).toEqual(nothingElse);
    expect((await lambda.call({}, { functionName: 'other' })).answer).toEqual(nothingElse);
    expect(existsSync('/tmp/kept')).toBe(false);
  });

  it('stays for the next invocation, and over a time-out', async () => {
    const lambda = await testLambda([folderFunction(WRITER, { timeoutMs: 2_000 })]);
    await lambda.call({ name: 'first' });
    expect((await lambda.call({ hangs: true })).answer).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect((await lambda.call({ name: 'second' })).answer).toMatchObject({
      before: ['first'],
    });
    await lambda.call({ hangs: true });
    expect((await lambda.call({ name: 'third' })).answer).toMatchObject({
      before: ['first', 'second'],
      seen: true,
    });
  });

  it('holds what EphemeralStorage says, and no more', async () => {
    const fn = folderFunction(WRITER, { ephemeralStorageMB: 8, timeoutMs: 20_000 });
    const lambda = await testLambda([fn]);
    expect((await lambda.call({ name: 'small', MB: 3 })).answer).toMatchObject({ code: 'written' });
    expect((await lambda.call({ name: 'large', MB: 8 })).answer).toMatchObject({ code: 'ENOSPC' });
  });

  it('has what the function needs of a project that lies in /tmp of the machine', async () => {
    const codeUri = mkdtempSync('/tmp/project-');
    onTestFinished(() => rmSync(codeUri, { recursive: true }));
    writeFiles(codeUri, { 'index.js': WRITER });
    const lambda = await testLambda([functionModel({ code: { kind: 'folder', codeUri } })]);
    expect((await lambda.call()).answer).toEqual({
      before: [path.basename(codeUri)],
      code: 'written',
      seen: true,
    });
    expect(existsSync('/tmp/kept')).toBe(false);
  });

  it('is there for a bootstrap, too, from its beginning', async () => {
    const bootstrap = `#!/bin/sh
echo "$(ls /tmp)" > /tmp/mark
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while :; do
  id=$(curl -sS -D - -o /dev/null "$api/invocation/next" | tr -d '\\r' | sed -n 's/^Lambda-Runtime-Aws-Request-Id: //Ip')
  curl -sS -o /dev/null "$api/invocation/$id/response" -d "\\"$(cat /tmp/mark)\\""
done
`;
    const fn = folderFunction({ bootstrap }, { runtime: 'provided.al2023', timeoutMs: 10_000 });
    execFileSync('chmod', ['+x', `${fn.code.kind === 'folder' ? fn.code.codeUri : ''}/bootstrap`]);
    const lambda = await testLambda([fn]);
    expect((await lambda.call()).answer).toBe(OF_THE_CHECKOUT.join(''));
    expect(readdirSync('/tmp')).not.toContain('mark');
  });
});

// macOS, and Linux where users may have no namespaces.
it('where nothing can be mounted, temporary files have a folder that goes with the environment', async () => {
  const view = folderView();
  const folderOf = async () => {
    const program = { file: '/bin/sh', args: ['-c', 'echo "$TMPDIR"'], environment: {} };
    const { child } = view.start(program, { folder: '/', env: {}, isTold: true });
    return (await text(child.stdout ?? Readable.from([]))).trim();
  };
  const folder = await folderOf();
  expect(existsSync(folder)).toBe(true);
  expect(await folderOf()).toBe(folder);
  view.stop();
  await expect.poll(() => existsSync(folder)).toBe(false);
});

function canMount(): boolean {
  try {
    execFileSync('unshare', ['--user', '--map-current-user', '--keep-caps', '--mount', 'true']);
    return true;
  } catch {
    return false;
  }
}
