import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { bundledFunction, bundlesIn } from './bundled-function.ts';
import { testFolder, testLambda } from './test-lambda.ts';

const ESBUILD = path.resolve(import.meta.dirname, '../../../../../node_modules/.bin/esbuild');

const SOURCES = {
  'package.json': '{"type":"module"}',
  'package-lock.json': '{}',
  'tsconfig.json': '{"compilerOptions":{"strict":true}}',
  'tsconfig.build.json': '{"compilerOptions":{"jsxFactory":"element"}}',
  'src/handler.ts': `
    import page from './page.html';
    import { greet } from '@/greet';
    import pkg from 'pkg';
    /*! a licence */
    declare const STAGE: string;
    class Greeting { constructor(public readonly text: string) {} }
    export const handler = async (event?: { name?: string }) => {
      console.log('called');
      debugger;
      return new Greeting(greet(event?.name ?? page) + STAGE + pkg);
    };`,
  'src/greet.ts': 'export function greet(name: string): string { return "Grüezi " + name; }',
  'src/page.html': '<p>page</p>',
  'src/shim.ts': 'globalThis.process.title = "shimmed";',
  'src/other/handler.ts': 'export const handler = async () => "other";',
  'node_modules/pkg/package.json': '{"main":"main.js","module":"module.js"}',
  'node_modules/pkg/main.js': 'module.exports = "main";',
  'node_modules/pkg/module.js': 'export default "module";',
};

const NEEDED = {
  Loader: ['.html=text'],
  Alias: ['@/greet=./greet.ts'],
  Define: ['STAGE="dev"'],
};
const NEEDED_FLAGS = ['--loader:.html=text', '--alias:@/greet=./greet.ts', '--define:STAGE="dev"'];
const DEFAULTS = ['--target=es2020', '--format=cjs', '--minify'];

/** The files of a folder and what is in them. */
function contents(folder: string): Record<string, string> {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file), readFileSync(file, 'latin1')];
    }),
  );
}

describe('a bundle has the bytes of what `sam build` runs', () => {
  it.each(
    sampleOf<[string, Record<string, unknown>, string[]]>(
      [
        ['by default', {}, DEFAULTS],
        ['Minify: false', { Minify: false }, ['--target=es2020', '--format=cjs']],
        ["Minify: 'false'", { Minify: 'false' }, ['--target=es2020', '--format=cjs', '--minify=false']],
        ['Target', { Target: 'node24' }, [...DEFAULTS, '--target=node24']],
        ['several targets', { Target: 'node16,es2019' }, [...DEFAULTS, '--target=node16,es2019']],
        [
          'Format and OutExtension',
          { Format: 'esm', OutExtension: ['.js=.mjs'] },
          ['--target=es2020', '--minify', '--format=esm', '--out-extension:.js=.mjs'],
        ],
        ['MainFields', { MainFields: 'module,main' }, [...DEFAULTS, '--main-fields=module,main']],
        ['Sourcemap', { Sourcemap: true }, [...DEFAULTS, '--sourcemap']],
        [
          "Sourcemap and SourcesContent: 'false'",
          { Sourcemap: true, SourcesContent: 'false' },
          [...DEFAULTS, '--sourcemap', '--sources-content=false'],
        ],
        ['Sourcemap: inline', { Sourcemap: 'inline' }, [...DEFAULTS, '--sourcemap=inline']],
        ['External', { External: ['pkg'] }, [...DEFAULTS, '--external:pkg']],
        ['Packages', { Packages: 'external' }, [...DEFAULTS, '--packages=external']],
        [
          'Banner and Footer',
          { Banner: ['js=// first'], Footer: ['js=// last'] },
          [...DEFAULTS, '--banner:js=// first', '--footer:js=// last'],
        ],
        ['KeepNames', { KeepNames: true }, [...DEFAULTS, '--keep-names']],
        ['LegalComments', { LegalComments: 'external' }, [...DEFAULTS, '--legal-comments=external']],
        ['Charset', { Charset: 'utf8' }, [...DEFAULTS, '--charset=utf8']],
        ['Drop', { Drop: ['console', 'debugger'] }, [...DEFAULTS, '--drop:console', '--drop:debugger']],
        ['Inject', { Inject: ['./shim.ts'] }, [...DEFAULTS, '--inject:./shim.ts']],
        [
          'Tsconfig',
          { Tsconfig: '../tsconfig.build.json' },
          [...DEFAULTS, '--tsconfig=../tsconfig.build.json'],
        ],
        ['EntryNames', { EntryNames: 'out/[name]' }, [...DEFAULTS, '--entry-names=out/[name]']],
        ['LineLimit', { LineLimit: 80 }, [...DEFAULTS, '--line-limit=80']],
        [
          'the parts of minifying',
          { Minify: false, MinifyWhitespace: true, MinifyIdentifiers: true },
          ['--target=es2020', '--format=cjs', '--minify-whitespace', '--minify-identifiers'],
        ],
        [
          'what sam sets or ignores itself',
          { Platform: 'browser', UseNpmCi: true, LogLevel: 'error' },
          DEFAULTS,
        ],
      ],
      5,
    ),
  )('%s', async (_name, properties, flags) => {
    const project = testFolder(SOURCES);
    const codeUri = path.join(project, 'src');
    const cacheDir = testFolder();
    const fn = bundledFunction(codeUri, { properties: { ...NEEDED, ...properties } });
    const lambda = await testLambda([fn], { cacheDir });
    await lambda.ready();

    const [bundle] = bundlesIn(cacheDir);
    // Source maps are relative to where they are written, and a neighbour is as far from the sources.
    const outdir = path.join(cacheDir, 'expected');
    execFileSync(
      ESBUILD,
      ['handler.ts', '--bundle', '--platform=node', `--outdir=${outdir}`, ...NEEDED_FLAGS, ...flags],
      { cwd: codeUri, stdio: 'pipe' },
    );
    expect(contents(path.join(cacheDir, bundle ?? 'no bundle'))).toEqual(contents(outdir));
  });

  it('several entry points keep their folders', async () => {
    const project = testFolder(SOURCES);
    const codeUri = path.join(project, 'src');
    const cacheDir = testFolder();
    const entryPoints = ['greet.ts', 'other/handler.ts'];
    const fn = bundledFunction(codeUri, { entryPoints, handler: 'other/handler.handler' });
    const lambda = await testLambda([fn], { cacheDir });

    expect((await lambda.call()).answer).toBe('other');
    const [bundle] = bundlesIn(cacheDir);
    expect(Object.keys(contents(path.join(cacheDir, bundle ?? 'no bundle'))).sort()).toEqual([
      'greet.js',
      'other/handler.js',
    ]);
  });
});

it('a property that esbuild does not have is refused with the names of function and property', async () => {
  const fn = bundledFunction(testFolder({ 'handler.ts': 'export const handler = 1;' }), {
    properties: { Minfy: true },
  });
  const lambda = await testLambda([fn]);
  const message = 'Packer: BuildProperties.Minfy: no such build property';
  await expect(lambda.ready()).rejects.toThrow(message);
  expect(lambda.facts.ofKind('build.failed')).toEqual([
    { kind: 'build.failed', functionName: 'packer', errors: [message], isServing: false },
  ]);
  await expect(lambda.call()).rejects.toThrow(`packer could not be built: ${message}`);
});
