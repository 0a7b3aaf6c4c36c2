import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const PATIENCE = 300_000;

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: "exports.handler = async ({ name }) => ({ packed: name });"
  Parcels:
    Type: AWS::Serverless::SimpleTable
Outputs:
  Table:
    Value: !Ref Parcels
`;

/** A folder of another project, with the packed package as its only one. */
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'packed-loop-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder, '--silent'], {
    cwd: path.join(ROOT, 'packages/serverless-loop'),
  });
  const [packed]: { filename: string }[] = JSON.parse(stdout.slice(stdout.indexOf('[')));
  const filename = packed?.filename ?? '';
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module","private":true}');
  writeFileSync(path.join(folder, 'template.yaml'), TEMPLATE);
  await run('npm', ['install', '--no-audit', '--no-fund', path.join(folder, filename)], { cwd: folder });
}, PATIENCE);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what is packed is built, with its types, and holds neither sources nor tests', () => {
  const installed = path.join(folder, 'node_modules/serverless-loop');
  expect(readdirSync(installed)).toEqual(
    expect.arrayContaining(['bin', 'dist', 'docs', 'runtime', 'README.md']),
  );
  expect(readdirSync(installed)).not.toEqual(expect.arrayContaining(['src']));
  expect(readdirSync(installed)).not.toEqual(expect.arrayContaining(['tests']));
});

test('npx serverless-loop start runs the template beside it, and invoke calls its function', {
  timeout: PATIENCE,
}, async () => {
  const child = spawn('npx', ['serverless-loop', 'start', '--port', '0', '--json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, because npx starts what it runs by a shell.
    detached: true,
  });
  onTestFinished(async () => {
    const closed = once(child, 'close');
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await closed;
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once('exit', (status) => reject(new Error(`ended with ${status} before it was ready`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const fact: { kind: string; endpoint?: string } = JSON.parse(line);
      if (fact.kind === 'ready') resolve(fact.endpoint ?? '');
    });
  });
  writeFileSync(path.join(folder, 'event.json'), '{"name":"a tin"}');
  const { stdout } = await run(
    'npx',
    ['serverless-loop', 'invoke', 'Packer', '-e', 'event.json', '--endpoint', endpoint],
    { cwd: folder },
  );
  expect(JSON.parse(stdout)).toEqual({ packed: 'a tin' });
});

test('a program starts it by its face', { timeout: PATIENCE }, async () => {
  writeFileSync(
    path.join(folder, 'program.js'),
    `import { startLoop } from 'serverless-loop';
const loop = await startLoop();
const { payload } = await loop.invoke('Packer', { name: 'a box' });
console.log(JSON.stringify({ payload, outputs: Object.keys(loop.outputs) }));
await loop.stop();
`,
  );
  const { stdout } = await run(process.execPath, ['program.js'], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({ payload: { packed: 'a box' }, outputs: ['Table'] });
});

test('its types are checked against', { timeout: PATIENCE }, async () => {
  mkdirSync(path.join(folder, 'typed'), { recursive: true });
  writeFileSync(
    path.join(folder, 'typed/program.ts'),
    `import { type Fact, type RunningLoop, startLoop } from 'serverless-loop';
export async function pack(): Promise<unknown> {
  const loop: RunningLoop = await startLoop({ template: 'template.yaml', parameters: { A: 'b' } });
  const ended: Fact = await loop.facts.waitFor(({ kind }) => kind === 'invocation.ended', { withinMs: 100 });
  // @ts-expect-error The face has no such option.
  await startLoop({ nonsense: true });
  return [ended, (await loop.invoke('Packer')).error?.errorType];
}
`,
  );
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--skipLibCheck',
    'false',
  ];
  const types = [
    '--lib',
    'es2024,esnext.disposable',
    '--types',
    'node',
    '--typeRoots',
    path.join(ROOT, 'node_modules/@types'),
  ];
  const said = await run(process.execPath, [tsc, ...options, ...types, 'typed/program.ts'], {
    cwd: folder,
  }).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
  expect(said).toBe('');
});
