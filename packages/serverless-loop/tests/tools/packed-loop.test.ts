import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectWithPackage, run } from './packed.ts';

const FILES = {
  'package.json': '{ "name": "somebody-elses", "private": true, "type": "module" }',
  'template.yaml': `
Transform: AWS::Serverless-2016-10-31
Resources:
  Greeter:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: greeter.handler, CodeUri: code/ }
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: "exports.handler = async ({ name }) => ({ packed: name });"
  Parcels: { Type: AWS::Serverless::SimpleTable }
Outputs: { GreeterName: { Value: !Ref Greeter }, Table: { Value: !Ref Parcels } }
`,
  'code/greeter.mjs': 'export const handler = async ({ name }) => ({ greeting: "Hello " + name });\n',
  'test.js': `
import { startLoop } from 'serverless-loop';
await using loop = await startLoop({ template: 'template.yaml', clock: 'manual' });
const { payload } = await loop.invoke('Greeter', { name: 'plain JavaScript' });
const { durationMs } = await loop.facts.waitFor(({ kind }) => kind === 'invocation.ended');
await loop.clock.advance(1_000);
const packed = await loop.invoke('Packer', { name: 'a box' });
console.log(JSON.stringify({ payload, packed: packed.payload, isTimed: durationMs > 0, outputs: Object.keys(loop.outputs) }));
`,
  'typed.ts': `
import { type Fact, FactTimeoutError, type RunningLoop, startLoop } from 'serverless-loop';
import { runCommand } from 'serverless-loop/commands';
import { launch } from 'serverless-loop/launch';
await using loop: RunningLoop = await startLoop({ template: 'template.yaml', retrySpeed: 60, parameters: { A: 'b' }, report: ({ kind }) => kind });
const { requestId, attempt } = await loop.facts.waitFor((fact) => fact.kind === 'invocation.ended', { withinMs: 100 });
export const why: string | undefined = (await loop.invoke('Packer')).error?.type;
const kind: Fact['kind'] = 'queue.sent';
export const all: [string, number, Fact['kind'], typeof FactTimeoutError, unknown[]] = [requestId, attempt, kind, FactTimeoutError, [runCommand, launch]];
// @ts-expect-error There is no such option.
await startLoop({ templates: 'template.yaml' });
// @ts-expect-error Nor such a fact.
export const none: Fact['kind'] = 'queue.lost';
`,
  'tsconfig.json': `{ "compilerOptions": { "module": "nodenext", "target": "es2024", "lib": ["es2024", "esnext.disposable"], "strict": true, "noEmit": true, "types": ["node"] }, "files": ["typed.ts"] }`,
};

let project = '';
beforeAll(async () => {
  project = await projectWithPackage(FILES);
}, 300_000);
afterAll(() => {
  if (project !== '') rmSync(path.dirname(project), { recursive: true, force: true });
});

test('the package holds what runs, and none of its sources or tests', () => {
  const installed = path.join(project, 'node_modules/serverless-loop');
  expect(readdirSync(installed).toSorted()).toEqual(
    ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist', 'docs', 'package.json', 'runtime'].toSorted(),
  );
});

test('beside somebody else’s template npx serverless-loop start runs it, and invoke calls its function', async () => {
  const loop = spawn('npx', ['serverless-loop', 'start', '--port', '0', '--json'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  try {
    const endpoint = await endpointOf(loop);
    const args = ['serverless-loop', 'invoke', 'Greeter', '-e', '-', '--endpoint', endpoint];
    const invoking = run('npx', args, { cwd: project });
    invoking.child.stdin?.end('{ "name": "npx" }');
    expect(JSON.parse((await invoking).stdout)).toEqual({ greeting: 'Hello npx' });
  } finally {
    // As Ctrl-C does: to npx and all that it runs.
    const ended = once(loop, 'close');
    if (loop.exitCode === null) process.kill(-(loop.pid ?? 0), 'SIGINT');
    loop.stdout.resume();
    await ended;
  }
}, 60_000);

test('its face runs from plain JavaScript', async () => {
  const { stdout } = await run(process.execPath, ['test.js'], { cwd: project });
  expect(JSON.parse(stdout)).toEqual({
    payload: { greeting: 'Hello plain JavaScript' },
    packed: { packed: 'a box' },
    isTimed: true,
    outputs: ['GreeterName', 'Table'],
  });
}, 60_000);

test.each([
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
])(
  'its types check, those of its own declarations included: module %s, resolved as by %s',
  async (module, resolution) => {
    const args = ['tsc', '-p', '.', '--module', module, '--moduleResolution', resolution];
    const { stdout } = await run('npx', args, { cwd: project }).catch((error) => error);
    expect(stdout).toBe('');
  },
  120_000,
);

/** Matches the line in which a loop says that it is ready. */
async function endpointOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('its output goes elsewhere');
  for await (const line of createInterface({ input: stdout })) {
    const { kind, endpoint }: Record<string, unknown> = JSON.parse(line);
    if (kind === 'ready') return String(endpoint);
  }
  throw new Error('it ended before it was ready');
}
