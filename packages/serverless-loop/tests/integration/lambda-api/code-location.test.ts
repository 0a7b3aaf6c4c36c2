import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import type { LoopOptions } from '../../../src/loop/loop.ts';
import { clientOptions, loopUnderTest, projectFolder } from '../../loop-in-process.ts';
import { zipOf } from '../../zip.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Bundled:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [index.ts] } }
    Properties: { FunctionName: bundled, CodeUri: bundled/, Handler: index.handler, Runtime: nodejs24.x }
  Folder:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: folder, CodeUri: folder/, Handler: index.handler, Runtime: nodejs24.x }
`;
const WORD = 'module.exports = "größer";\n';

afterEach(() => {
  vi.useRealTimers();
});

async function running(options: Partial<LoopOptions> = {}) {
  const folder = projectFolder({
    'template.yaml': TEMPLATE,
    'bundled/index.ts': 'export const handler = async (): Promise<string> => "bundled by esbuild";',
    'folder/index.js': 'exports.handler = async () => require("./lib/word.js");',
    'folder/lib/word.js': WORD,
    'secret.txt': 'of the machine',
  });
  symlinkSync('../../secret.txt', path.join(folder, 'folder/lib/link'));
  writeFileSync(path.join(folder, 'folder/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'loop-code-'));
  onTestFinished(() => rmSync(cacheDir, { recursive: true, force: true }));
  const { loop } = await loopUnderTest(`${folder}/template.yaml`, { cacheDir, ...options });
  const client = new LambdaClient(clientOptions(loop));
  onTestFinished(() => client.destroy());
  return {
    folder,
    loop,
    client,
    cacheDir,
    async located(FunctionName: string) {
      const { Code, Configuration } = await client.send(new GetFunctionCommand({ FunctionName }));
      return { url: Code?.Location ?? '', repository: Code?.RepositoryType, ...Configuration };
    },
  };
}

/** As a browser or curl does, without a signature header. */
async function download(url: string): Promise<Buffer> {
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  const zip = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get('content-length')).toBe(String(zip.length));
  return zip;
}

async function unzipped(zip: Buffer): Promise<Record<string, { contents: string; mode: string }>> {
  const archive = await fromBufferPromise(zip, { validateEntrySizes: true });
  const found: Record<string, { contents: string; mode: string }> = {};
  for await (const entry of archive.eachEntry()) {
    const contents = await text(await archive.openReadStreamPromise(entry));
    found[entry.fileName] = { contents, mode: (entry.externalFileAttributes >>> 16).toString(8) };
  }
  return found;
}

function digestOf(zip: Buffer): string {
  return createHash('sha256').update(zip).digest('base64');
}

test("a function's code is downloaded from the loop's own port", async () => {
  const { loop, located } = await running();
  const { url, repository, CodeSha256, CodeSize } = await located('bundled');
  expect(repository).toBe('S3');
  expect(new URL(url).origin).toBe(loop.endpoint);
  expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('600');
  const zip = await download(url);
  expect({ CodeSha256, CodeSize }).toEqual({ CodeSha256: digestOf(zip), CodeSize: zip.length });
  const files = await unzipped(zip);
  expect(files['index.js']?.contents).toContain('bundled by esbuild');
});

test("a folder's code has its folders, programs and links, and nothing from outside", async () => {
  const { located } = await running();
  const { url, CodeSha256, CodeSize } = await located('folder');
  const zip = await download(url);
  expect({ CodeSha256, CodeSize }).toEqual({ CodeSha256: digestOf(zip), CodeSize: zip.length });
  expect(await unzipped(zip)).toEqual({
    'index.js': { contents: expect.stringContaining('./lib/word.js'), mode: '100644' },
    'lib/link': { contents: '../../secret.txt', mode: '120777' },
    'lib/word.js': { contents: WORD, mode: '100644' },
    'run.sh': { contents: '#!/bin/sh\n', mode: '100755' },
  });
});

test('the same code is the same zip, and its hash is told everywhere', async () => {
  const { located, client, cacheDir } = await running();
  const zips = () => readdirSync(cacheDir).filter((name) => name.startsWith('code-'));
  expect(zips()).toEqual([]);
  const { CodeSha256, CodeSize } = await located('folder');
  expect(await located('folder')).toMatchObject({ CodeSha256, CodeSize });
  expect(zips()).toHaveLength(1);
  const FunctionName = 'folder';
  expect(await client.send(new GetFunctionConfigurationCommand({ FunctionName }))).toMatchObject({
    CodeSha256,
    CodeSize,
  });
  const { Functions } = await client.send(new ListFunctionsCommand({}));
  expect(Functions?.find((fn) => fn.FunctionName === FunctionName)).toMatchObject({ CodeSha256, CodeSize });
});

test.each(['folder/index.js', 'bundled/index.ts'])(
  '%s that is saved is in the next zip, whole',
  async (file) => {
    const { folder, located } = await running({ watch: true });
    const name = path.dirname(file);
    const before = await located(name);
    writeFileSync(path.join(folder, file), 'exports.handler = async () => "saved later";');
    await expect
      .poll(async () => (await located(name)).CodeSha256, { interval: 200 })
      .not.toBe(before.CodeSha256);
    const { url, CodeSha256 } = await located(name);
    const zip = await download(url);
    expect(CodeSha256).toBe(digestOf(zip));
    expect((await unzipped(zip))['index.js']?.contents).toContain('saved later');
  },
);

test('what was uploaded is given back byte for byte', async () => {
  const { client, located } = await running();
  const ZipFile = zipOf([{ name: 'index.js', contents: 'exports.handler = async () => "uploaded";' }]);
  await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'folder', ZipFile }));
  const { url, CodeSha256 } = await located('folder');
  expect(CodeSha256).toBe(digestOf(ZipFile));
  expect((await download(url)).equals(ZipFile)).toBe(true);
});

test('without its signature, with a changed one, for another file or a longer time it is refused', async () => {
  const { located } = await running();
  const { url } = await located('folder');
  const { url: other } = await located('bundled');
  const changed = (change: (url: URL) => void) => {
    const copy = new URL(url);
    change(copy);
    return copy.href;
  };
  for (const refused of [
    changed(({ searchParams }) => searchParams.delete('X-Amz-Signature')),
    changed(({ searchParams }) => searchParams.set('X-Amz-Signature', '0'.repeat(64))),
    changed(({ searchParams }) => searchParams.set('X-Amz-Expires', '6000')),
    changed(({ searchParams }) => searchParams.set('X-Amz-Date', '20991231T000000Z')),
    changed((copy) => {
      copy.pathname = new URL(other).pathname;
    }),
    changed((copy) => {
      copy.pathname = '/_loop/code/..%2f..%2fetc%2fpasswd';
    }),
  ]) {
    const answer = await fetch(refused);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toBe('application/xml');
    expect(await answer.text()).toContain('<Error><Code>AccessDenied</Code><Message>Access Denied</Message>');
  }
});

test('it is good for ten minutes', async () => {
  const { located } = await running();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 28, 12) });
  const { url } = await located('folder');
  expect(new URL(url).searchParams.get('X-Amz-Date')).toBe('20261128T120000Z');
  vi.setSystemTime(Date.UTC(2026, 10, 28, 12, 9, 59));
  await download(url);
  vi.setSystemTime(Date.UTC(2026, 10, 28, 12, 10));
  const answer = await fetch(url);
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain(
    '<Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>600</X-Amz-Expires><Expires>2026-11-28T12:10:00.000Z</Expires>',
  );
});

test('a foreign host name is refused with the right signature, too', async () => {
  const { located } = await running();
  const { url } = await located('folder');
  const status = await new Promise((resolve, reject) => {
    request(url, { headers: { Host: 'evil.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .once('error', reject)
      .end();
  });
  expect(status).toBe(403);
});

const PYTHON = ['/usr/bin/python3', '/usr/local/bin/python3', '/opt/homebrew/bin/python3'].find(existsSync);

test.skipIf(PYTHON === undefined)('another reader of zips finds it whole', async () => {
  const { located, cacheDir } = await running();
  const { url } = await located('folder');
  const file = path.join(cacheDir, 'downloaded.zip');
  writeFileSync(file, await download(url));
  const script =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), sorted(z.namelist()))';
  expect(execFileSync(PYTHON ?? '', ['-c', script, file], { encoding: 'utf8' }).trim()).toBe(
    "None ['index.js', 'lib/link', 'lib/word.js', 'run.sh']",
  );
});
