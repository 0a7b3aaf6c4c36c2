import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { testFolder, testLambda } from './test-lambda.ts';

/** A custom runtime in a shell, as in the Lambda guide's "Tutorial: Building a custom runtime". */
const BOOTSTRAP = `#!/bin/sh
touch written 2>/dev/null && wrote=yes || wrote=no
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while :; do
  headers=$(mktemp)
  event=$(curl -sS -D "$headers" "$api/invocation/next")
  id=$(tr -d '\\r' < "$headers" | sed -n 's/^Lambda-Runtime-Aws-Request-Id: //Ip')
  rm "$headers"
  echo "serving $id"
  curl -sS -o /dev/null "$api/invocation/$id/response" -d "{\\"event\\":$event,\\"handler\\":\\"$_HANDLER\\",\\"wrote\\":\\"$wrote\\",\\"at\\":\\"$([ "$PWD" = "$LAMBDA_TASK_ROOT" ] && echo root)\\"}"
done
`;

function program(name: string, text: string): string {
  const codeUri = testFolder({ [name]: text });
  chmodSync(path.join(codeUri, name), 0o755);
  return codeUri;
}

describe('a bootstrap', () => {
  it('runs by the Runtime API, and its lines are logged', async () => {
    const codeUri = program('bootstrap', BOOTSTRAP);
    const code = { kind: 'folder', codeUri } as const;
    const lambda = await testLambda([functionModel({ runtime: 'provided.al2023', handler: 'any', code })]);
    expect((await lambda.call({ n: 3 })).answer).toMatchObject({
      event: { n: 3 },
      handler: 'any',
      at: 'root',
    });
    expect((await lambda.call([4])).answer).toMatchObject({ event: [4] });
    expect(lambda.facts.lines('function')).toEqual([
      expect.stringMatching(/^serving \S+$/),
      expect.stringMatching(/^serving \S+$/),
    ]);
  });

  it.runIf(hasOwnView())('writes nothing where it is', async () => {
    const codeUri = program('bootstrap', BOOTSTRAP);
    const code = { kind: 'folder', codeUri } as const;
    const lambda = await testLambda([functionModel({ runtime: 'provided.al2023', code })]);
    expect((await lambda.call()).answer).toMatchObject({ wrote: 'no' });
    expect(readdirSync(codeUri)).toEqual(['bootstrap']);
  });

  it('that is not there is named', async () => {
    const code = { kind: 'folder', codeUri: testFolder() } as const;
    const lambda = await testLambda([functionModel({ runtime: 'provided.al2', code })]);
    await expect(lambda.ready()).rejects.toThrow(/^Packer: there is no bootstrap in \S+: sam build$/);
  });
});

// Lambda guide, "Using a wrapper script": AWS_LAMBDA_EXEC_WRAPPER is executed with the runtime's command line.
it('a wrapper script starts the runtime', async () => {
  const codeUri = testFolder({
    wrapper: '#!/bin/sh\nexport WRAPPED=yes\nexec "$@"\n',
    'index.js': 'exports.handler = async () => process.env.WRAPPED;',
  });
  chmodSync(path.join(codeUri, 'wrapper'), 0o755);
  const environment = { AWS_LAMBDA_EXEC_WRAPPER: '/var/task/wrapper' };
  const lambda = await testLambda([functionModel({ environment, code: { kind: 'folder', codeUri } })]);
  expect((await lambda.call()).answer).toBe('yes');
});

function works(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function hasOwnView(): boolean {
  return works('unshare', ['--user', '--map-current-user', '--keep-caps', '--mount', 'true']);
}
